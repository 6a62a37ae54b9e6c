"""The pages of the book, in order: what `_quarto.yml` lists, and what each file says of itself.

Knows paths and errors. Only what this book uses of Quarto's book format is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from rapport.config import FILE
from rapport.errors import BookError, Fault, Place
from rapport.languages import BOOK
from rapport.legible import decode
from rapport.paths import Paths

HEADING = re.compile(r"^#[^\S\n]+(?P<line>\S.*)$", re.MULTILINE)
ATTRIBUTES = re.compile(r"\{(?P<attributes>[^{}]*)\}$")
FRONT = re.compile(r"\A---[^\S\n]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
# What may hold a line that only looks like a heading.
HIDDEN = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*[^\S\n]*$|<!--.*?-->", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book. `number` is "2" for a chapter, "A" for an appendix, None when unnumbered.

    `lang` is the language of its text; `alone` says that it is a page of the site and no part of the book.
    """

    path: str
    title: str
    number: str | None
    appendix: bool
    part: str | None
    description: str
    lang: str = BOOK
    alone: bool = False

    @property
    def href(self) -> str:
        """The page's address from the root of the site."""
        return re.sub(r"\.qmd$", ".html", self.path)


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
    """(title, attributes) of the first heading outside front matter, code and comments."""
    match = HEADING.search(HIDDEN.sub("", FRONT.sub("", text)))
    if match is None:
        raise BookError(
            Place(file=path, line=1, problem="no heading", remedy="begin the chapter with `# Title {#sec-id}`")
        )
    line = match["line"].rstrip()
    found = ATTRIBUTES.search(line)
    return line[: found.start()].rstrip() if found else line, found["attributes"] if found else ""


def _front(text: str, path: str) -> dict[str, str]:
    """The front matter's keys as text; a key that is not there is not in it."""
    match = FRONT.match(text)
    try:
        front = yaml.safe_load(match["yaml"]) if match else None
    except yaml.MarkedYAMLError as error:
        line = 2 + (error.problem_mark.line if error.problem_mark else 0)
        problem = f"the front matter is not YAML: {error.problem}"
        raise BookError(Place(file=path, line=line, problem=problem, remedy="put the text in quotes")) from error
    return {key: str(value).strip() for key, value in (front if isinstance(front, dict) else {}).items()}


def _number(attributes: str, appendix: bool, count: list[int]) -> str | None:
    if ".unnumbered" in attributes:
        return None
    count[appendix] += 1
    return chr(ord("A") + count[1] - 1) if appendix else str(count[0])


def _alone(book: dict[str, Any], chapters: list[str]) -> list[str]:
    """Pages that the foot of every page links to and that are no chapters: Quarto renders them, for the web alone."""
    foot = book.get("page-footer") or {}
    items = [item for side in foot.values() if isinstance(side, list) for item in side if isinstance(item, dict)]
    paths = [str(item.get("href", "")) for item in items]
    return [path for path in paths if path.endswith(".qmd") and path not in chapters]


def _present(paths: Paths, files: list[str]) -> None:
    missing = [path for path in files if not (paths.root / path).is_file()]
    if missing:
        remedy = "write the file, or take it off the list."
        raise BookError(*(f"{FILE}: no such chapter: {path}\n  To mend it: {remedy}" for path in missing))


def _texts(paths: Paths, files: list[str]) -> dict[str, str]:
    """The text of each file. Raises BookError with all that are not in UTF-8, at their first line that is not."""
    texts, faults = {}, []
    for path in files:
        text = decode(path, (paths.root / path).read_bytes())
        if isinstance(text, Fault):
            remedy = "save the file again as UTF-8"
            told = f"found {text.found}, expected {text.expected}"
            faults.append(Place(file=path, line=text.row or 1, problem=told, remedy=remedy))
        else:
            texts[path] = text.replace("\r\n", "\n").replace("\r", "\n")
    if faults:
        raise BookError(*faults)
    return texts


def read_pages(paths: Paths, book: dict[str, Any], lang: str) -> tuple[Chapter, ...]:
    """Every page in order, those that stand alone last. book: `book` of `_quarto.yml`; lang: the book's language.

    Raises BookError when a file is missing, is not text, has no heading, or has front matter that is not YAML.
    """
    entries = _paths(book["chapters"], False) + _paths(book.get("appendices") or [], True)
    alone = _alone(book, [path for path, _, _ in entries])
    _present(paths, files := [*(path for path, _, _ in entries), *alone])
    texts, count, chapters = _texts(paths, files), [0, 0], []
    for path, appendix, part in [*entries, *((path, False, None) for path in alone)]:
        (title, attributes), front = _heading(texts[path], path), _front(texts[path], path)
        number = None if path in alone else _number(attributes, appendix, count)
        described, spoken = front.get("description", ""), front.get("lang", lang)
        chapters.append(Chapter(path, title, number, appendix, part, described, spoken, path in alone))
    return tuple(chapters)
