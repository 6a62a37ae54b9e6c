"""The rules of a table schema: constraints of columns, primary keys and foreign keys, told in plain words.

Works on the cells as they are written, those in which `files` finds nothing wrong; row numbers count the header as
row 1. A test holds it against Frictionless, which takes half a second to load. Knows errors only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rapport.errors import Fault

Rows = Mapping[int, Mapping[str, str]]  # the rows of a table by their number; the good cells of each by column
Tables = Mapping[str, tuple[str, Rows]]  # file and rows by resource

FILL = "fill the cell in; a value nobody knows belongs in a row with grunnlag = ukjent"

# Whether a cell that is not empty keeps a constraint, and what is expected where it does not.
KEEPS: dict[str, tuple[Callable[[str, Any], bool], str]] = {
    "minimum": (lambda text, limit: float(text) >= limit, "a value of {} or more"),
    "maximum": (lambda text, limit: float(text) <= limit, "a value of {} or less"),
    "enum": (lambda text, values: text in values, "one of {}"),
    "pattern": (lambda text, form: bool(re.fullmatch(form, text)), "text of the form {}"),
    "minLength": (lambda text, least: len(text) >= least, "at least {} characters"),
    "maxLength": (lambda text, most: len(text) <= most, "at most {} characters"),
}


def _limit(name: str, limit: Any, field: Mapping[str, Any]) -> str:
    if name == "enum":
        return ", ".join(limit)
    return f'"{field["example"]}"' if name == "pattern" and "example" in field else str(limit)


def _cell_faults(file: str, row: int, field: Mapping[str, Any], text: str) -> Iterator[Fault]:
    rules, name = field.get("constraints", {}), field["name"]
    if text == "":
        if rules.get("required"):
            yield Fault(file=file, row=row, column=name, found="", expected="a value", remedy=FILL)
        return
    for rule, (keeps, words) in KEEPS.items():
        if rule in rules and not keeps(text, rules[rule]):
            expected = words.format(_limit(rule, rules[rule], field))
            yield Fault(file=file, row=row, column=name, found=text, expected=expected,
                        remedy=f"write {expected} and run the command again")  # fmt: skip


def _keys(rows: Rows, columns: list[str]) -> dict[int, tuple[str, ...]]:
    return {
        number: tuple(cells[name] for name in columns)
        for number, cells in rows.items() if cells.keys() >= set(columns)
    }  # fmt: skip


def _twice(file: str, keys: Mapping[int, tuple[str, ...]], columns: list[str]) -> Iterator[Fault]:
    """Rows that have the key of a row above."""
    first: dict[tuple[str, ...], int] = {}
    for number, key in keys.items():
        if first.setdefault(key, number) != number:
            shown = ", ".join(f"{name}={value}" for name, value in zip(columns, key, strict=True))
            yield Fault(file=file, row=number, column=columns[0] if len(columns) == 1 else None,
                        found=f"{shown}, as in row {first[key]}", expected="a key that no other row has",
                        remedy="delete the double row or correct its key")  # fmt: skip


def table_faults(file: str, schema: Mapping[str, Any], rows: Rows) -> list[Fault]:
    """Broken constraints and double keys of one table."""
    fields = {field["name"]: field for field in schema["fields"]}
    faults = [fault for number, cells in rows.items() for name, text in cells.items()
              for fault in _cell_faults(file, number, fields[name], text)]  # fmt: skip
    faults += _twice(file, _keys(rows, schema["primaryKey"]), schema["primaryKey"])
    for name in [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")]:
        filled = {number: key for number, key in _keys(rows, [name]).items() if any(key)}
        faults += _twice(file, filled, [name])
    return faults


def key_faults(name: str, file: str, schema: Mapping[str, Any], rows: Rows, whole: Tables) -> list[Fault]:
    """Foreign keys of the resource `name` that lead to no row. whole: the tables whose rows are all known."""
    faults = []
    for key in schema.get("foreignKeys", []):
        columns, reference = key["fields"], key["reference"]
        there, target = whole.get(reference.get("resource", name), ("", {}))
        known = set(_keys(target, reference["fields"]).values())
        for number, values in _keys(rows, columns).items() if target else ():
            if any(values) and values not in known:
                expected = f"a value that stands in the column {', '.join(reference['fields'])} of {there}"
                faults.append(Fault(file=file, row=number, column=", ".join(columns), found=", ".join(values),
                                    expected=expected,
                                    remedy=f"correct the value, or add the missing row to {there}"))  # fmt: skip
    return faults
