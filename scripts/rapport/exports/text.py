"""Tables as text: CSV as it is in data/, CSV for Norwegian spreadsheets, and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from rapport.exports.rows import Rows
from rapport.spreadsheet import harmless, is_formula


def _written(rows: Rows, delimiter: str, number: Callable[[str], str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(rows.names)
    shown = [harmless if field["type"] == "string" else number for field in rows.fields]
    writer.writerows([show(cell) for show, cell in zip(shown, row, strict=True)] for row in rows.cells)
    return out.getvalue()


def _has_formula(rows: Rows) -> bool:
    words = [i for i, field in enumerate(rows.fields) if field["type"] == "string"]
    return any(is_formula(row[i]) for row in rows.cells for i in words)


def plain_csv(rows: Rows) -> bytes:
    """The file of data/ byte for byte, so that its hash is the manifest's; rewritten only to disarm a formula."""
    text = _written(rows, ",", str) if _has_formula(rows) else rows.text
    return text.encode("utf-8")


def excel_csv(rows: Rows) -> bytes:
    """CSV that Norwegian Excel opens as it is: byte-order mark, semicolons, decimal commas."""
    return ("\ufeff" + _written(rows, ";", lambda cell: cell.replace(".", ","))).encode("utf-8")


def rows_json(rows: Rows) -> bytes:
    """A list of one object a row, keyed by column name; an empty cell is null."""
    objects = [dict(zip(rows.names, row, strict=True)) for row in rows.values()]
    return (json.dumps(objects, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
