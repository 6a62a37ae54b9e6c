"""Every check of the chapters that needs no building, in one go. Knows the book and its texts."""

from __future__ import annotations

from collections.abc import Mapping

from rapport.book import Book
from rapport.changelog import read_versions
from rapport.downloads import download_names
from rapport.engine.bibliography import read_bibliography
from rapport.engine.dialect import check_dialect
from rapport.engine.downloads import KINDS, names
from rapport.engine.prose import check_numbers
from rapport.engine.references import check_references
from rapport.errors import DialectError, Place
from rapport.paths import Paths


def read_sources(paths: Paths, book: Book) -> dict[str, str]:
    """The text of every page by path."""
    return {chapter.path: (paths.root / chapter.path).read_text(encoding="utf-8-sig") for chapter in book.pages}


def _files(paths: Paths, book: Book) -> set[str]:
    """What else a link may lead to: the data package's files and the report's, from the root of the site."""
    return {f"data/{name}" for name in download_names(paths.data)} | set(names(book.output_file, tuple(KINDS)))


def faults_in(paths: Paths, book: Book, sources: Mapping[str, str]) -> list[Place]:
    """Every fault of these chapters that needs no building, in their order. sources: text by file."""
    faults = [*check_dialect(sources), *check_numbers(sources)]
    faults += check_references(sources, read_bibliography(paths.root, book.bibliography), _files(paths, book))
    order = {file: at for at, file in enumerate(sources)}
    return sorted(faults, key=lambda fault: (order[fault.file], fault.line))


def check(paths: Paths, book: Book) -> dict[str, str]:
    """The chapters' text, after every check that needs no building. Raises DialectError with all faults.

    Raises BookError when the bibliography or the changelog cannot be read as one.
    """
    read_versions(paths.root)
    sources = read_sources(paths, book)
    if faults := faults_in(paths, book, sources):
        raise DialectError(*faults)
    return sources
