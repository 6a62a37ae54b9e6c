"""The pages of the book, in order: what `_quarto.yml` lists, and what each file says of itself.

Knows the notation of chapters, paths and errors. Only what this book uses of Quarto's book format is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from rapport.config import FILE
from rapport.errors import BookError, Fault, Place
from rapport.headings import Heading, headings
from rapport.languages import BOOK
from rapport.legible import lines
from rapport.paths import Paths
from rapport.plain import plain
from rapport.source import front
from rapport.yaml_text import problem_of

LETTERS = 26  # what appendices are numbered with


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the book. `number` is "2" for a chapter, "A" for an appendix, None when unnumbered.

    `title` is plain text, whatever markup the heading has: menus, heads of pages and metadata hold none. `lang`
    is the language of its text; `alone` says that it is a page of the site and no part of the book.
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


def _title(text: str, path: str) -> Heading:
    """The first heading of level one. Raises BookError when there is none, or it has no words."""
    found = next((heading for heading in headings(text) if heading.level == 1 and heading.title), None)
    if found is None:
        raise BookError(
            Place(file=path, line=1, problem="no heading", remedy="begin the chapter with `# Title {#sec-id}`")
        )
    return found


def _front(text: str, path: str) -> dict[str, str]:
    """What the front matter says. Raises BookError when it is no YAML."""
    try:
        return front(text)
    except yaml.YAMLError as error:
        line, problem = problem_of(error)
        raise BookError(
            Place(file=path, line=(line or 1) + 1, problem=f"the front matter is not YAML: {problem}",
                  remedy="put the text in quotes")
        ) from error  # fmt: skip


def _number(title: Heading, appendix: bool, count: list[int]) -> str | None:
    if not title.numbered:
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
        text = lines(path, (paths.root / path).read_bytes())
        if isinstance(text, Place):
            faults.append(text)
        else:
            texts[path] = text
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
        said, title = _front(texts[path], path), _title(texts[path], path)
        number = None if path in alone else _number(title, appendix, count)
        described, spoken = said.get("description", ""), said.get("lang", lang)
        chapters.append(Chapter(path, plain(title.title), number, appendix, part, described, spoken, path in alone))
    if count[1] > LETTERS:
        raise BookError(Fault(file=FILE, column="book.appendices", found=f"{count[1]} appendices with a letter",
                              expected=f"at most {LETTERS}, as neither engine has a letter after Z",
                              remedy="join some, or mark those that need no letter as {.unnumbered}"))  # fmt: skip
    return tuple(chapters)
