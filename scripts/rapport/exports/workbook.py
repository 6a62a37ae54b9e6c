"""A table as an Excel workbook: the rows on one sheet, what the columns mean on the next.

Text is written as text: a cell that begins with = or looks like an address is neither run nor linked.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rapport.exports.package import archive
from rapport.exports.rows import Rows, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(1980, 1, 1)  # the first day that a ZIP can tell; the version says how old the data are
TYPES = {"integer": "heltall", "number": "tall", "boolean": "sann eller usann", "string": "tekst"}
ABOUT = {"kolonne": "name", "tittel": "title", "type": "type", "enhet": "unit", "beskrivelse": "description"}
WIDEST = 60  # letters that a column shows before its text is cut at the next


def _width(texts: list[str]) -> int:
    return min(max(len(text) for text in texts) + 2, WIDEST)


def _cell(sheet: Worksheet, at: tuple[int, int], value: Value) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, str):
        sheet.write_string(*at, value)
    elif value is not None:
        sheet.write_number(*at, value)


def _sheet(book: Workbook, name: str, header: list[str], rows: list[list[Value]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for column, title in enumerate(header):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, _width([title, *(str(row[column] or "") for row in rows)]))
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _cell(sheet, (number, column), value)
    sheet.freeze_panes(1, 0)


def _about(field: dict[str, Any]) -> list[Value]:
    told = {**field, "type": TYPES[field["type"]]}
    return [told.get(key) for key in ABOUT.values()]


def workbook(rows: Rows) -> bytes:
    """The workbook: sheets `data` and `kolonner`; numbers are numbers, an empty cell is empty."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": rows.resource["title"], "comments": rows.resource["description"], "created": CREATED})
    _sheet(book, "data", rows.names, rows.values())
    _sheet(book, "kolonner", list(ABOUT), [_about(field) for field in rows.fields])
    book.close()
    return archive(_parts(out), CREATED)


def _parts(workbook: io.BytesIO) -> dict[str, bytes]:
    """The workbook's files, taken out to be packed again without zlib, whose output differs between machines."""
    from zipfile import ZipFile

    with ZipFile(workbook) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
