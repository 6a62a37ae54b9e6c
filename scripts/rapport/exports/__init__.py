"""The data package as files for readers: every table in several formats, and the whole as a ZIP.

Made of datapackage.json and the text of the CSVs alone, without a clock: the same data give the same bytes,
on every machine. Knows nothing of the rest of the package but how cells are made harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapport.exports.columnar import parquet
from rapport.exports.rows import Rows, read_rows
from rapport.exports.text import excel_csv, plain_csv, rows_json
from rapport.exports.workbook import workbook


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what follows the table's name in the file's, what a reader is told, and how it is made."""

    suffix: str
    label: str
    make: Callable[[Rows], bytes]


FORMATS = (
    Format(".csv", "CSV", plain_csv),
    Format("-excel.csv", "CSV for norsk Excel", excel_csv),
    Format(".xlsx", "Excel", workbook),
    Format(".json", "JSON", rows_json),
    Format(".parquet", "Parquet", parquet),
)


def exports(descriptor: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, bytes]:
    """Every table in every format, by file name. texts: each CSV's text by the name of its resource.

    The types are those of the schema; an empty cell stays empty (null in JSON and Parquet), never zero.
    """
    tables = [read_rows(resource, texts[resource["name"]]) for resource in descriptor["resources"]]
    return {f"{rows.name}{kind.suffix}": kind.make(rows) for rows in tables for kind in FORMATS}
