"""Two versions of a table, compared row by row and cell by cell with tolerance zero. Knows no data and no figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapport.align import Pair, aligned

Row = list[str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One thing that differs: `row` counts the heading as row 1, in the new table where the row is still there.

    `column` is empty for a whole row and `row` is 1 for a whole column; a side that lacks it is None. `key` names
    the row: by its primary key ("aar=2022") where it has one, else by its first cell.
    """

    row: int
    column: str
    old: str | None
    new: str | None
    key: str = ""


def rows(text: str, delimiter: str = ";") -> list[Row]:
    """A CSV as rows of cells, the heading first; lines without any cell are left out."""
    read = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    return [row for row in read if row]


def _parts(row: Row) -> list[str]:
    """The cells with their places; the first, which names the row, weighs as three."""
    return [f"{at}:{cell}" for at, cell in enumerate([*row[:1], *row[:1], *row])]


def by_order(old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """Rows paired in their order: those that share their first cell, or enough of the others."""
    return list(aligned([_parts(row) for row in old], [_parts(row) for row in new], least=0.35))


def by_key(old: Sequence[Row], new: Sequence[Row], places: Sequence[int]) -> list[Pair] | None:
    """Rows paired by the cells of their key, old rows that are gone last; None when a key names two rows."""
    before, after = ([tuple(row[at] for at in places) for row in side] for side in (old, new))
    if len({*before}) < len(before) or len({*after}) < len(after):
        return None
    where = {key: at for at, key in enumerate(before)}
    kept: list[Pair] = [(where.get(key), at) for at, key in enumerate(after)]
    return kept + [(at, None) for key, at in where.items() if key not in {*after}]


def _picked(table: list[Row], columns: Sequence[str]) -> list[Row]:
    """The rows without heading, with these columns alone; a row that is too short has empty cells."""
    places = [table[0].index(name) for name in columns] if table else []
    return [[row[at] if at < len(row) else "" for at in places] for row in table[1:]]


def _row(table: list[Row], at: int | None) -> str | None:
    """A whole row in words: its filled cells, each with its column."""
    if at is None:
        return None
    return "; ".join(f"{name}: {cell}" for name, cell in zip(table[0], table[at + 1], strict=False) if cell)


def _name(common: Sequence[str], row: Row, places: Sequence[int]) -> str:
    return ", ".join(f"{common[place]}={row[place]}" for place in places) or "".join(row[:1])


def changes(old: list[Row], new: list[Row], key: Sequence[str] = ()) -> Iterator[CellChange]:
    """Columns that came or went, then rows and cells. old, new: rows of cells, the heading first.

    Rows are paired by the columns `key` when both tables have them, else in their order.
    """
    before, after = (side[0] if side else [] for side in (old, new))
    yield from (CellChange(1, name, None, name) for name in after if name not in before)
    yield from (CellChange(1, name, name, None) for name in before if name not in after)
    common = [name for name in after if name in before]
    one, other = _picked(old, common), _picked(new, common)
    places = [common.index(name) for name in key] if {*key} <= {*common} else []
    for i, j in (by_key(one, other, places) if places else None) or by_order(one, other):
        at, row = (i or 0, one[i or 0]) if j is None else (j, other[j])
        named = _name(common, row, places)
        if i is None or j is None:
            yield CellChange(at + 2, "", _row(old, i), _row(new, j), named)
            continue
        for name, left, right in zip(common, one[i], other[j], strict=True):
            if left != right:
                yield CellChange(at + 2, name, left, right, named)
