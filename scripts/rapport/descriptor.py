"""data/datapackage.json read and checked: JSON without doubt, and what the report needs of a data package.

Knows files and errors; the tables themselves come after.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rapport.errors import DataError, Fault
from rapport.json_text import parse
from rapport.legible import decode, hidden
from rapport.opening import RESTORE, read_file

NAME = "datapackage.json"
DESCRIPTOR = f"data/{NAME}"
SCHEMA = Path(__file__).with_name("datapackage.schema.json")
Needed = Mapping[str, Collection[str]]
RIGHT = "the columns that the table has"


def _fault(found: str, expected: str, remedy: str) -> Fault:
    return Fault(file=DESCRIPTOR, found=found, expected=expected, remedy=remedy)


def _place(steps: Collection[Any], whole: Any) -> str:
    """Where in the descriptor something is, with the names of tables and columns in place of their numbers."""
    words, here = [], whole
    for step in steps:
        here = here[step]
        name = here.get("name") if isinstance(here, dict) else None
        words.append(str(name) if isinstance(step, int) and isinstance(name, str) else str(step))
    return ".".join(words) or "the file"


def _expected(error: Any) -> str:
    """What a broken rule of the schema asks for."""
    rule, wanted = error.validator, error.validator_value
    if rule is None:  # a property that is not allowed here
        return "no such property for a column of this type"
    if rule == "pattern" and "title" in error.schema:
        return str(error.schema["title"])
    return {
        "required": f"the properties {', '.join(wanted) if isinstance(wanted, list) else wanted}",
        "enum": f"one of {', '.join(map(str, wanted)) if isinstance(wanted, list) else wanted}",
        "const": json.dumps(wanted, ensure_ascii=False),
        "type": f"a value of the type {wanted}",
        "pattern": f"text of the form {wanted}",
        "minLength": "text that is not empty", "maxLength": f"at most {wanted} characters",
        "minItems": "at least one entry", "format": "a regular expression",
        "additionalProperties": f"only {', '.join(error.schema.get('properties', {}))}",
    }.get(rule, "a value that the report can use")  # fmt: skip


def _schema_faults(whole: Any) -> Iterator[Fault]:
    for error in sorted(_validator().iter_errors(whole), key=lambda error: list(map(str, error.absolute_path))):
        place, rule = _place(error.absolute_path, whole), error.validator
        if rule == "required":
            found = f"no {', '.join(name for name in error.validator_value if name not in error.instance)} in {place}"
        elif rule == "additionalProperties":
            known = error.schema.get("properties", {})
            found = f"{', '.join(name for name in error.instance if name not in known)} in {place}"
        else:
            found = f"{place}: {json.dumps(error.instance, ensure_ascii=False)}"
        yield _fault(found, _expected(error), "correct the place in the descriptor (git diff data/ shows what changed)")


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker(["regex"]))


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the descriptor with its place."""
    if isinstance(value, str):
        yield place, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _texts(item, f"{place}.{key}".strip("."))
        if isinstance(key, str):
            yield place, key


def _key_faults(resource: dict[str, Any], columns: dict[str, set[str]]) -> Iterator[Fault]:
    """Keys that name columns or tables which are not there."""
    name, schema = resource["name"], resource["schema"]
    keys = [(name, schema["primaryKey"])]
    for key in schema.get("foreignKeys", []):
        keys += [(name, key["fields"]), (key["reference"].get("resource", name), key["reference"]["fields"])]
    for table, names in keys:
        if lost := [column for column in names if column not in columns.get(table, set())]:
            yield _fault(f"a key of {name} that names {table}.{', '.join(lost)}", RIGHT, "correct the key")


def _name_faults(resources: list[dict[str, Any]]) -> Iterator[Fault]:
    for what, values in (
        ("name", [resource["name"] for resource in resources]),
        ("path", [resource["path"] for resource in resources]),
        *((f"column of {r['name']}", [field["name"] for field in r["schema"]["fields"]]) for r in resources),
    ):
        for value in {value: None for value in values if values.count(value) > 1}:
            yield _fault(f"the {what} {value} twice", "each only once", "take the copy out, or correct its name")


def _lost_faults(columns: Mapping[str, set[str]], needed: Needed) -> Iterator[Fault]:
    """Tables and columns that the report reads and that are not described."""
    for name, read in needed.items():
        if name not in columns:
            yield _fault(f"no resource {name}", "every table that the report reads", f"{RESTORE} {DESCRIPTOR}")
        elif lost := [column for column in read if column not in columns[name]]:
            yield _fault(f"no {', '.join(lost)} in {name}", "every column that the report reads",
                         "give the column its name back, here and in the CSV, or change what reads it "
                         f"(git grep -w {lost[0]} scripts/)")  # fmt: skip


def descriptor_faults(whole: Any, needed: Needed) -> list[Fault]:
    """What datapackage.json lacks. needed: the columns that the report reads, by resource."""
    faults = [_fault(f"{place}: {text}", f"text without {mark}", "write the text again by hand")
              for place, text in _texts(whole) if (mark := hidden(text))]  # fmt: skip
    faults += _schema_faults(whole)
    if faults:
        return faults
    resources = whole["resources"]
    columns = {resource["name"]: {field["name"] for field in resource["schema"]["fields"]} for resource in resources}
    faults += [*_name_faults(resources), *_lost_faults(columns, needed)]
    return faults + [fault for resource in resources for fault in _key_faults(resource, columns)]


def read_descriptor(folder: Path, needed: Needed) -> tuple[str, dict[str, Any]]:
    """data/datapackage.json as text and as a dictionary. Raises DataError with all that is wrong with it."""
    content = read_file(folder, NAME)
    text = content if isinstance(content, Fault) else decode(DESCRIPTOR, content)
    if isinstance(text, Fault):
        raise DataError(text)
    try:
        whole = parse(text)
    except ValueError as error:
        raise DataError(_fault(str(error), "JSON", "correct the JSON at that place")) from None
    faults = descriptor_faults(whole, needed)
    if faults:
        raise DataError(*faults)
    return text, whole
