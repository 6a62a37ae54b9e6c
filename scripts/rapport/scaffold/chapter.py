"""A new chapter: a file in the dialect that renders as it is, and its place in _quarto.yml."""

from __future__ import annotations

import re

from rapport.book import load_book
from rapport.engine.check import faults_in, read_sources
from rapport.errors import DialectError, RapportError
from rapport.paths import Paths
from rapport.scaffold.names import checked, filled, refuse_existing, write_new

BOOK = "_quarto.yml"
# New chapters come before the references, which stand last.
LAST = re.compile(r"^(?P<indent> *)- chapters/referanser\.qmd$", re.MULTILINE)


def placed(config: str, path: str) -> str:
    """_quarto.yml with the chapter before the references. Raises RapportError when they are not there."""
    last = LAST.search(config)
    if last is None:
        raise RapportError(
            f"{BOOK}: found no line `- chapters/referanser.qmd`, expected it last among the chapters.\n"
            "  To mend it: put it back, or list the new chapter by hand."
        )
    return f"{config[: last.start()]}{last['indent']}- {path}\n{config[last.start() :]}"


def _refuse_faults(paths: Paths, path: str, text: str) -> None:
    """Raises DialectError with what would stop a build: an id that another place has, a number or HTML in the title."""
    book = load_book(paths)
    faults = faults_in(paths, book, {**read_sources(paths, book), path: text})
    if own := [fault for fault in faults if fault.file == path]:
        raise DialectError(*own)


def new_chapter(paths: Paths, name: str, title: str | None) -> str:
    """Write the chapter and its place in the book, and return what was done.

    Raises RapportError, and writes nothing, when the name or the title will not do or the file is there.
    """
    words = re.sub(r"^\d+-", "", checked(name, "08-oppsummering"))
    path = f"chapters/{name}.qmd"
    target, book = paths.root / path, paths.root / BOOK
    refuse_existing(path, target)
    heading = " ".join((title or words.replace("-", " ").capitalize()).split())
    text = filled("chapter.txt", title=heading, id=f"sec-{words}")
    _refuse_faults(paths, path, text)
    write_new({book: placed(book.read_text(encoding="utf-8"), path), target: text})
    return f"New: {path}; {BOOK} lists it before the references.\nWrite it, and refer to it with @sec-{words}."
