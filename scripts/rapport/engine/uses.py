"""Where the chapters write the register's numbers: every `n(…)` in a sentence, with its place in chapter and page.

Reads chapters only, so that the register can lead a reader to each place where a number is used.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapport.headings import headings
from rapport.languages import BOOK
from rapport.source import INLINE, Text, language, line_of, masked, pieces

DEEPEST = 3  # level of a heading that a place is named by
NOTE = re.compile(r"^\[\^(?P<name>[\w-]+)\]:")
MARK = re.compile(r"\[\^(?P<name>[\w-]+)\](?!:)")


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a chapter writes a number: `n(key, hedge, bound, word=word)`.

    `section` is the nearest heading above; `ordinal` counts the chapter's uses of the key from 1, as the page does;
    `lang` is the chapter's language.
    """

    file: str
    line: int
    key: str
    hedge: str | None
    bound: float | None
    word: str | bool
    section: str = ""
    ordinal: int = 0
    lang: str = BOOK

    @property
    def anchor(self) -> str:
        """The id of the number on its page; theme/rapport.lua gives it."""
        return f"bruk-{self.key}-{self.ordinal}"


def _arguments(call: ast.Call) -> dict[str, Any]:
    values = [ast.literal_eval(argument) for argument in call.args]
    named = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    return {"hedge": None, "bound": None, "word": False} | dict(
        zip(("key", "hedge", "bound"), values, strict=False), **named
    )


def _call(code: str) -> dict[str, Any] | None:
    """What `n` is asked for in an expression; None when it is something else, or would fail when it is run."""
    try:
        tree = ast.parse(code.strip(), mode="eval").body
        if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id == "n":
            found = _arguments(tree)
            return found if isinstance(found.get("key"), str) else None
    except (SyntaxError, ValueError):
        return None
    return None


def use_of(file: str, line: int, code: str, lang: str = BOOK) -> Use | None:
    """The use that an expression is, without section and ordinal; None when it is something else."""
    found = _call(code)
    if found is None:
        return None
    return Use(file, line, found["key"], found["hedge"], found["bound"], found["word"], lang=lang)


def _expressions(source: str) -> Iterator[tuple[int, str]]:
    """(line, expression) of each inline expression."""
    for piece in pieces(source):
        if isinstance(piece, Text) and not piece.verbatim:
            for match in INLINE.finditer(piece.text):
                yield piece.line + line_of(piece.text, match.start()) - 1, match["code"]


def _marks(lines: list[str]) -> dict[str, int]:
    """The line of each footnote's first mark, by the note's name."""
    marks: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        for mark in MARK.finditer(line):
            marks.setdefault(mark["name"], number)
    return marks


def _reading_order(source: str) -> list[int]:
    """For each line, the line it is read at: a footnote is read where its mark stands."""
    lines = masked(source, keep_code=True).split("\n")
    marks, order, note = _marks(lines), list(range(len(lines) + 1)), None
    for number, line in enumerate(lines, start=1):
        begun = NOTE.match(line)
        if begun:
            note = marks.get(begun["name"], number)
        elif line.strip() and not line.startswith((" ", "\t")):
            note = None
        order[number] = note or number
    return order


def _sections(source: str) -> list[str]:
    """For each line, the nearest heading above it; callouts' titles are no headings."""
    titles = {heading.line: heading.title for heading in headings(source) if heading.id and heading.level <= DEEPEST}
    found = [""]
    for number in range(1, source.count("\n") + 2):
        found.append(titles.get(number, found[-1]))
    return found


def _chapter_uses(file: str, source: str) -> Iterator[Use]:
    sections, order, lang = _sections(source), _reading_order(source), language(source)
    calls = [(line, found) for line, code in _expressions(source) if (found := _call(code))]
    counts: Counter[str] = Counter()
    for line, found in sorted(calls, key=lambda call: order[call[0]]):
        counts[found["key"]] += 1
        yield Use(
            file, line, found["key"], found["hedge"], found["bound"], found["word"], sections[order[line]],
            counts[found["key"]], lang,
        )  # fmt: skip


def uses(sources: Mapping[str, str]) -> list[Use]:
    """Every number that the chapters write, in the order in which they are read. sources: text by file."""
    return [use for file, source in sources.items() for use in _chapter_uses(file, source)]
