"""A chapter's source as pieces: text, code cells and inline expressions, each with its line.

This is the only place that reads Quarto's notation for cells; everything else is pandoc's Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapport.languages import BOOK

FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
CELL = re.compile(r"^\{python\}\s*$")
OPTION = re.compile(r"^#\|\s*(?P<name>[\w-]+)\s*:\s*(?P<value>.*?)\s*$")
LANG = re.compile(r"^lang\s*:\s*[\"']?(?P<lang>[^\"'\s]*)")
INLINE = re.compile(r"`\{python\}\s+(?P<code>[^`]+)`")


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown between cells; `verbatim` for a fenced block that is not a cell, where nothing runs."""

    line: int
    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A `{python}` cell: its code without options, and the options with their lines."""

    line: int
    code: str
    options: dict[str, str] = field(default_factory=dict)
    option_lines: dict[str, int] = field(default_factory=dict)


Piece = Text | Cell


def _cell(line: int, body: list[str]) -> Cell:
    options, lines = {}, {}
    for offset, text in enumerate(body):
        match = OPTION.match(text)
        if match is None:
            break
        options[match["name"]] = match["value"]
        lines[match["name"]] = line + 1 + offset
    return Cell(line, "\n".join(body[len(options) :]), options, lines)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str], str | None]]:
    """(first line, lines, info string) of each fenced block, and of the text between (info None)."""
    start, at = 0, 0
    while at < len(lines):
        match = FENCE.match(lines[at])
        if match is None:
            at += 1
            continue
        closing = re.compile(rf"^{re.escape(match['fence'][0])}{{{len(match['fence'])},}}\s*$")
        end = next((i for i in range(at + 1, len(lines)) if closing.match(lines[i])), len(lines) - 1)
        if at > start:
            yield start + 1, lines[start:at], None
        yield at + 1, lines[at : end + 1], match["info"].strip()
        start = at = end + 1
    if start < len(lines):
        yield start + 1, lines[start:], None


def pieces(source: str) -> list[Piece]:
    """The chapter without its front matter, in order; text pieces keep their line breaks."""
    lines = source.split("\n")
    skip = front_matter(source)
    lines[:skip] = [""] * skip
    found: list[Piece] = []
    for first, block, info in _blocks(lines):
        if info is not None and CELL.match(info):
            found.append(_cell(first, block[1:-1]))
        else:
            found.append(Text(first, "\n".join(block) + "\n", verbatim=info is not None))
    return found


def line_of(text: str, offset: int) -> int:
    """The line (1-based) that an offset in the text lies on."""
    return text.count("\n", 0, offset) + 1


def front_matter(source: str) -> int:
    """How many lines the front matter takes, both fences included."""
    lines = source.split("\n")
    if lines[0].strip() != "---":
        return 0
    return next((i + 1 for i in range(1, len(lines)) if lines[i].strip() in ("---", "...")), 0)


def language(source: str) -> str:
    """The language that the front matter says the chapter is in; Norwegian when it says none."""
    lines = source.split("\n")[: front_matter(source)]
    found = next((match for line in lines if (match := LANG.match(line))), None)
    return found["lang"] if found else BOOK


@lru_cache(maxsize=64)  # each check asks for it
def masked(source: str, *, keep_code: bool = False) -> str:
    """The chapter with front matter, fenced blocks, comments and inline code blanked, line by line.

    What is left is what a writer typed as prose, at the same lines and columns; `keep_code` leaves
    inline code in place.
    """
    lines = source.split("\n")
    for i in range(front_matter(source)):
        lines[i] = ""
    for first, block, info in _blocks(list(lines)):
        if info is not None:
            lines[first - 1 : first - 1 + len(block)] = [""] * len(block)
    text = "\n".join(lines)
    blank = re.compile(r"<!--.*?-->" if keep_code else r"<!--.*?-->|`[^`\n]+`", re.DOTALL)
    return blank.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
