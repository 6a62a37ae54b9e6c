"""A built site made complete: its pages' heads, and the files that stand beside them. The same for both engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rapport.book import Book, load_book
from rapport.design import Tokens, load_tokens
from rapport.metadata import schemaorg
from rapport.metadata.datapackage import published
from rapport.metadata.facts import Facts, as_json, read_facts
from rapport.paths import Paths
from rapport.web import feed, missing
from rapport.web.card import Card, draw_card
from rapport.web.head import Page, head, with_head
from rapport.web.icons import webmanifest, write_icons
from rapport.web.indexes import SITEMAP, robots, sitemap

MAIN = "fig-deltakere"  # what the front page and pages without a drawing are shown with
# The page about the data: the first of these that the book has.
ABOUT = ("chapters/datagrunnlag.html", "chapters/kolofon.html", schemaorg.FRONT)


@dataclass(frozen=True)
class Site:
    """A site under completion: what is known of it, its folder, and whether it has a PDF."""

    paths: Paths
    folder: Path
    book: Book
    facts: Facts
    tokens: Tokens
    versions: tuple[feed.Version, ...]
    pdf: bool

    @cached_property
    def items(self) -> Mapping[str, dict[str, Any]]:
        """The manifest's entries of the site's own figures."""
        return json.loads((self.folder / "figures" / "manifest.json").read_text(encoding="utf-8"))["items"]

    @cached_property
    def about(self) -> str:
        """The page about the data."""
        return next(name for name in ABOUT if (self.folder / name).is_file())

    @property
    def url(self) -> str:
        """The site's address; empty while unknown."""
        return self.book.site_url


def _drawing(site: Site, key: str) -> Path:
    return site.folder / "figures" / f"{key}.smal.svg"


def _card(site: Site, href: str, html: str) -> Card:
    """The page's first drawn figure, or the main one."""
    own = re.findall(r'\bid="(fig-[\w-]+)"', html) if href != schemaorg.FRONT else []
    drawn = sorted(key for key in site.items if _drawing(site, key).is_file())
    key = next(key for key in [*own, MAIN, *drawn] if key in drawn)
    return Card(key, f"{site.items[key]['title']}. {site.items[key]['alt']}")


def _documents(site: Site, page: Page) -> Iterator[dict[str, Any]]:
    """What the page is in JSON-LD: the report, or a chapter; and the data, on the page about them."""
    base = site.url or page.root
    picture = f"{base}{page.card.path}"
    if page.chapter.href == schemaorg.FRONT:
        yield schemaorg.report(site.facts, site.book.chapters, base, picture, pdf=site.pdf)
    else:
        yield schemaorg.chapter(site.facts, page.chapter, base, picture)
    if page.chapter.href == site.about:
        modified = site.versions[0].date if site.versions else ""
        yield schemaorg.dataset(site.facts, site.paths.data, base, modified)


def _pages(site: Site) -> Iterator[Card]:
    """Give each page its head; the pictures that the heads speak of."""
    pdf, feed_name = site.facts.pdf if site.pdf else "", feed.FILE if site.versions else ""
    for chapter in site.book.chapters:
        path = site.folder / chapter.href
        html = path.read_text(encoding="utf-8")
        page = Page(chapter, _card(site, chapter.href, html), (), site.url, pdf, feed_name)
        page = Page(chapter, page.card, tuple(_documents(site, page)), site.url, pdf, feed_name)
        path.write_text(with_head(html, head(page, site.facts, site.tokens)), encoding="utf-8")
        yield page.card


def _pictures(site: Site, cards: Sequence[Card]) -> None:
    for card in dict.fromkeys(cards):
        path = site.folder / card.path
        path.parent.mkdir(parents=True, exist_ok=True)
        svg = _drawing(site, card.figure).read_text(encoding="utf-8")
        path.write_bytes(draw_card(site.items[card.figure], svg, site.facts.name, site.tokens))
    write_icons(site.paths, site.folder / "assets")


def _files(site: Site) -> dict[str, str]:
    """The text files beside the pages, by name."""
    facts, roles, pages = site.facts, site.tokens.light, [chapter.href for chapter in site.book.chapters]
    files = {
        "data/datapackage.json": as_json(published(facts, site.paths.data)),
        "manifest.webmanifest": webmanifest(facts, roles["bakgrunn"], roles["aksent"]),
        "robots.txt": robots(site.url),
        missing.FILE: missing.missing(site.paths, facts, site.book.chapters, site.tokens, site.url),
    }
    if site.versions:
        files[feed.FILE] = feed.feed(facts, site.versions, site.about, site.url)
    if site.url:
        files[SITEMAP] = sitemap(site.url, [*pages, *([facts.pdf] if site.pdf else [])])
    return files


def complete(paths: Paths, folder: Path, *, pdf: bool) -> None:
    """Complete the pages in `folder`; `pdf` says whether the site has, or will have, one. Twice is as once.

    Does nothing to a folder without pages, such as one with a PDF alone.
    """
    if not (folder / schemaorg.FRONT).is_file():
        return
    book, tokens = load_book(paths), load_tokens(paths.theme)
    site = Site(paths, folder, book, read_facts(paths), tokens, feed.read_versions(paths), pdf)
    _pictures(site, list(_pages(site)))
    for name, text in _files(site).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
