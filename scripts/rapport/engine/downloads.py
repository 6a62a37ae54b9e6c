"""The report and its chapters as files, and how pages name them with their sizes. Knows the book's outline.

A page is written beside the files: where a size shall stand it holds a mark, filled in when all of them are there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from rapport.book import Book, Chapter
from rapport.languages import BOOK
from rapport.wording import file_size, size_mark

LANG = re.compile(r'<html\b[^>]*?\blang="(\w+)')
ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
MARK = re.compile(size_mark(r"([\w./-]+)"))
KINDS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word (DOCX)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "epub": ("e-bok (EPUB)", "application/epub+zip"),
}


def names(stem: str, formats: tuple[str, ...]) -> list[str]:
    """The files of the whole report among `formats`: "arbeidstrening.pdf"."""
    return [f"{stem}.{kind}" for kind in KINDS if kind in formats]


def _name(chapter: Chapter) -> str:
    """What a file of the chapter is called: as its page is; the front page, which is called index, by its title."""
    stem = PurePosixPath(chapter.path).stem
    return stem if stem != "index" else re.sub(r"\W+", "-", chapter.title.lower().translate(ASCII)).strip("-")


def offprint_names(book: Book) -> dict[str, str]:
    """The address of each chapter's own PDF, by the chapter's path: "chapters/arbeidstrening-02-om-tiltaket.pdf"."""
    return {chapter.path: f"chapters/{book.output_file}-{_name(chapter)}.pdf" for chapter in book.chapters}


def downloads(stem: str, formats: tuple[str, ...]) -> list[dict[str, str]]:
    """For the page's template: {href, label, type, size} of each file, in a fixed order."""
    files = zip((kind for kind in KINDS if kind in formats), names(stem, formats), strict=True)
    return [
        {"href": name, "label": KINDS[kind][0], "type": KINDS[kind][1], "size": size_mark(name)} for kind, name in files
    ]


def sized(text: str, size: Callable[[str], int | None]) -> str:
    """A page with every mark filled in, as its language writes sizes; `size` tells the bytes of a file by address.

    Where it knows none, the mark stays.
    """
    found = LANG.search(text)
    lang = found[1] if found else BOOK
    return MARK.sub(lambda mark: mark[0] if (known := size(mark[1])) is None else file_size(known, lang), text)


def fill_sizes(site: Path) -> None:
    """Put the sizes into every page of a site. Raises FileNotFoundError when a file that a page names is missing."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        filled = sized(text, lambda address: (site / address).stat().st_size)
        if filled != text:
            page.write_text(filled, encoding="utf-8")
