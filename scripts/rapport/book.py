"""The book as `_quarto.yml` describes it: one list of chapters, for both engines.

Knows paths and errors. Only what this book uses of Quarto's book format is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rapport.address import site_address
from rapport.errors import BookError, Place
from rapport.paths import Paths

FILE = "_quarto.yml"
HEADING = re.compile(r"^#\s+(?P<title>.+?)\s*(?:\{(?P<attributes>[^}]*)\})?\s*$", re.MULTILINE)
FRONT = re.compile(r"\A---\n(?P<yaml>.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book. `number` is "2" for a chapter, "A" for an appendix, None when unnumbered."""

    path: str
    title: str
    number: str | None
    appendix: bool
    part: str | None
    description: str

    @property
    def href(self) -> str:
        """The page's address from the root of the site."""
        return re.sub(r"\.qmd$", ".html", self.path)


@dataclass(frozen=True, slots=True)
class Book:
    """Title page facts, chapters in order, and the parts of `_quarto.yml` that engines need."""

    title: str
    subtitle: str
    author: str
    date: str
    description: str
    output_file: str
    output_dir: str
    bibliography: str
    lang: str
    site_url: str
    repo_url: str
    chapters: tuple[Chapter, ...]
    echo: bool


def _paths(entries: list[Any], appendix: bool) -> list[tuple[str, bool, str | None]]:
    """(path, is appendix, part) of each entry; a part is a mapping with its own chapters."""
    found: list[tuple[str, bool, str | None]] = []
    for entry in entries:
        if isinstance(entry, str):
            found.append((entry, appendix, None))
        else:
            found += [(path, appendix, entry["part"]) for path in entry["chapters"]]
    return found


def _heading(text: str, path: str) -> tuple[str, str]:
    """(title, attributes) of the first heading outside code."""
    masked = re.sub(r"^```.*?^```\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
    match = HEADING.search(masked)
    if match is None:
        raise BookError(
            Place(file=path, line=1, problem="no heading", remedy="begin the chapter with `# Title {#sec-id}`")
        )
    return match["title"], match["attributes"] or ""


def _description(text: str, path: str) -> str:
    match = FRONT.match(text)
    try:
        front = yaml.safe_load(match["yaml"]) if match else None
    except yaml.MarkedYAMLError as error:
        line = 2 + (error.problem_mark.line if error.problem_mark else 0)
        problem = f"the front matter is not YAML: {error.problem}"
        raise BookError(Place(file=path, line=line, problem=problem, remedy="put the text in quotes")) from error
    return str((front if isinstance(front, dict) else {}).get("description", "")).strip()


def _number(attributes: str, appendix: bool, count: list[int]) -> str | None:
    if ".unnumbered" in attributes:
        return None
    count[appendix] += 1
    return chr(ord("A") + count[1] - 1) if appendix else str(count[0])


def _chapters(paths: Paths, book: dict[str, Any]) -> tuple[Chapter, ...]:
    entries = _paths(book["chapters"], False) + _paths(book.get("appendices", []), True)
    missing = [path for path, _, _ in entries if not (paths.root / path).is_file()]
    if missing:
        raise BookError(
            *(
                f"{FILE}: no such chapter: {path}\n  To mend it: write the file, or take it off the list."
                for path in missing
            )
        )
    count, chapters = [0, 0], []
    for path, appendix, part in entries:
        text = (paths.root / path).read_text(encoding="utf-8")
        title, attributes = _heading(text, path)
        number = _number(attributes, appendix, count)
        chapters.append(Chapter(path, title, number, appendix, part, _description(text, path)))
    return tuple(chapters)


def read_config(path: Path) -> dict[str, Any]:
    """`_quarto.yml` as a dictionary. Raises BookError when it is not YAML."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BookError(f"{FILE}: not valid YAML: {error}\n  To mend it: correct the YAML at that place.") from error


def load_book(paths: Paths) -> Book:
    """The book in the project. Raises BookError when it cannot be read as one."""
    config = read_config(paths.root / FILE)
    try:
        book = config["book"]
        return Book(
            title=book["title"], subtitle=book.get("subtitle", ""), author=str(book["author"]), date=str(book["date"]),
            description=str(book.get("description", "")).strip(), output_file=book["output-file"],
            output_dir=config["project"].get("output-dir", "_book"), bibliography=str(config["bibliography"]),
            lang=config["lang"], site_url=site_address(book.get("site-url")), repo_url=str(book.get("repo-url", "")),
            chapters=_chapters(paths, book), echo=bool(config.get("execute", {}).get("echo", True)),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise BookError(
            f"{FILE}: cannot be read as a book ({error!r}).\n"
            "  To mend it: it needs lang, bibliography, project.output-dir and book with title, author, date, "
            "output-file and chapters."
        ) from error
