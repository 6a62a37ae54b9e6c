"""The data package: loaded, validated, typed. Reads data/ and nothing else, each file once.

`validate` holds each CSV against its schema in data/datapackage.json; `checks` adds the rules that a table schema
cannot say. All that is wrong is told together; nothing is returned unless all holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from rapport.basis_checks import unknown_faults
from rapport.checks import arithmetic_faults
from rapport.columns import COLUMNS
from rapport.descriptor import Described, descriptor_faults, read_descriptor
from rapport.descriptor_schema import NAME
from rapport.errors import DataError, Fault
from rapport.exports.package import README
from rapport.exports.rows import read_rows
from rapport.guard import guarded
from rapport.records import Cell
from rapport.validate import read_files

# Texts as Python has them, whether or not pyarrow is installed: for tables this small its own are slower.
pd.options.mode.string_storage = "python"
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}


@dataclass(frozen=True, slots=True)
class Data:
    """The validated data package.

    `frames` maps a resource's name to its table (columns and types as in the schema, row order as in
    the file); `hashes` maps it to the sha256 of its CSV; `descriptor` is datapackage.json; `files` holds the
    text of the package's files, by file name. `index` has the rows that were looked up.
    """

    frames: dict[str, pd.DataFrame]
    hashes: dict[str, str]
    descriptor: dict[str, Any]
    files: dict[str, str]
    index: dict[tuple[str, tuple[str, ...]], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getitem__(self, resource: str) -> pd.DataFrame:
        return self.frames[resource]

    def labels(self, resource: str, column: str) -> dict[str, str]:
        """What each code of a column is called: the categories of its schema, in their order."""
        schema = next(res["schema"] for res in self.descriptor["resources"] if res["name"] == resource)
        field = next(field for field in schema["fields"] if field["name"] == column)
        return {item["value"]: item["label"] for item in field["categories"]}

    def cell(self, resource: str, column: str, **key: object) -> Cell:
        """The one cell that `key` (column=value pairs) names.

        Raises DataError when no row, or more than one, has that key.
        """
        rows = self._rows(resource, tuple(key)).get(tuple(key.values()), [])
        shown = ", ".join(f"{name}={wanted}" for name, wanted in key.items())
        if len(rows) != 1:
            raise DataError(
                Fault(
                    file=f"data/{resource}.csv", found=f"{len(rows)} rows with {shown}",
                    expected="one row with this key",
                    remedy="put the row back (git diff data/ shows what changed), or change the code that asks for it",
                )
            )  # fmt: skip
        value, basis, source = (self.frames[resource][name].iat[rows[0]] for name in (column, "grunnlag", "kilde"))
        return Cell(resource, shown, column, None if pd.isna(value) else float(value), basis, source)

    def _rows(self, resource: str, names: tuple[str, ...]) -> dict[tuple[object, ...], list[int]]:
        """The rows of a table by their values in these columns: a filter of pandas takes ten times as long."""
        frame = self.frames[resource]
        of, found = self.index.get((resource, names), (None, {}))
        if of is not frame:
            found = {}
            for row, values in enumerate(zip(*(frame[name].tolist() for name in names), strict=True)):
                found.setdefault(values, []).append(row)
            self.index[resource, names] = frame, found
        return found


def read_table(resource: Mapping[str, Any], text: str) -> pd.DataFrame:
    """One CSV's text, checked before, as a typed frame: nullable types, an empty cell is missing."""
    rows = read_rows(resource, text)
    columns = zip(*rows.values(), strict=True)
    return pd.DataFrame({
        field["name"]: pd.array(list(column), dtype=DTYPES[field["type"]])
        for field, column in zip(rows.fields, columns, strict=True)
    })  # fmt: skip


def load(folder: Path, described: Described = descriptor_faults) -> Data:
    """The data package in `folder`, validated; `described` says what is wrong with its descriptor.

    Raises DataError with every fault found (file, row, column, found, expected, remedy).
    """
    about, descriptor = read_descriptor(folder, COLUMNS, described)
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    beside = [README] if (folder / README).exists() else []
    files = read_files(folder, descriptor, beside)
    with guarded():
        frames = {name: read_table(resources[name], files.texts[resources[name]["path"]])
                  for name in files.good(resources)}  # fmt: skip
        unknown = [fault for name in frames for fault in unknown_faults(name, files.rows[name])]
        faults = [*files.faults, *unknown, *arithmetic_faults(frames)]
    if faults:
        raise DataError(*faults)
    hashes = {name: hashlib.sha256(files.contents[res["path"]]).hexdigest() for name, res in resources.items()}
    texts = {name: content.decode("utf-8") for name, content in files.contents.items()}
    return Data(frames, hashes, descriptor, {NAME: about} | texts)
