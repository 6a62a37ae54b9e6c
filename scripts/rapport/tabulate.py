"""One table for the page and for download: HTML by Great Tables, CSV and JSON. Print is in typeset.

Input everywhere: a frame and the columns a reader sees, in order. Knows records and wording.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence

import pandas as pd

from rapport.languages import BOOK, LANGUAGES
from rapport.records import Column
from rapport.spreadsheet import harmless
from rapport.wording import decimal

UNKNOWN = LANGUAGES[BOOK].unknown
ANCHOR = "anker"  # a column of this name gives each row an id and is not shown


def shown(value: object, decimals: int | None, lang: str = BOOK) -> str:
    """A cell as a reader sees it: a number in its language, a missing number as «ukjent», missing text as nothing."""
    if pd.isna(value):  # type: ignore[arg-type]
        return "" if decimals is None else LANGUAGES[lang].unknown
    if decimals is None:
        return " ".join(str(value).split())
    number = float(value)  # type: ignore[arg-type]
    # One decimal at least where there is one, so that 17.5 is never shown as 18.
    return decimal(number, 0 if number == int(number) else max(decimals, 1), lang)


def texts_of(frame: pd.DataFrame, columns: Sequence[Column], lang: str = BOOK) -> dict[str, list[str]]:
    """Every cell as a reader sees it, by column name."""
    return {c.name: [shown(v, c.decimals, lang) for v in frame[c.name]] for c in columns}


def _grouped(table: str) -> str:
    """Each group's rows in a body of their own, under a heading that is a heading of just these rows.

    Scopes say which heading a cell has; Great Tables' ids would be whole headings, and need not differ.
    The heading's words stand in a span, which stays in sight when a narrow screen scrolls the columns.
    """
    start = r'<tr class="[^"]*">(<th class="gt_group_heading")([^>]*?) scope="colgroup" id="[^"]*">'
    table = re.sub(start + "(.*?)</th>", r'</tbody><tbody><tr>\1\2 scope="rowgroup"><span>\3</span></th>', table)
    return re.sub(r"<tbody[^>]*></tbody>", "", re.sub(r'(<td) headers="[^"]*"', r"\1", table))


def html_table(key: str, frame: pd.DataFrame, columns: Sequence[Column], lang: str = BOOK) -> str:
    """The table as HTML: header cells with scope, numbers to the right, everything escaped.

    Raises nothing; an `anker` column in the frame becomes the rows' ids.
    """
    from great_tables import GT

    texts = texts_of(frame, columns, lang)
    group = next((c.name for c in columns if c.group), None)
    shown_columns = [c for c in columns if not c.group]
    table = GT(pd.DataFrame(texts, dtype="string"), id=key, groupname_col=group)
    table = table.cols_label(**{c.name: c.title for c in shown_columns})
    numeric = [c.name for c in shown_columns if c.decimals is not None]
    table = table.cols_align("left").cols_align("right", columns=numeric) if numeric else table.cols_align("left")
    if ANCHOR in frame:
        first = shown_columns[0].name
        anchors = dict(zip(texts[first], frame[ANCHOR], strict=True))
        table = table.fmt(
            lambda text: f'<span id="{html.escape(anchors[text])}">{html.escape(text)}</span>', columns=first
        )
    table = table.tab_options(quarto_disable_processing=True)
    found = re.search(r"<table\b.*</table>", table.as_raw_html(), flags=re.DOTALL)
    assert found is not None  # Great Tables always writes one table
    written = re.sub(r"\s*\n\s*", "", found.group()).replace(' rowspan="1" colspan="1"', "") + "\n"
    return _grouped(written) if group else written


def _quoted(text: str, delimiter: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in f'{delimiter}"\n\r') else text


def _number(text: str, lang: str) -> str:
    """A number in full, with the language's decimal mark: what a spreadsheet reads, not what a page shows."""
    return f"{float(text):.10g}".replace(".", LANGUAGES[lang].point) if text else ""


def csv_table(frame: pd.DataFrame, columns: Sequence[Column], lang: str = BOOK) -> str:
    """The table as CSV for Norwegian spreadsheets: semicolons, decimal commas, formulas made harmless.

    For English ones commas and decimal points.

    Starts with a byte-order mark, without which Excel misreads æ, ø and å.
    """
    delimiter = LANGUAGES[lang].delimiter
    lines = [delimiter.join(_quoted(c.title, delimiter) for c in columns)]
    for row in zip(*(frame[c.name] for c in columns), strict=True):
        cells = []
        for value, column in zip(row, columns, strict=True):
            text = "" if pd.isna(value) else str(value)
            cells.append(_quoted(harmless(text) if column.decimals is None else _number(text, lang), delimiter))
        lines.append(delimiter.join(cells))
    return "\ufeff" + "\n".join(lines) + "\n"


def _plain(value: object, decimals: int | None) -> object:
    if pd.isna(value):  # type: ignore[arg-type]
        return None
    if decimals is None:
        return str(value)
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number == int(number) else number


def json_table(frame: pd.DataFrame, columns: Sequence[Column]) -> str:
    """The table as a JSON list of rows; a lost value is null."""
    rows = [
        {c.title: _plain(value, c.decimals) for value, c in zip(row, columns, strict=True)}
        for row in zip(*(frame[c.name] for c in columns), strict=True)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
