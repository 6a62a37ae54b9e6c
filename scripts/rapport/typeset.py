"""A table for print, as Typst. Knows records, and tabulate for the texts of the cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from math import ceil

import pandas as pd

from rapport.records import Column
from rapport.tabulate import texts_of

MOST = 60  # lines of a table that is kept on one page, which has room for about seventy
SPACE = 0.9  # what a row takes besides its lines
FEW = 8  # rows of sentences that are kept on one page
LINE = 88  # letters of a table's type across the page
GAP = 3  # letters that the space between two columns takes
UNBROKEN = 16  # letters that are kept in one line: a short cell, or the beginning of a word that hyphenation breaks
BREAKS = re.compile(r"(?<=[._-])(?=\w)")  # where a key such as «deltakere.fall» may go on in the next line


def _together(text: str) -> int:
    """The letters that must stand in one line: the whole of a short text, the longest part of another."""
    if len(text) <= UNBROKEN:
        return len(text)
    return max(min(len(part), UNBROKEN) for word in text.split() for part in BREAKS.split(word))


def _least(titles: Sequence[str], texts: Sequence[Sequence[str]]) -> list[int]:
    """The letters that each column must have room for, that no word need break."""
    return [max(_together(cell) for cell in (title, *cells)) + GAP for title, cells in zip(titles, texts, strict=True)]


def _widths(least: Sequence[int], texts: Sequence[Sequence[str]]) -> list[int]:
    """The columns' shares of the width: words fit first, then the room left goes where the text is."""
    wanted = [
        max(sum(map(len, cells)) / (len(cells) or 1) - width, 0) + 1 for cells, width in zip(texts, least, strict=True)
    ]
    room = max(LINE - sum(least), LINE / 4)
    return [round(10 * (width + room * want / sum(wanted))) for width, want in zip(least, wanted, strict=True)]


def _string(text: str) -> str:
    """A Typst string; long keys get places to break, which no reader sees."""
    words = (BREAKS.sub("\u200b", word) if len(word) > UNBROKEN else word for word in text.split(" "))
    return json.dumps(" ".join(words), ensure_ascii=False)


def _row(cells: Sequence[str]) -> str:
    return ", ".join(_string(cell) for cell in cells)


def _rows(texts: Sequence[Sequence[str]], groups: Sequence[str] | None) -> Iterator[str]:
    """The rows; before each group its heading, which is said again where the group goes on on a new page."""
    before = None
    for number, cells in enumerate(zip(*texts, strict=True)):
        if groups and groups[number] != before:
            before = groups[number]
            yield f"  table.header(level: 2, table.cell(colspan: {len(cells)}, {_string(before)})),\n"
        yield f"  {_row(cells)},\n"


def _height(texts: Sequence[Sequence[str]], shares: Sequence[int]) -> float:
    """About how many lines the rows take, as each cell is as long as its text in its share of the width."""
    room = [max(LINE * share / sum(shares) - GAP, 1) for share in shares]
    lines = (max(len(cell) / width for cell, width in zip(row, room, strict=True)) for row in zip(*texts, strict=True))
    return sum(max(1, ceil(most)) + SPACE for most in lines)


def typst_table(frame: pd.DataFrame, columns: Sequence[Column], *, sentences: bool = False) -> str:
    """The table as Typst, for print: every cell a string, so that it means just its text.

    The columns share the width by what they hold. A short table is kept on one page; a long one breaks
    between rows and repeats its header. `sentences` sets it smaller, with `ordtabell` of theme/rapport.typ.
    """
    texts = texts_of(frame, columns)
    group = next((c.name for c in columns if c.group), None)
    across = [c for c in columns if not c.group]
    cells = [texts[c.name] for c in across]
    least = _least([c.title for c in across], cells)
    shares = _widths(least, cells)
    widths = ", ".join(f"{share}fr" for share in shares)
    sides = ", ".join("start" if c.decimals is None else "end" for c in across)
    table = (
        f"#table(columns: ({widths}), align: ({sides}),\n"
        f"  table.header({_row([c.title for c in across])}),\n{''.join(_rows(cells, texts[group] if group else None))})"
    )
    if sum(least) > LINE:
        table = f"#trang[{table}]"
    if sentences:  # tall rows: a page may end between any two, unless they are few
        words = f"#ordtabell[{table}]"
        return f"#block(breakable: false)[{words}]\n" if len(frame) <= FEW else f"{words}\n"
    short = _height(cells, shares) <= MOST
    return f"#block(breakable: false)[{table}]\n" if short else f"{table}\n"
