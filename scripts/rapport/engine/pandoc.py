"""pandoc by way of bok.lua: executed chapters in, HTML pages, Typst bodies or documents out.

One pandoc process does the chapters of one job or more. Knows the book and its texts, not the data.

A page or body depends on its own Markdown, on the index (what it refers to in other chapters: engine/targets.py says
whom a change reaches), on the book's list of chapters, on the job's variables, on the bibliography where it cites, and
on theme/page.html, theme/rapport.lua, theme/bok.lua and theme/bok/. A document depends on all chapters.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rapport.book import Book
from rapport.engine.jobs import Job, chapters_of, write_job
from rapport.engine.targets import Index
from rapport.errors import EngineError
from rapport.paths import Paths

MEMORY = ("+RTS", "-A64m", "-RTS")  # room before pandoc collects what it no longer needs: a quarter of its time


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
    for number, chapter in enumerate(book.pages):
        path = folder / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown[chapter.path], encoding="utf-8")


def _environment(time: datetime | None) -> dict[str, str]:
    return dict(os.environ) | ({"SOURCE_DATE_EPOCH": str(int(time.timestamp()))} if time else {})


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


def read_parts(book: Book, job: Job) -> dict[str, str]:
    """What the job made of each chapter that it was to make, by its path."""
    parts = {chapter.path: job.part(number, chapter) for number, chapter in enumerate(chapters_of(book, job.format))}
    wanted = parts if job.only is None else job.only
    return {path: part.read_text(encoding="utf-8") for path, part in parts.items() if part and path in wanted}


def convert_all(
    book: Book, paths: Paths, folder: Path, jobs: Sequence[Job], time: datetime | None = None
) -> list[Index]:
    """Run bok.lua on the chapters in `folder`, one process for all jobs; `time` is what a document says of its making.

    Returns what is known of the chapters after each job. Raises EngineError with pandoc's own words when it fails.
    """
    descriptions = [str(write_job(book, paths, folder, job)) for job in jobs]
    command = [pandoc_path(), *MEMORY, "lua", str(paths.theme / "bok.lua"), *descriptions]
    done = subprocess.run(command, capture_output=True, text=True, cwd=paths.root, check=False,
                          env=_environment(time))  # fmt: skip
    if done.returncode != 0 or "[WARNING]" in done.stderr:
        formats = ", ".join(job.format for job in jobs)
        raise EngineError(f"pandoc could not convert the chapters to {formats}:\n{done.stderr.strip()}")
    for job in jobs:
        if job.format == "typst" and job.only is None:
            job.out.write_text(joined(book, read_parts(book, job)), encoding="utf-8")
    return [json.loads(job.file(folder, ".index").read_text(encoding="utf-8")) for job in jobs]


def convert(book: Book, paths: Paths, folder: Path, job: Job, time: datetime | None = None) -> Index:
    """The same for one job."""
    return convert_all(book, paths, folder, [job], time)[0]
