"""What goes into pandoc and what comes out: executed chapters in, HTML pages and Typst bodies out. press.py runs it.

A page or body depends on its own Markdown, on the index (what it refers to in other chapters: engine/targets.py says
whom a change reaches), on the book's list of chapters, on the job's variables, on the bibliography where it cites, and
on theme/page.html, theme/rapport.lua, theme/bok.lua and theme/bok/. A document depends on all chapters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rapport.book import Book, Chapter
from rapport.engine.jobs import Job, chapters_of
from rapport.errors import EngineError


@cache
def pandoc_path() -> str:
    """The pandoc of the pypandoc_binary wheel, whatever else is installed. Raises EngineError when it is missing."""
    try:
        found = find_spec("pypandoc")
    except ValueError:
        found = None
    folder = Path(str(found.origin)).parent / "files" if found else Path()
    for name in ("pandoc", "pandoc.exe"):
        if (folder / name).is_file():
            return str(folder / name)
    raise EngineError(
        "pandoc is missing.\n  To mend it: run `make report`, or "
        "`pip install --require-hashes -r requirements.lock` in the environment."
    )


def write_markdown(book: Book, markdown: Mapping[str, str], folder: Path) -> None:
    """The executed chapters as files for bok.lua to read: NAME.md beside each other."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, chapter in enumerate(book.pages):
        if chapter.path not in markdown:
            continue
        path = folder / f"{number}.md"
        path.write_text(markdown[chapter.path], encoding="utf-8")


def joined(book: Book, parts: Mapping[str, str]) -> str:
    """The parts of the printed text, by chapter, as one body, with the mark where the appendices begin."""
    texts: list[str] = []
    appendix = False
    for chapter in book.chapters:
        if chapter.appendix and not appendix:
            texts.append("#show: vedlegg")
        appendix = appendix or chapter.appendix
        texts.append(parts[chapter.path])
    return "\n".join(texts)


def _read(book: Book, job: Job, place: Callable[[int, Chapter], Path | None]) -> dict[str, str]:
    files = {chapter.path: place(number, chapter) for number, chapter in enumerate(chapters_of(book, job.format))}
    wanted = files if job.only is None else job.only
    return {path: file.read_text(encoding="utf-8") for path, file in files.items() if file and path in wanted}


def read_parts(book: Book, job: Job) -> dict[str, str]:
    """What the job made of each chapter that it was to make, by its path."""
    return _read(book, job, job.part)


def read_works(book: Book, job: Job) -> dict[str, str]:
    """The works that each of these chapters cites and does not list, in print; empty of a chapter without."""
    return _read(book, job, job.works)
