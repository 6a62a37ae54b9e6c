"""The data package as files for readers: every table in several formats, and the whole as a ZIP.

Made of datapackage.json and the text of the CSVs alone, without a clock: the same data give the same bytes,
on every machine. Knows nothing of the rest of the package but how cells are made harmless.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapport.exports.columnar import parquet
from rapport.exports.package import DESCRIPTOR, archive, read_package
from rapport.exports.rows import Rows, read_rows
from rapport.exports.text import excel_csv, plain_csv, rows_json
from rapport.exports.workbook import workbook

__all__ = ["DESCRIPTOR", "FORMATS", "export_names", "exports", "package_zip", "read_package", "table_exports",
           "zip_name"]  # fmt: skip


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


def table_exports(resource: Mapping[str, Any], text: str) -> dict[str, bytes]:
    """One table in every format, by file name. resource: its part of the descriptor; text: its CSV.

    The types are those of the schema; an empty cell stays empty (null in JSON and Parquet), never zero.
    """
    rows = read_rows(resource, text)
    return {f"{rows.stem}{kind.suffix}": kind.make(rows) for kind in FORMATS}


def exports(files: Mapping[str, str]) -> dict[str, bytes]:
    """Every table in every format, by file name. files: the data package's own files, as `read_package` gives them."""
    made = (table_exports(resource, files[resource["path"]]) for resource in json.loads(files[DESCRIPTOR])["resources"])
    return {name: content for table in made for name, content in table.items()}


def zip_name(descriptor: Mapping[str, Any]) -> str:
    """The name of the file that holds the whole package."""
    return f"{descriptor['name']}-data.zip"


def export_names(descriptor: Mapping[str, Any]) -> set[str]:
    """The names of all files that a site has of the package."""
    stems = [resource["path"].removesuffix(".csv") for resource in descriptor["resources"]]
    return {DESCRIPTOR, zip_name(descriptor), *(f"{stem}{kind.suffix}" for stem in stems for kind in FORMATS)}


def package_zip(files: Mapping[str, str], made: Mapping[str, bytes], time: datetime) -> bytes:
    """The package as a ZIP: descriptor, read-me and the CSVs, as a Frictionless tool expects them.

    made: what `exports` gave; time: the date of every file in the ZIP, which does not change its size.
    """
    content = {name: made.get(name, files[name].encode("utf-8")) for name in sorted(files)}
    return archive(content, time)
