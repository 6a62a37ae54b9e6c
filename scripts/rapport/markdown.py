"""A table in Markdown, for cells that refer to sections and figures: both engines resolve them, with numbers.

Knows records, markup and how tabulate shows a cell.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from rapport.markup import literal, reference
from rapport.records import Column
from rapport.tabulate import shown

REFERENCE = 13  # letters of a reference with its number, and of the word before the next
MOST, GAP = 40, 4  # letters of a column, and between two


def _cell(value: object, column: Column) -> str:
    if column.refs:
        return "" if pd.isna(value) else reference(str(value))  # type: ignore[arg-type]
    return literal(shown(value, column.decimals))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _letters(value: object, column: Column) -> int:
    """How long a cell is, about: what stands for an id when it is read is «avsnitt 3.2» or the like."""
    if column.refs:
        return REFERENCE * len(str(value).split(";"))
    return len(shown(value, column.decimals))


def _width(column: Column, values: pd.Series) -> int:
    """A column's share of the width: its longest text, within bounds that leave room for the others, and a gap."""
    return min(max(len(column.title), *(_letters(value, column) for value in values)), MOST) + GAP


def markdown_table(frame: pd.DataFrame, columns: Sequence[Column]) -> str:
    """The table as a pipe table; every cell means just its text, but for those of ids, which are references."""
    rules = ["-" * _width(c, frame[c.name]) + (":" if c.decimals is not None else "-") for c in columns]
    rows = frame[[c.name for c in columns]].itertuples(index=False, name=None)
    body = "".join(_row([_cell(value, c) for value, c in zip(row, columns, strict=True)]) for row in rows)
    return _row([literal(c.title) for c in columns]) + _row(rules) + body
