"""A built site made complete: its pages' heads, and the files that stand beside them. The same for both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rapport.captions import numbered
from rapport.metadata import schemaorg
from rapport.metadata.datapackage import published
from rapport.metadata.facts import as_json
from rapport.steps import Content, Steps
from rapport.web import feed, missing
from rapport.web.card import Card
from rapport.web.explore import script_tag, scripts
from rapport.web.head import Page, head, with_head
from rapport.web.icons import webmanifest
from rapport.web.indexes import SITEMAP, robots, sitemap
from rapport.web.shown import card_of, pictures
from rapport.web.site import Site
from rapport.web.tongues import alternates, with_languages
from rapport.workers import Workers


def _documents(site: Site, page: Page) -> Iterator[dict[str, Any]]:
    """What the page is in JSON-LD: the report, or a chapter; and the data, on the page about them."""
    base = site.url or page.root
    picture = f"{base}{page.card.path}"
    if page.chapter.href == schemaorg.FRONT:
        yield schemaorg.report(site.facts, site.book.pages, base, picture, pdf=site.pdf)
    else:
        yield schemaorg.chapter(site.facts, page.chapter, base, picture)
    if page.chapter.href == site.about:
        modified = site.versions[0].date if site.versions else ""
        yield schemaorg.dataset(site.facts, site.paths.data, base, modified)


def _pages(site: Site) -> dict[str, tuple[str, Card]]:
    """Each page with its head, and the picture that the head speaks of, by address."""
    pdf, feed_name = site.facts.pdf if site.pdf else "", feed.FILE if site.versions else ""
    made, spoken = {}, {chapter.href: chapter.lang for chapter in site.book.pages}
    for chapter in site.book.pages:
        html = numbered(site.pages[chapter.href])
        same = tuple(alternates(site.book, chapter, site.url))
        page = Page(chapter, card_of(site, chapter.href, html), (), site.url, pdf, feed_name, same)
        page = replace(page, documents=tuple(_documents(site, page)))
        tags = head(page, site.facts, site.tokens) + script_tag(html, page.root)
        made[chapter.href] = with_languages(with_head(html, tags), chapter, spoken), page.card
    return made


def _files(site: Site) -> dict[str, str]:
    """The text files beside the pages, by name."""
    facts, roles, pages = site.facts, site.tokens.light, [page.href for page in site.book.pages]
    files = {
        "data/datapackage.json": as_json(published(facts, site.paths.data)),
        "manifest.webmanifest": webmanifest(facts, roles["bakgrunn"], roles["aksent"]),
        "robots.txt": robots(site.url),
        missing.FILE: missing.missing(site.paths, facts, site.book.pages, site.tokens, site.url),
    }
    if site.versions:
        files[feed.FILE] = feed.feed(facts, site.versions, site.about, site.url)
    if site.url:
        same = {page.href: tuple(alternates(site.book, page, site.url)) for page in site.book.pages}
        files[SITEMAP] = sitemap(site.url, [*pages, *([facts.pdf] if site.pdf else [])], same)
    return files


def completed(site: Site, steps: Steps, workers: Workers) -> dict[str, Content]:
    """The pages with their heads, and what stands beside them, by address."""
    pages = _pages(site)
    drawn = pictures(site, (card.figure for _html, card in pages.values()), steps, workers)
    beside = drawn | _files(site) | scripts(site.paths, steps, workers)
    return {name: html for name, (html, _card) in pages.items()} | beside
