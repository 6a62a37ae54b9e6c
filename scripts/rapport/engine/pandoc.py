"""pandoc by way of bok.lua: executed chapters in, HTML pages or one Typst body out.

One pandoc process does all chapters of one format. Knows the book and its texts, not the data.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.book import Book
from rapport.errors import EngineError
from rapport.paths import Paths


@dataclass(frozen=True, slots=True)
class Job:
    """What bok.lua is to write: the format, where, and what the template is filled with."""

    format: str
    out: Path
    variables: Mapping[str, Any]


def pandoc_path() -> str:
    """The pandoc of the pypandoc_binary wheel. Raises EngineError when it is not installed."""
    try:
        import pypandoc

        return pypandoc.get_pandoc_path()
    except (ImportError, OSError) as error:
        raise EngineError(
            f"pandoc is missing ({error}).\n  To mend it: run `make report`, or "
            "`pip install --require-hashes -r requirements.lock` in the environment."
        ) from error


def write_markdown(book: Book, markdown: Mapping[str, str], folder: Path) -> None:
    """The executed chapters as files for bok.lua to read: NAME.md beside each other."""
    for number, chapter in enumerate(book.chapters):
        path = folder / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown[chapter.path], encoding="utf-8")


def _description(book: Book, paths: Paths, folder: Path, job: Job) -> dict[str, Any]:
    html = job.format == "html"
    chapters = [
        {
            "href": chapter.href, "title": chapter.title, "number": chapter.number, "appendix": chapter.appendix,
            "part": chapter.part, "description": chapter.description, "markdown": str(folder / f"{number}.md"),
            "out": str(job.out / chapter.href) if html else None,
        }
        for number, chapter in enumerate(book.chapters)
    ]  # fmt: skip
    description = {
        "format": job.format,
        "theme": str(paths.theme),
        "template": str(paths.theme / "page.html") if html else None,
        "figures": "/figures/",
        "bibliography": str(paths.root / book.bibliography),
        "lang": "nb-NO",
        "chapters": [_present(chapter) for chapter in chapters],
        "out": str(job.out),
        "variables": job.variables,
    }
    return _present(description)


def _present(values: dict[str, Any]) -> dict[str, Any]:
    """Without the empty values: Lua would see JSON's null as something that is there."""
    return {name: value for name, value in values.items() if value is not None}


def convert(book: Book, paths: Paths, folder: Path, job: Job) -> None:
    """Run bok.lua on the chapters in `folder`. Raises EngineError with pandoc's own words when it fails."""
    if job.format == "html":
        for chapter in book.chapters:
            (job.out / chapter.href).parent.mkdir(parents=True, exist_ok=True)
    description = folder / f"{job.format}.json"
    description.write_text(json.dumps(_description(book, paths, folder, job), ensure_ascii=False), encoding="utf-8")
    command = [pandoc_path(), "lua", str(paths.theme / "bok.lua"), str(description)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=paths.root, check=False)
    if done.returncode != 0 or "[WARNING]" in done.stderr:
        raise EngineError(f"pandoc could not convert the chapters to {job.format}:\n{done.stderr.strip()}")
