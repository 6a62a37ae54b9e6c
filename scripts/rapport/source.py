"""A chapter's source as pieces: text, code cells and inline expressions, each with its line.

This is the only place that reads Quarto's notation for cells; everything else is pandoc's Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import yaml

from rapport.languages import BOOK
from rapport.yaml_text import parse

FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<info>.*)$")
CELL = re.compile(r"^\{python\}\s*$")
OPTION = re.compile(r"^#\|\s*(?P<name>[\w-]+)\s*:\s*(?P<value>.*?)\s*$")
INLINE = re.compile(r"`\{python\}\s+(?P<code>[^`]+)`")
UNSEEN = re.compile(r"<!--.*?-->|(?P<code>`[^`\n]+`)", re.DOTALL)
NEVER_CLOSED = "\0\0\0\0"  # stands for a `<!--` without an end, which would be looked for through the whole rest


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


@lru_cache(maxsize=64)  # each check asks for them
def pieces(source: str) -> tuple[Piece, ...]:
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
    return tuple(found)


@lru_cache(maxsize=8)  # many places of one text are asked for in a row
def _ends(text: str) -> list[int]:
    return [end.start() for end in re.finditer("\n", text)]


def line_of(text: str, offset: int) -> int:
    """The line (1-based) that an offset in the text lies on."""
    return bisect_left(_ends(text), offset) + 1


def front_matter(source: str) -> int:
    """How many lines the front matter takes, both fences included."""
    lines = source.split("\n")
    if lines[0].rstrip() != "---":
        return 0
    return next((i + 1 for i in range(1, len(lines)) if lines[i].rstrip() in ("---", "...")), 0)


@lru_cache(maxsize=64)  # each check asks for the language
def front(source: str) -> dict[str, str]:
    """The front matter's keys as text; a key that is not there is not in it. Raises yaml.YAMLError when it is no YAML.

    Its lines count from the first below the fence.
    """
    keys = parse("\n".join(source.split("\n")[1 : max(front_matter(source) - 1, 1)]))
    return {str(key): str(value).strip() for key, value in keys.items()} if isinstance(keys, dict) else {}


def language(source: str) -> str:
    """The language that the front matter says the chapter is in; Norwegian when it says none, or is no YAML."""
    try:
        return front(source).get("lang", BOOK)
    except yaml.YAMLError:
        return BOOK


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


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
    last = text.rfind("-->") + 1
    text = text[:last] + text[last:].replace("<!--", NEVER_CLOSED)
    seen = UNSEEN.sub(lambda match: match.group() if keep_code and match["code"] else _blanked(match), text)
    return seen.replace(NEVER_CLOSED, "<!--")
