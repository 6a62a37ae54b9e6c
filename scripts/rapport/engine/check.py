"""Every check of the chapters that needs no building, in one go. Knows the book and its texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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

Alone = Callable[[str, str], list[Place]]  # a chapter's file and text


def read_sources(paths: Paths, book: Book) -> dict[str, str]:
    """The text of every page by path."""
    return {chapter.path: (paths.root / chapter.path).read_text(encoding="utf-8-sig") for chapter in book.pages}


def _files(paths: Paths, book: Book) -> set[str]:
    """What else a link may lead to: the data package's files and the report's, from the root of the site."""
    return {f"data/{name}" for name in download_names(paths.data)} | set(names(book.output_file, tuple(KINDS)))


def faults_alone(file: str, source: str) -> list[Place]:
    """The faults that a chapter has by itself, whatever stands in the others."""
    return [*check_dialect({file: source}), *check_numbers({file: source})]


def faults_in(paths: Paths, book: Book, sources: Mapping[str, str], alone: Alone = faults_alone) -> list[Place]:
    """Every fault of these chapters that needs no building, in their order. sources: text by file.

    `alone` says the faults that a chapter has by itself; the build passes what remembers them.
    """
    faults = [fault for file, source in sources.items() for fault in alone(file, source)]
    faults += check_references(sources, read_bibliography(paths.root, book.bibliography), _files(paths, book))
    order = {file: at for at, file in enumerate(sources)}
    return sorted(faults, key=lambda fault: (order[fault.file], fault.line))


def require_sound(paths: Paths, book: Book, sources: Mapping[str, str], alone: Alone = faults_alone) -> None:
    """Every check of the chapters. Raises DialectError with all faults, BookError for a bibliography that is none."""
    if faults := faults_in(paths, book, sources, alone):
        raise DialectError(*faults)


def check(paths: Paths, book: Book) -> dict[str, str]:
    """The chapters' text, after every check that needs no building, of the changelog too.

    Raises DialectError with all faults, and BookError when the bibliography or the changelog cannot be read as one.
    """
    read_versions(paths.root)
    sources = read_sources(paths, book)
    require_sound(paths, book, sources)
    return sources
