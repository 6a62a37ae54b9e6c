"""Frictionless' errors as faults in plain words: what was found, what was expected, how to mend it.

Knows nothing of the rest but errors.
"""

from __future__ import annotations

from typing import Any

from rapport.errors import Fault

EXPECTED_TYPE = {
    "integer": "a whole number without spaces, such as 5515",
    "number": "a number with a decimal point and no spaces, such as 17.5",
    "boolean": "true or false",
    "string": "text",
}

CONSTRAINTS = {
    "required": "a value",
    "unique": "a value that no other row has",
    "minimum": "a value of {} or more",
    "maximum": "a value of {} or less",
    "enum": "one of {}",
    "pattern": "text of the form {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
}

# What is wrong with a whole row, by Frictionless' error type: (expected, remedy).
WHOLE_ROW = {
    "extra-cell": (
        "as many cells as the header has columns",
        "put text that holds a comma between double quotes, and decimals after a point",
    ),
    "missing-cell": ("as many cells as the header has columns", "put the commas of empty cells back"),
    "blank-row": ("no blank rows", "delete the row"),
}


def _enum(value: Any) -> str:
    return ", ".join(str(item) for item in value)


def _constraint(note: str, field: Any) -> tuple[str, str]:
    """(expected, remedy) for a broken constraint; Frictionless names it only in its note."""
    name = note.split('"')[1]
    limit = field.constraints.get(name)
    shown = _enum(limit) if name == "enum" else f'"{field.example}"' if name == "pattern" and field.example else limit
    expected = CONSTRAINTS.get(name, "a value that keeps the constraint " + name).format(shown)
    if name == "required":
        return expected, "fill the cell in; a value nobody knows belongs in a row with grunnlag = ukjent"
    return expected, f"write {expected} and run the command again"


def _key_fault(file: str, error: Any) -> Fault:
    if error.type == "foreign-key":
        return Fault(
            file=file, row=error.row_number, found=error.note, expected="a key that exists in the other table",
            remedy="correct the key, or add the missing row to the other table",
        )  # fmt: skip
    return Fault(
        file=file, row=error.row_number, found=error.note, expected="a key that no other row has",
        remedy="delete the double row or correct its key",
    )  # fmt: skip


def fault(file: str, error: Any, fields: dict[str, Any]) -> Fault:
    """One Frictionless error as a Fault.

    `file` is shown as it is; `fields` maps a column's name to its Frictionless field.
    """
    row, column = getattr(error, "row_number", None), getattr(error, "field_name", None)
    cell = getattr(error, "cell", None)
    if error.type in ("primary-key", "foreign-key"):
        return _key_fault(file, error)
    if error.type == "type-error":
        expected = EXPECTED_TYPE.get(fields[column].type, fields[column].type)
        remedy = f"write {expected}, and nothing else, in the cell"
    elif error.type == "constraint-error":
        expected, remedy = _constraint(error.note, fields[column])
    else:
        expected, remedy = WHOLE_ROW.get(error.type, ("a table that keeps its schema", error.message))
        cell = cell or error.note or None
    return Fault(file=file, row=row, column=column or None, found=cell, expected=expected, remedy=remedy)
