"""The columns of a file as a list of definitions: what each holds, its type, unit, limits and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from rapport.markup import code, literal
from rapport.wording import listed

TYPES = {"integer": "heltall", "number": "tall", "boolean": "sann eller usann", "string": "tekst"}
COMMON = ("grunnlag", "kilde")  # columns of every file, explained once

Field = dict[str, Any]


def _bounds(limits: dict[str, Any]) -> Iterator[str]:
    low, high = limits.get("minimum"), limits.get("maximum")
    if low is not None and high is not None:
        yield f"fra {low} til {high}"
    elif low is not None:
        yield f"minst {low}"
    elif high is not None:
        yield f"høyst {high}"


def _facts(field: Field) -> str:
    """Type, unit and constraints in one sentence."""
    limits = field.get("constraints", {})
    facts = [TYPES[field["type"]].capitalize()]
    facts += [f"enhet: {field['unit']}"] if "unit" in field else []
    facts += _bounds(limits)
    facts += ["må fylles ut" if limits.get("required") else "kan stå tom"]
    facts += ["ingen like"] if limits.get("unique") else []
    return literal(", ".join(facts)) + "."


def _values(field: Field) -> Iterator[str]:
    """The values that a column may hold, each with its meaning where one is given."""
    for entry in field.get("categories", []):
        known = isinstance(entry, dict)
        value = str(entry["value"] if known else entry)
        yield f"    - {code(value)}" + (f": {literal(str(entry['label']))}" if known and "label" in entry else "")


def _column(field: Field, *, values: bool = True) -> str:
    lines = [
        f"{code(field['name'])} – {literal(field['title'])}",
        f":   {literal(field['description'])} {_facts(field)}",
    ]
    shown = list(_values(field)) if values else []
    return "\n".join([*lines, *(["", *shown] if shown else [])]) + "\n"


def common_fields(resources: Iterable[dict[str, Any]]) -> list[Field]:
    """The columns of every file, each as most files describe it."""
    fields = [field for resource in resources for field in resource["schema"]["fields"]]
    found = []
    for name in COMMON:
        same = [field for field in fields if field["name"] == name]
        if same:
            usual = Counter(field["description"] for field in same).most_common(1)[0][0]
            found.append(next(field for field in same if field["description"] == usual))
    return found


def definitions(fields: Iterable[Field]) -> str:
    """The columns, every value included."""
    return "::: {.kodebok}\n\n" + "\n".join(_column(field) for field in fields) + "\n:::\n"


def is_common(field: Field, common: list[Field]) -> bool:
    """Whether a column says no more than it does in every file."""
    return any((field["name"], field["description"]) == (other["name"], other["description"]) for other in common)


def own_definitions(fields: list[Field], common: list[Field]) -> str:
    """The columns of one file: its own, and those of every file where it says more of them than others do."""
    usual = {field["name"] for field in common}
    shown = [_column(field, values=field["name"] not in usual) for field in fields if not is_common(field, common)]
    return "::: {.kodebok}\n\n" + "\n".join(shown) + "\n:::\n"


def keys(schema: dict[str, Any]) -> str:
    """The key, and what other files the columns refer to, in sentences."""
    key = schema.get("primaryKey", [])
    said = [f"Nøkkel: {listed(code(name) for name in ([key] if isinstance(key, str) else key))}."] if key else []
    for foreign in schema.get("foreignKeys", []):
        fields = foreign["fields"] if isinstance(foreign["fields"], list) else [foreign["fields"]]
        other = foreign["reference"].get("resource") or "samme fil"
        said.append(f"{listed(code(name) for name in fields)} viser til {literal(other)}.")
    return " ".join(said)
