"""One table in three shapes: HTML by Great Tables, Typst for print, CSV and JSON for download.

Input everywhere: a frame and the columns a reader sees, in order. Knows records and wording.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence

import pandas as pd

from rapport.records import Column
from rapport.wording import decimal

UNKNOWN = "ukjent"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
SHORT = 12  # rows that are kept on one page in print
WIDEST = 42  # letters beyond which a print column gets no wider
ANCHOR = "anker"  # a column of this name gives each row an id and is not shown


def shown(value: object, decimals: int | None) -> str:
    """A cell as a reader sees it: numbers in Norwegian, a missing number as «ukjent», missing text as nothing."""
    if pd.isna(value):  # type: ignore[arg-type]
        return "" if decimals is None else UNKNOWN
    if decimals is None:
        return " ".join(str(value).split())
    number = float(value)  # type: ignore[arg-type]
    # One decimal at least where there is one, so that 17.5 is never shown as 18.
    return decimal(number, 0 if number == int(number) else max(decimals, 1))


def _texts(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    return pd.DataFrame({c.name: [shown(v, c.decimals) for v in frame[c.name]] for c in columns}, dtype="string")


def html_table(key: str, frame: pd.DataFrame, columns: Sequence[Column]) -> str:
    """The table as HTML: header cells with scope, numbers to the right, everything escaped.

    Raises nothing; an `anker` column in the frame becomes the rows' ids.
    """
    from great_tables import GT

    texts = _texts(frame, columns)
    table = GT(texts, id=key).cols_label(**{c.name: c.title for c in columns})
    numeric = [c.name for c in columns if c.decimals is not None]
    table = table.cols_align("left").cols_align("right", columns=numeric) if numeric else table.cols_align("left")
    if ANCHOR in frame:
        first = columns[0].name
        anchors = dict(zip(texts[first], frame[ANCHOR], strict=True))
        table = table.fmt(
            lambda text: f'<span id="{html.escape(anchors[text])}">{html.escape(text)}</span>', columns=first
        )
    table = table.tab_options(quarto_disable_processing=True)
    found = re.search(r"<table\b.*</table>", table.as_raw_html(), flags=re.DOTALL)
    assert found is not None  # Great Tables always writes one table
    return re.sub(r"\s*\n\s*", "", found.group()).replace(' rowspan="1" colspan="1"', "") + "\n"


def _width(title: str, texts: pd.Series) -> int:
    """A column's share of the width in print: its longest word must fit, its longest text up to a point."""
    cells = [title, *texts]
    word = max(len(word) for cell in cells for word in str(cell).split() or [""])
    return max(word + 6, min(max(len(str(cell)) for cell in cells), WIDEST))


def _tight(titles: Sequence[str], texts: pd.DataFrame) -> list[int]:
    """Columns' shares when words are long: room for the longest word of each, and what is left by length."""
    cells = [[title, *texts[name]] for title, name in zip(titles, texts, strict=True)]
    words = [max(len(word) for cell in column for word in cell.split() or [""]) for column in cells]
    length = [max(len(cell) for cell in column) for column in cells]
    return [10 * (word + 8) + round(150 * size / sum(length)) for word, size in zip(words, length, strict=True)]


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _row(cells: Sequence[str]) -> str:
    return ", ".join(_string(cell) for cell in cells)


def typst_table(frame: pd.DataFrame, columns: Sequence[Column], *, sentences: bool = False) -> str:
    """The table as Typst, for print: every cell a string, so that it means just its text.

    Columns share the width by what they hold. A short table is kept on one page; a long one breaks
    between rows and repeats its header. `sentences` sets it smaller, with `ordtabell` of theme/rapport.typ.
    """
    texts = _texts(frame, columns)
    titles = [c.title for c in columns]
    shares = _tight(titles, texts) if sentences else [_width(c.title, texts[c.name]) for c in columns]
    widths = ", ".join(f"{share}fr" for share in shares)
    sides = ", ".join("start" if c.decimals is None else "end" for c in columns)
    rows = "".join(f"  {_row(row)},\n" for row in texts.itertuples(index=False, name=None))
    table = f"#table(columns: ({widths}), align: ({sides}),\n  table.header({_row(titles)}),\n{rows})"
    if sentences:  # tall rows: a page may end between any two
        return f"#ordtabell[{table}]\n"
    return f"#block(breakable: false)[{table}]\n" if len(texts) <= SHORT else f"{table}\n"


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ';"\n\r') else text


def _number(text: str) -> str:
    """A number in full, with a decimal comma: what a spreadsheet reads, not what a page shows."""
    return f"{float(text):.10g}".replace(".", ",") if text else ""


def csv_table(frame: pd.DataFrame, columns: Sequence[Column]) -> str:
    """The table as CSV for Norwegian spreadsheets: semicolons, decimal commas, formulas made harmless.

    Starts with a byte-order mark, without which Excel misreads æ, ø and å.
    """
    lines = [";".join(_quoted(c.title) for c in columns)]
    for row in frame[[c.name for c in columns]].itertuples(index=False):
        cells = []
        for value, column in zip(row, columns, strict=True):
            text = "" if pd.isna(value) else str(value)
            cells.append(_quoted(_safe(text) if column.decimals is None else _number(text)))
        lines.append(";".join(cells))
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
        for row in frame[[c.name for c in columns]].itertuples(index=False)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
