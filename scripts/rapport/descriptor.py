"""data/datapackage.json read and checked: JSON without doubt, and what the report needs of a data package.

Knows files and errors; the tables themselves come after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from rapport.descriptor_schema import DESCRIPTOR, NAME, fault, schema_faults
from rapport.errors import DataError, Fault
from rapport.json_text import parse
from rapport.legible import decode, hidden
from rapport.opening import RESTORE, read_file

Needed = Mapping[str, Collection[str]]
RIGHT = "the columns that the table has"


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
            yield fault(f"a key of {name} that names {table}.{', '.join(lost)}", RIGHT, "correct the key")


def _name_faults(resources: list[dict[str, Any]]) -> Iterator[Fault]:
    for what, values in (
        ("name", [resource["name"] for resource in resources]),
        ("path", [resource["path"] for resource in resources]),
        *((f"column of {r['name']}", [field["name"] for field in r["schema"]["fields"]]) for r in resources),
    ):
        for value in {value: None for value in values if values.count(value) > 1}:
            yield fault(f"the {what} {value} twice", "each only once", "take the copy out, or correct its name")


def _lost_faults(columns: Mapping[str, set[str]], needed: Needed) -> Iterator[Fault]:
    """Tables and columns that the report reads and that are not described."""
    for name, read in needed.items():
        if name not in columns:
            yield fault(f"no resource {name}", "every table that the report reads", f"{RESTORE} {DESCRIPTOR}")
        elif lost := [column for column in read if column not in columns[name]]:
            yield fault(f"no {', '.join(lost)} in {name}", "every column that the report reads",
                         "give the column its name back, here and in the CSV, or change what reads it "
                         f"(git grep -w {lost[0]} scripts/)")  # fmt: skip


def descriptor_faults(whole: Any, needed: Needed) -> list[Fault]:
    """What datapackage.json lacks. needed: the columns that the report reads, by resource."""
    faults = [fault(f"{place}: {text}", f"text without {mark}", "write the text again by hand")
              for place, text in _texts(whole) if (mark := hidden(text))]  # fmt: skip
    faults += schema_faults(whole)
    if faults:
        return faults
    resources = whole["resources"]
    columns = {resource["name"]: {field["name"] for field in resource["schema"]["fields"]} for resource in resources}
    faults += [*_name_faults(resources), *_lost_faults(columns, needed)]
    return faults + [fault for resource in resources for fault in _key_faults(resource, columns)]


Described = Callable[[Any, Needed], list[Fault]]


def read_descriptor(
    folder: Path, needed: Needed, described: Described = descriptor_faults
) -> tuple[str, dict[str, Any]]:
    """data/datapackage.json as text and as a dictionary. Raises DataError with all that is wrong with it.

    `described` says what that is; a build passes what remembers it.
    """
    content = read_file(folder, NAME)
    text = content if isinstance(content, Fault) else decode(DESCRIPTOR, content)
    if isinstance(text, Fault):
        raise DataError(text)
    try:
        whole = parse(text)
    except ValueError as error:
        raise DataError(fault(str(error), "JSON", "correct the JSON at that place")) from None
    faults = described(whole, needed)
    if faults:
        raise DataError(*faults)
    return text, whole
