"""A new number: a row of data/opplysninger.csv, in its place, held against the table's schema first."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from rapport.errors import Fault, RapportError
from rapport.paths import Paths
from rapport.scaffold.names import write_new

TABLE = "opplysninger"
SHOWN = f"data/{TABLE}.csv"
MARKED = "utf-8-sig"  # UTF-8, with the mark that Excel puts before it or without


def _fields(paths: Paths) -> list[dict[str, Any]]:
    package = json.loads((paths.data / "datapackage.json").read_text(encoding=MARKED))
    return next(item["schema"]["fields"] for item in package["resources"] if item["name"] == TABLE)


def _fault(field: dict[str, Any], value: str) -> Fault | None:
    rules = field.get("constraints", {})
    expected = ""
    if "enum" in rules and value not in rules["enum"]:
        expected = f"one of {', '.join(rules['enum'])}"
    elif "pattern" in rules and not re.fullmatch(rules["pattern"], value):
        expected = field.get("example") or field.get("description") or rules["pattern"]
        expected = f"text such as: {expected}"
    elif field["type"] == "number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        expected = "a number with a point for decimals, such as 5515 or 63.2"
    elif rules.get("required") and not value.strip():
        expected = "some text"
    if not expected:
        return None
    return Fault(file=SHOWN, column=field["name"], found=value, expected=expected, remedy="give it in that form")


def _ordered(rows: list[dict[str, str]], new: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted([*rows, new], key=lambda row: row["id"]))
    return out.getvalue()


def new_number(paths: Paths, row: dict[str, str]) -> str:
    """Add the row (id, verdi, enhet, beskrivelse, kilde; grunnlag becomes oppgitt) and return what was done.

    Raises RapportError, and writes nothing, when a value breaks the schema or the id is taken.
    """
    path = paths.root / SHOWN
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding=MARKED))))
    new = {"grunnlag": "oppgitt", **row}
    faults = [fault for field in _fields(paths) if (fault := _fault(field, new.get(field["name"], "")))]
    if any(old["id"] == row["id"] for old in rows):
        faults.append(Fault(file=SHOWN, column="id", found=row["id"], expected="an id that is not taken",
                            remedy="take another id, or change the row that is there"))  # fmt: skip
    if faults:
        raise RapportError(*faults)
    write_new({path: _ordered(rows, new)})
    return (
        f'New: a row of {SHOWN}.\nRun `rapport figures`, and write it in a chapter with `{{python}} n("{row["id"]}")`.'
    )
