"""A page as facets: lists of short texts that must be the same whichever engine made it.

Reads HTML of either engine; what only frames the text (menus, contents, paging) is left out. Needs beautifulsoup4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

Facets = dict[str, list[str]]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = {*HEADINGS, "p", "li", "dt", "dd", "td", "th", "caption", "summary", "figcaption", "pre", "div", "section"}
FRAME = (
    ".blaing, .til-toppen, .pa-siden-smal, .page-navigation, nav, script, style, svg, .anchorjs-link, "
    ".quarto-title-meta, .description, .subtitle, .footnote-back, .screen-reader-only, "
    "[style*='display: none']"
)


def plain(text: str) -> str:
    """Text with every kind of space as one."""
    return " ".join(re.sub(r"[\u00a0\u202f\u2060\u200b]", " ", text).split())


def _text(tag: Tag) -> str:
    return plain(tag.get_text())


def target(file: str, href: str) -> str:
    """A link as an address from the root of the site; addresses of other sites stay as they are."""
    if re.match(r"[a-z]+:", href):
        return href
    path, _, anchor = href.partition("#")
    whole = normpath(join(dirname(file), path)) if path else file
    return f"{whole}#{anchor}" if anchor else whole


def _headings(main: Tag) -> Iterator[str]:
    for heading in main.find_all(HEADINGS):
        holder = heading.find_parent("section")
        first = holder and holder.find(HEADINGS) is heading
        own = heading.select_one(".quarto-section-identifier[id]")
        identifier = (
            heading.get("id") or (own or holder or {}).get("id", "") if own or first or heading.get("id") else ""
        )
        yield f"{heading.name} #{identifier} {_text(heading)}"


def _lines(main: Tag) -> Iterator[str]:
    """The running text, one entry a block."""
    last, parts = None, []
    for string in main.strings:
        block = next((parent for parent in string.parents if parent.name in BLOCKS), main)
        if block is not last and parts:
            yield plain("".join(parts))
            parts = []
        last = block
        parts.append(string)
    yield plain("".join(parts))


def _links(file: str, main: Tag, selector: str) -> list[str]:
    return [f"{_text(link)} -> {target(file, str(link['href']))}" for link in main.select(selector)]


def _alts(main: Tag) -> list[str]:
    named = [str(tag["aria-label"]) for tag in main.select("[role=img][aria-label]")]
    return named + [str(image.get("alt", "")) for image in main.select("img")]


def _without_frame(page: BeautifulSoup) -> Tag:
    main = page.find("main") or page
    for frame in main.select(FRAME):
        frame.decompose()
    return main


def read_page(file: str, html: str) -> Facets:
    """The facets of one page; `file` is its address from the root of the site."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html, "html.parser")
    alts = _alts(page.find("main") or page)  # before charts are taken out
    main = _without_frame(page)
    return {
        "title": [plain(page.title.get_text() if page.title else "")],
        "language": [str((page.html or {}).get("lang", ""))],
        "headings": list(_headings(main)),
        "text": [line for line in _lines(main) if line],
        "captions": [_text(caption) for caption in main.select("figcaption")],
        "references": _links(file, main, "a.ref, a.quarto-xref"),
        "citations": _links(file, main, ".citation a[href]"),
        "numbers": [f"{tag.get('value')} {_text(tag)}" for tag in main.select("data.tall")],
        "downloads": _links(file, main, "a[download]"),
        "alternative text": alts,
    }
