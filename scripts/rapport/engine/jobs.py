"""What bok.lua is told: one job a format, written down as JSON. Knows the book and its texts, not the data."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapport.book import Book, Chapter
from rapport.engine.targets import Index
from rapport.paths import Paths
from rapport.words import WORDS


@dataclass(frozen=True, slots=True)
class Job:
    """What bok.lua is to write: the format, where, what the template is filled with, and what else it must know.

    only: paths of the chapters to make (html, typst); all when None. What is made of the others is left where it lies.
    index: what an earlier job of the same format returned. Chapters in it that are not made are not read either.
    cited: a file that an earlier job wrote: how citations read, so that citeproc need not be asked again.
    """

    format: str
    out: Path  # html: the site's folder; typst: a name, whose folder has one part a chapter
    variables: Mapping[str, Any]
    more: Mapping[str, Any] = field(default_factory=dict)
    only: Collection[str] | None = None
    index: Index = field(default_factory=dict)
    cited: Path | None = None

    def part(self, number: int, chapter: Chapter) -> Path | None:
        """Where the chapter itself goes: its page, or its part of the body; None in a document."""
        if self.format == "html":
            return self.out / chapter.href
        return self.out.with_suffix("") / f"{number}.typ" if self.format == "typst" else None

    def works(self, number: int, chapter: Chapter) -> Path | None:
        """Where the works go that the chapter cites and does not list; in print alone, for a chapter by itself."""
        part = self.part(number, chapter) if self.format == "typst" else None
        return part and part.with_suffix(".works.typ")

    def file(self, folder: Path, suffix: str) -> Path:
        """Where the job itself is written down, and what it found."""
        return folder / f"{self.format}{suffix}.json"


def _chapter(number: int, chapter: Chapter, folder: Path, job: Job) -> dict[str, Any]:
    part, works = job.part(number, chapter), job.works(number, chapter)
    return _present({
        "path": chapter.path, "href": chapter.href, "title": chapter.title, "number": chapter.number,
        "appendix": chapter.appendix, "part": chapter.part, "description": chapter.description,
        "lang": chapter.lang, "alone": chapter.alone,
        "markdown": str(folder / f"{number}.md"), "out": str(part) if part else None,
        "works": str(works) if works else None,
        "wanted": job.only is None or chapter.path in job.only,
    })  # fmt: skip


def chapters_of(book: Book, format_: str) -> tuple[Chapter, ...]:
    """What a format holds: every page of the site, or the chapters of the book."""
    return book.pages if format_ == "html" else book.chapters


def _description(book: Book, paths: Paths, folder: Path, job: Job) -> dict[str, Any]:
    description = {
        "format": job.format,
        "theme": str(paths.theme),
        "template": str(paths.theme / "page.html") if job.format == "html" else None,
        "figures": "figures/",  # beside the body, so that a part is the same wherever a build has its folder
        "bibliography": str(paths.root / book.bibliography),
        "lang": "nb-NO",
        "chapters": [
            _chapter(number, chapter, folder, job) for number, chapter in enumerate(chapters_of(book, job.format))
        ],
        "out": str(job.out),
        "index": job.index,
        "index_out": str(job.file(folder, ".index")),
        "cited": str(job.cited) if job.cited else None,
        "cited_out": str(job.file(folder, ".cited")),
        "variables": job.variables,
        "ord": WORDS,
        **job.more,
    }
    return _present(description)


def _present(values: dict[str, Any]) -> dict[str, Any]:
    """Without the empty values: Lua would see JSON's null as something that is there."""
    return {name: value for name, value in values.items() if value is not None}


def write_job(book: Book, paths: Paths, folder: Path, job: Job) -> Path:
    """The job as a file in `folder`, with room for what it makes."""
    for number, chapter in enumerate(chapters_of(book, job.format)):
        if part := job.part(number, chapter):
            part.parent.mkdir(parents=True, exist_ok=True)
    path = job.file(folder, "")
    path.write_text(json.dumps(_description(book, paths, folder, job), ensure_ascii=False), encoding="utf-8")
    return path
