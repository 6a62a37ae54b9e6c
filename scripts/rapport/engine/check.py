"""Every check of the chapters that needs no building, in one go. Knows the book and its texts."""

from __future__ import annotations

from rapport.book import Book
from rapport.engine.dialect import check_dialect
from rapport.engine.prose import check_numbers
from rapport.engine.references import check_references
from rapport.errors import BookError, DialectError
from rapport.paths import Paths


def read_sources(paths: Paths, book: Book) -> dict[str, str]:
    """The text of every page by path."""
    return {chapter.path: (paths.root / chapter.path).read_text(encoding="utf-8-sig") for chapter in book.pages}


def _bibliography(paths: Paths, book: Book) -> str:
    try:
        return (paths.root / book.bibliography).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BookError(
            f"_quarto.yml: no such bibliography: {book.bibliography}\n"
            "  To mend it: put the file back, or correct the name."
        ) from None


def check(paths: Paths, book: Book) -> dict[str, str]:
    """The chapters' text, after every check that needs no building. Raises DialectError with all faults."""
    sources = read_sources(paths, book)
    bibliography = _bibliography(paths, book)
    faults = [*check_dialect(sources), *check_references(sources, bibliography), *check_numbers(sources)]
    if faults:
        raise DialectError(*sorted(faults, key=lambda fault: (list(sources).index(fault.file), fault.line)))
    return sources
