"""One table as rows of typed values, from the text of its CSV and its schema. Knows nothing of formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

Value = str | int | float | bool | None


def _number(text: str) -> float | None:
    value = float(text)
    return value if isfinite(value) else None  # NaN is what some programs write for an empty cell


READ: dict[str, Callable[[str], Value]] = {
    "string": str,
    "integer": int,
    "number": _number,
    "boolean": lambda text: text.lower() in ("true", "1"),
}


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its resource's descriptor, the text it was read from, and the cells as text, row by row."""

    resource: Mapping[str, Any]
    text: str
    cells: tuple[tuple[str, ...], ...]

    @property
    def stem(self) -> str:
        """What the names of the table's files begin with."""
        return self.resource["path"].removesuffix(".csv")

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The columns' descriptors, in order."""
        return self.resource["schema"]["fields"]

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [field["name"] for field in self.fields]

    def values(self) -> list[list[Value]]:
        """The cells with the types of the schema; an empty cell is None."""
        kinds = [READ[field["type"]] for field in self.fields]
        return [
            [None if cell == "" else read(cell) for read, cell in zip(kinds, row, strict=True)] for row in self.cells
        ]


def read_rows(resource: Mapping[str, Any], text: str) -> Rows:
    """The table of a resource, validated before, from its CSV's text."""
    _header, *cells = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return Rows(resource, text, tuple(tuple(row) for row in cells if row))
