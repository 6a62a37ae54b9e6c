"""Where every section stands and what it is called in a reference, for Quarto's pages.

Quarto names a chapter by its title alone in references from a page without a number, such as the front page, gives
`?sec-id` for a heading without a number, and knows no `@Sec-`. Knows the book and the chapters' headings.
"""

from __future__ import annotations

from collections import Counter

from rapport.book import Book, Chapter
from rapport.engine.references import SHOWN
from rapport.headings import headings
from rapport.words import words

KINDS = {"fig": "figur_ref", "tbl": "tabell_ref"}  # the words of a reference, by what it leads to


def _word(chapter: Chapter, level: int) -> str:
    if level > 1:
        return "avsnitt"
    return "vedlegg" if chapter.appendix else "kapittel"


def _chapter(chapter: Chapter, source: str) -> dict[str, dict[str, str]]:
    found, count = {}, 0
    for heading in headings(source):
        if not heading.id:
            continue
        numbered = chapter.number is not None and heading.numbered and heading.level <= 2
        count += numbered and heading.level == 2
        number = chapter.number if heading.level == 1 else f"{chapter.number}.{count}"
        text = f"{_word(chapter, heading.level)}\u00a0{number}" if numbered else f"«{heading.title}»"
        found[heading.id] = {"href": chapter.href, "text": text}
    return found


def _figures(page: Chapter, source: str) -> dict[str, dict[str, str]]:
    """The figures and tables of a page that stands alone: Quarto numbers them, but resolves no references."""
    found: dict[str, dict[str, str]] = {}
    counts: Counter[str] = Counter()
    for identifier in SHOWN.findall(source):
        kind = KINDS[identifier.partition("-")[0]]
        counts[kind] += 1
        found[identifier] = {"href": page.href, "text": f"{words(page.lang)[kind]}\u00a0{counts[kind]}"}
    return found


def section_names(book: Book, sources: dict[str, str]) -> dict[str, dict[str, str]]:
    """{id: {href from the root of the site, text of a reference}}, for avsnitt.lua; sources: text by file."""
    names: dict[str, dict[str, str]] = {}
    for chapter in book.chapters:
        names |= _chapter(chapter, sources[chapter.path])
    for page in book.alone:
        names |= _figures(page, sources[page.path])
    return names
