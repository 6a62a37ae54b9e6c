"""The built pages and PDF as text: what a reader meets, without navigation. Knows HTML and PDF, not the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Numbers that the engine counts: headings, captions, references, notes, the list of works, and sizes of whole files.
COUNTED = (
    "nav, .header-section-number, .chapter-number, .nr, a.ref, a.quarto-xref, a.uklarhet, .citation, .footnote-ref, "
    ".footnote-back, #refs, script, style, svg title, .pa-siden-smal, .last-ned, .egen-pdf, code, template"
)
BLOCKS = 'figure[id^="fig-"], figure[id^="tbl-"], div[id^="fig-"], div[id^="tbl-"]'
EXPLAINED = ".forklaring"  # a word's explanation, hidden until it is asked for: checked where the glossary stands
MADE = ".laget, .nedlastinger, .handling"  # hashes, sizes, versions: checked by layers below; the own number in a link


@dataclass(frozen=True, slots=True)
class Shown:
    """A number on a page: the register's key, the exact value and the words, and the text right before and after."""

    key: str
    value: str
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Block:
    """A figure or table on a page: its id, its text, the alternative text of each picture in it, what it says of
    the last verification (None where nothing is said), and its number with the word before it, "Figur 2.1".
    """

    key: str
    text: str
    labels: tuple[str, ...]
    verified: str | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its numbers, its figures, tables and small drawings, and the prose that is left without them."""

    numbers: tuple[Shown, ...]
    blocks: tuple[Block, ...]
    small: tuple[Block, ...]
    prose: str


def squeezed(text: str) -> str:
    """Text without the blanks and hyphens that a line break may add or take."""
    return re.sub(r"[\s\u00ad\u00a0\u202f\u2010\ufffe\u0002-]+", "", text)


def plain(text: str) -> str:
    """Text with single blanks."""
    return " ".join(text.replace("\u00ad", "").split())


def _around(node: LexborNode, words: str) -> tuple[str, str]:
    """The text before and after a number in its paragraph, list item or cell."""
    block = node.parent
    while block is not None and block.tag not in {"p", "li", "td", "th", "figcaption", "dd", "h2", "h3", "h4", "div"}:
        block = block.parent
    whole = block.text() if block is not None else words
    mark = "\ue000"
    html = (block.html or "").replace(node.html or "", mark, 1) if block is not None else mark
    marked = LexborHTMLParser(html).text()
    before, _, after = marked.partition(mark) if mark in marked else whole.partition(words)
    return before, after


def _numbers(main: LexborNode) -> Iterator[Shown]:
    for node in main.css("data"):
        link = node.css_first("a")
        target = (link.attributes.get("href") if link else None) or ""
        before, after = _around(node, node.text())
        yield Shown(
            target.partition("#tall-")[2], node.attributes.get("value") or "", plain(node.text()), before, after
        )


def _number(node: LexborNode) -> str:
    """What a caption of either engine begins with."""
    caption = node.css_first("figcaption")
    found = re.match(r"(Figur|Tabell)\s[\dA-Z.]*\d", plain(caption.text()) if caption else "")
    return found[0] if found else ""


def _blocks(main: LexborNode) -> Iterator[Block]:
    for node in main.css(BLOCKS):
        if any(parent.attributes.get("id", "") == node.attributes["id"] for parent in _above(node)):
            continue
        said = node.css_first(".etterprovd")
        verified = plain(said.text()) if said else None
        number = _number(node)
        for made in node.css(f"{MADE}, .nr, summary, a.ref, a.quarto-xref, .citation"):
            made.decompose()
        named = node.css('[role="img"], img')
        labels = tuple(part.attributes.get("aria-label") or part.attributes.get("alt") or "" for part in named)
        yield Block(node.attributes["id"] or "", node.text(separator=" "), labels, verified, number)
        node.decompose()


def _small(main: LexborNode) -> Iterator[Block]:
    for node in main.css(".liten-figur"):
        labels = tuple(part.attributes.get("aria-label") or "" for part in node.css('[role="img"]'))
        yield Block(node.attributes.get("data-figur") or "", node.text(separator=" "), labels)
        node.decompose()


def _above(node: LexborNode) -> Iterator[LexborNode]:
    while node.parent is not None:
        node = node.parent
        yield node


def read_page(path: Path) -> Page:
    """A built page of either engine; the same text is read once, for pages and for print."""
    return _page(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _page(html: str) -> Page:
    tree = LexborHTMLParser(html)
    main = tree.css_first("main") or tree.body
    assert main is not None
    for hidden in main.css(EXPLAINED):
        hidden.decompose()
    small = tuple(_small(main))
    blocks = tuple(_blocks(main))
    numbers = tuple(_numbers(main))
    for counted in main.css(f"{COUNTED}, data"):
        counted.decompose()
    return Page(numbers, blocks, small, main.text(separator="\n"))


def read_pdf(path: Path) -> list[str]:
    """The PDF's text layer, a text a page."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]
