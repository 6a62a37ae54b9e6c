"""Each CSV read as the rows of its table: delimiter, header, as many cells as columns, and every cell as it should be
written. The rules of the schema come after. Knows errors and how values are written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from rapport.errors import Fault
from rapport.legible import garbled, hidden
from rapport.opening import LARGEST, RESTORE
from rapport.written import expected, is_written
from rapport.written import remedy as mended

DESCRIPTOR = "data/datapackage.json"
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "vertical lines"}
csv.field_size_limit(LARGEST)  # Python's own limit is told as a quote that is not closed
COMMAS = "save the file as CSV with commas, and decimals after a point"
QUOTES = "put a double quote at both ends of a text that holds a comma, and write one within the text twice"


def _delimiter_fault(shown: str, first: str, columns: int) -> Fault | None:
    called = [name for mark, name in DELIMITERS.items() if columns > 1 and mark in first and "," not in first]
    if not called:
        return None
    return Fault(file=shown, row=1, found=f"columns separated by {called[0]}", expected="commas between columns",
                 remedy=COMMAS)  # fmt: skip


def _meant(name: str, names: list[str]) -> str | None:
    """The one of the names that a misspelled column was meant to have."""
    return next(iter(get_close_matches(name.strip().lower(), names, 1)), None)


def header_faults(shown: str, header: list[str], names: list[str]) -> Iterator[Fault]:
    """Columns that are missing, unknown, there twice or in another order."""
    missing = [name for name in names if name not in header]
    extra = [name for name in header if name not in names]
    meant = {name: near for name in extra if (near := _meant(name, missing))}
    for name in missing:
        if name not in meant.values():
            yield Fault(file=shown, row=1, column=name, found="no such column",
                        expected=f"the columns {', '.join(names)}", remedy="put the column back")  # fmt: skip
    for name in extra:
        remedy = f"write {meant[name]}" if name in meant else f"take the column out, or describe it in {DESCRIPTOR}"
        yield Fault(file=shown, row=1, column=name, found=name, expected=f"only the columns {', '.join(names)}",
                    remedy=remedy)  # fmt: skip
    for name in {name: None for name in header if name in names and header.count(name) > 1}:
        yield Fault(file=shown, row=1, column=name, found=f"the column {header.count(name)} times", expected="it once",
                    remedy="take the copy out, or correct its name")  # fmt: skip
    if sorted(header) == sorted(names) and header != names:
        yield Fault(file=shown, row=1, found=", ".join(header), expected=f"the columns in the order {', '.join(names)}",
                    remedy="put the columns in that order")  # fmt: skip


def _row_fault(shown: str, row: int, cells: list[str], columns: int) -> Fault | None:
    """What is wrong with a row as a whole."""
    if not any(cells):
        return Fault(file=shown, row=row, found="a blank row", expected="rows with values", remedy="delete the row")
    if len(cells) == columns:
        return None
    if len(cells) < columns and (called := [name for mark, name in DELIMITERS.items() if mark in cells[0]]):
        return Fault(file=shown, row=row, found=f"cells separated by {called[0]}", expected="commas between cells",
                     remedy="write commas, and a decimal after a point")  # fmt: skip
    more = f"put text that holds a comma between double quotes, and decimals after a point (the row has {len(cells)})"
    fewer = f"put the commas of empty cells back (the row has {len(cells)})"
    return Fault(file=shown, row=row, found=",".join(cells), expected=f"{columns} cells, one for each column",
                 remedy=more if len(cells) > columns else fewer)  # fmt: skip


def _cell_fault(shown: str, row: int, field: dict[str, Any], text: str) -> Fault | None:
    name, kind = field["name"], field["type"]
    if mark := hidden(text):
        return Fault(file=shown, row=row, column=name, found=text, expected=f"text on one line, without {mark}",
                     remedy="write the cell again by hand; what was pasted holds marks that do not show")  # fmt: skip
    if letters := garbled(text):
        return Fault(file=shown, row=row, column=name, found=text, expected=f"letters in place of {letters}",
                     remedy="open the file as UTF-8, and write the lost letters again")  # fmt: skip
    if text and not is_written(kind, text):
        return Fault(file=shown, row=row, column=name, found=text, expected=expected(kind), remedy=mended(kind, text))
    return None


def _rows(shown: str, text: str) -> list[list[str]] | Fault:
    lone = text.replace("\r\n", "\n").find("\r")
    if lone >= 0:
        return Fault(file=shown, row=text.replace("\r\n", "\n").count("\n", 0, lone) + 1,
                     found="a carriage return alone", expected="lines that end with a line feed",
                     remedy="save the file again with ordinary line ends")  # fmt: skip
    reader, rows, ended = csv.reader(io.StringIO(text, newline=""), strict=True), [], 0
    try:
        for cells in reader:
            rows.append(cells)
            ended = reader.line_num
    except csv.Error:  # its words are those of the C library, and its row that of the next quote
        return Fault(file=shown, row=ended + 1, found="a double quote that is not closed, or text after it",
                     expected="double quotes in pairs", remedy=QUOTES)  # fmt: skip
    return rows


def form_faults(shown: str, text: str, names: list[str]) -> list[Fault]:
    """What keeps a CSV's text from being read as rows of its columns, `names`: quotes, delimiter, header, no rows."""
    rows = _rows(shown, text)
    if isinstance(rows, Fault):
        return [rows]
    if not any(map(any, rows)):
        return [Fault(file=shown, found="an empty file", expected="a header and rows", remedy=f"{RESTORE} {shown}")]
    if fault := _delimiter_fault(shown, text.partition("\n")[0], len(names)):
        return [fault]
    faults = list(header_faults(shown, rows[0], names))
    if not faults and not any(map(any, rows[1:])):
        faults = [Fault(file=shown, found="a header without rows", expected="rows", remedy=f"{RESTORE} {shown}")]
    return faults


def read_cells(shown: str, text: str, fields: list[dict[str, Any]]) -> tuple[dict[int, dict[str, str]], list[Fault]]:
    """The rows of a text in which `form_faults` finds nothing, by number; and what is wrong with rows and cells.

    fields: the schema's columns. Cells that have faults are left out.
    """
    rows: dict[int, dict[str, str]] = {}
    faults: list[Fault] = []
    _header, *body = csv.reader(io.StringIO(text, newline=""), strict=True)
    for number, cells in enumerate(body, start=2):
        if fault := _row_fault(shown, number, cells, len(fields)):
            faults.append(fault)
            continue
        tried = {field["name"]: _cell_fault(shown, number, field, cell)
                 for field, cell in zip(fields, cells, strict=True)}  # fmt: skip
        faults += [fault for fault in tried.values() if fault]
        rows[number] = {name: cell for (name, fault), cell in zip(tried.items(), cells, strict=True) if not fault}
    return rows, faults
