"""The data package: loaded, validated, typed. Reads data/ and nothing else.

Frictionless checks each table against the schema in data/datapackage.json; `checks` adds the rules
that a table schema cannot say. Nothing is returned unless everything holds.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from rapport.checks import VALUE_COLUMNS, arithmetic_faults
from rapport.errors import DataError, Fault
from rapport.exports import read_package
from rapport.faults import fault
from rapport.files import DESCRIPTOR, descriptor_faults, file_faults
from rapport.records import Cell

DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}


@dataclass(frozen=True, slots=True)
class Data:
    """The validated data package.

    `frames` maps a resource's name to its table (columns and types as in the schema, row order as in
    the file); `hashes` maps it to the sha256 of its CSV; `descriptor` is datapackage.json; `files` holds the
    text of the package's files, by file name.
    """

    frames: dict[str, pd.DataFrame]
    hashes: dict[str, str]
    descriptor: dict[str, Any]
    files: dict[str, str]

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
        frame = self.frames[resource]
        hit = frame
        for name, wanted in key.items():
            hit = hit[hit[name] == wanted]
        shown = ", ".join(f"{name}={wanted}" for name, wanted in key.items())
        if len(hit) != 1:
            raise DataError(
                Fault(
                    file=f"data/{resource}.csv", found=f"{len(hit)} rows with {shown}",
                    expected="one row with this key",
                    remedy="put the row back (git diff data/ shows what changed), or change the code that asks for it",
                )
            )  # fmt: skip
        row = hit.iloc[0]
        value = None if pd.isna(row[column]) else float(row[column])
        return Cell(resource, shown, column, value, row["grunnlag"], row["kilde"])


def read_descriptor(folder: Path) -> dict[str, Any]:
    """data/datapackage.json as a dictionary. Raises DataError when it is missing or is not JSON."""
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        found, remedy = "no such file", "put the file back, for instance with git checkout data/datapackage.json"
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        found, remedy = str(error), "correct the JSON at that place"
    raise DataError(Fault(file=DESCRIPTOR, found=found, expected="a data package", remedy=remedy))


def _validated(folder: Path, descriptor: dict[str, Any], skipped: set[str]) -> list[Fault]:
    """Frictionless' faults of all tables but the skipped ones, which nothing can then refer to."""
    from frictionless import FrictionlessException, Package

    resources = [
        {**res, "dialect": {"delimiter": ","}} for res in descriptor["resources"] if res["name"] not in skipped
    ]
    try:
        package = Package.from_descriptor({**descriptor, "resources": resources}, basepath=str(folder))
        fields = {res.name: {f.name: f for f in res.schema.fields} for res in package.resources}
        report = package.validate()
    except FrictionlessException as error:
        notes = [note.note for note in error.reasons or [error.error]]
        return [
            Fault(file=DESCRIPTOR, found=note, expected="a valid Frictionless data package",
                  remedy="correct the descriptor at that place") for note in notes
        ]  # fmt: skip
    found = [(task, error) for task in report.tasks for error in task.errors]
    return [
        fault(f"data/{task.place}", error, fields[task.name])
        for task, error in found
        if not (skipped and error.type == "foreign-key")
    ]


def _schema_faults(folder: Path, descriptor: dict[str, Any]) -> list[Fault]:
    faults = descriptor_faults(descriptor, VALUE_COLUMNS, DTYPES)
    if faults:
        return faults
    broken = {res["name"]: file_faults(folder, res) for res in descriptor["resources"]}
    skipped = {name for name, found in broken.items() if found}
    faults = [fault for found in broken.values() for fault in found]
    return list(dict.fromkeys([*faults, *_validated(folder, descriptor, skipped)]))


def read_table(path: Path, schema: dict[str, Any]) -> pd.DataFrame:
    """One CSV as a typed frame: nullable types, an empty cell is missing."""
    dtypes = {field["name"]: DTYPES[field["type"]] for field in schema["fields"]}
    return pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=[""], encoding="utf-8")  # type: ignore


def load(folder: Path) -> Data:
    """The data package in `folder`, validated.

    Raises DataError with every fault found (file, row, column, found, expected, remedy).
    """
    descriptor = read_descriptor(folder)
    faults = _schema_faults(folder, descriptor)
    if faults:
        raise DataError(*faults)
    resources = descriptor["resources"]
    frames = {res["name"]: read_table(folder / res["path"], res["schema"]) for res in resources}
    faults = arithmetic_faults(frames)
    if faults:
        raise DataError(*faults)
    hashes = {res["name"]: hashlib.sha256((folder / res["path"]).read_bytes()).hexdigest() for res in resources}
    return Data(frames, hashes, descriptor, read_package(folder))
