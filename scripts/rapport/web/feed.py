"""The feed of the data's versions, as Atom: one entry for each version of CHANGELOG.md.

Ids are made of the data package's name and the version, not of an address: an entry stays the same when the site moves.
"""

from __future__ import annotations

from html import escape
from uuid import NAMESPACE_URL, uuid5

from rapport.changelog import Version
from rapport.metadata.facts import DATA_LICENCE, Facts

FILE = "versjoner.xml"


def _id(facts: Facts, *parts: str) -> str:
    return uuid5(NAMESPACE_URL, "/".join([facts.source["path"], facts.package["name"], *parts])).urn


def _entry(facts: Facts, version: Version, about: str) -> str:
    points = "".join(f"<li>{escape(point)}</li>" for point in version.changes)
    return f"""  <entry>
    <title>Versjon {version.number} av dataene</title>
    <id>{_id(facts, version.number)}</id>
    <updated>{version.date}T00:00:00Z</updated>
    <link rel="alternate" type="text/html" href="{escape(about)}"/>
    <content type="html" xml:lang="en">{escape(f"<ul>{points}</ul>")}</content>
  </entry>
"""


def feed(facts: Facts, versions: tuple[Version, ...], about: str, site_url: str) -> str:
    """The feed as XML. `about` is the page about the data, from the site's root; `site_url` is empty while unknown."""
    here = f'  <link rel="self" type="application/atom+xml" href="{escape(site_url + FILE)}"/>\n' if site_url else ""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(facts.lang)}">
  <title>{escape(facts.name)}: nye versjoner av dataene</title>
  <subtitle>Hva som er nytt i hver versjon, på engelsk slik det står i endringsloggen.</subtitle>
  <id>{_id(facts)}</id>
  <updated>{versions[0].date}T00:00:00Z</updated>
{here}  <link rel="alternate" type="text/html" href="{escape(site_url + about)}"/>
  <author><name>{escape(facts.author)}</name></author>
  <icon>{site_url}assets/ikon-192.png</icon>
  <rights>CC BY 4.0, {DATA_LICENCE}</rights>
{"".join(_entry(facts, version, site_url + about) for version in versions)}</feed>
"""
