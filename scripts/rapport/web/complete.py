"""A built site made complete: its pages' heads, and the files that stand beside them. The same for both engines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from rapport.book import Book, load_book
from rapport.captions import numbered, places_of
from rapport.design import Tokens, load_tokens
from rapport.metadata import schemaorg
from rapport.metadata.datapackage import published
from rapport.metadata.facts import Facts, as_json, read_facts
from rapport.paths import Paths
from rapport.steps import Content, Files, Memory, Steps
from rapport.web import feed, missing
from rapport.web.card import Card, card_step
from rapport.web.explore import script_tag, scripts
from rapport.web.head import Page, head, with_head
from rapport.web.icons import icon_step, webmanifest
from rapport.web.indexes import SITEMAP, robots, sitemap
from rapport.web.tongues import alternates, with_languages
from rapport.workers import Workers

MAIN = "fig-deltakere"  # what the front page and pages without a drawing are shown with
# The page about the data: the first of these that the book has.
ABOUT = ("chapters/datagrunnlag.html", "chapters/kolofon.html", schemaorg.FRONT)


@dataclass(frozen=True)
class Site:
    """A site under completion: its pages as HTML by address, its figures' files by name, and whether it has a PDF."""

    paths: Paths
    pages: Mapping[str, str]
    figures: Files
    book: Book
    facts: Facts
    tokens: Tokens
    versions: tuple[feed.Version, ...]
    pdf: bool

    @cached_property
    def items(self) -> Mapping[str, dict[str, Any]]:
        """The manifest's entries of the site's own figures."""
        return self.figures["manifest.json"].json()["items"]

    @cached_property
    def drawn(self) -> list[str]:
        """The figures that have a drawing, sorted."""
        return sorted(key for key in self.items if _drawing(key) in self.figures)

    @cached_property
    def about(self) -> str:
        """The page about the data."""
        return next(name for name in ABOUT if name in self.pages)

    @property
    def url(self) -> str:
        """The site's address; empty while unknown."""
        return self.book.site_url


def _drawing(key: str) -> str:
    return f"{key}.smal.svg"


def _shown(site: Site, href: str, own: Iterable[str]) -> str:
    """The page's first drawn figure of its own, or the main one."""
    wanted = [*(own if href != schemaorg.FRONT else ()), MAIN, *site.drawn]
    return next(key for key in wanted if _drawing(key) in site.figures)


def _card(site: Site, href: str, html: str) -> Card:
    own = (html[at + len('id="') : html.index('"', at + len('id="'))] for at in places_of("fig-", html))
    key = _shown(site, href, own)
    return Card(key, f"{site.items[key]['title']}. {site.items[key]['alt']}")


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
        page = Page(chapter, _card(site, chapter.href, html), (), site.url, pdf, feed_name, same)
        page = replace(page, documents=tuple(_documents(site, page)))
        tags = head(page, site.facts, site.tokens) + script_tag(html, page.root)
        made[chapter.href] = with_languages(with_head(html, tags), chapter, spoken), page.card
    return made


def _pictures(site: Site, figures: Iterable[str], steps: Steps, workers: Workers) -> dict[str, Content]:
    """What the heads show, and the icons, by address."""
    drawings = {key: site.figures[_drawing(key)] for key in sorted(set(figures))}
    name, drawn = site.facts.name, Memory().put((site.paths.theme / "ikon.svg").read_bytes())
    cards = [card_step(key, site.items[key], svg, name, site.tokens, workers) for key, svg in drawings.items()]
    icons, *made = steps.run_each([icon_step(drawn, workers), *cards])
    pictures: dict[str, Content] = {path: blob for files in made for path, blob in files.items()}
    return pictures | {f"assets/{name}": blob for name, blob in ({"ikon.svg": drawn.read()} | dict(icons)).items()}


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


def pictures_ahead(site: Site, texts: Mapping[str, str], steps: Steps, workers: Workers) -> None:
    """The pictures that `completed` will need, while the pages are still Markdown; texts: theirs by address."""
    shown = {_shown(site, href, re.findall(r"\{#(fig-[\w-]+)", text)) for href, text in texts.items()}
    _pictures(site, shown, steps, workers)


def completed(site: Site, steps: Steps, workers: Workers) -> dict[str, Content]:
    """The pages with their heads, and what stands beside them, by address."""
    pages = _pages(site)
    pictures = _pictures(site, (card.figure for _html, card in pages.values()), steps, workers)
    beside = pictures | _files(site) | scripts(site.paths, steps, workers)
    return {name: html for name, (html, _card) in pages.items()} | beside


def known(paths: Paths, pages: Mapping[str, str], figures: Files, *, pdf: bool) -> Site:
    """The site of the project's book with these pages and figures."""
    tokens, versions = load_tokens(paths.theme), feed.read_versions(paths)
    return Site(paths, pages, figures, load_book(paths), read_facts(paths), tokens, versions, pdf)
