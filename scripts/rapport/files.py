"""Checks before the schema: the descriptor is whole, and each CSV can be read with the columns it should have.

A file that fails here would drown its own fault in follow-on errors from the schema. Knows errors only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from rapport.errors import Fault

DESCRIPTOR = "data/datapackage.json"
SAFE = re.compile(r"[\w-]+(\.[\w-]+)*\.csv")  # a file of data/ itself: no folders, no addresses
RESTORE = "put it back, for instance with git checkout"


def _descriptor(found: str, expected: str, remedy: str) -> Fault:
    return Fault(file=DESCRIPTOR, found=found, expected=expected, remedy=remedy)


def _resource_faults(resource: Any, types: Collection[str]) -> Iterator[Fault]:
    name = resource.get("name", "?") if isinstance(resource, dict) else "?"
    path = resource.get("path") if isinstance(resource, dict) else None
    if not isinstance(path, str) or not SAFE.fullmatch(path):
        yield _descriptor(
            f"path {path} of {name}", "the name of a CSV in data/", "name a file in data/, without folders"
        )
    fields = (resource.get("schema") or {}).get("fields") if isinstance(resource, dict) else None
    if not fields:
        yield _descriptor(f"no schema for {name}", "a schema with fields", "describe the columns of the table")
    for field in fields or []:
        if field.get("type") not in types:
            expected = f"one of {', '.join(types)}"
            yield _descriptor(f"type {field.get('type')} of {name}.{field.get('name')}", expected, f"write {expected}")


def descriptor_faults(descriptor: Any, needed: Collection[str], types: Collection[str]) -> list[Fault]:
    """What datapackage.json lacks. needed: names of the resources that the report reads; types: known field types."""
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        return [_descriptor("no resources", "a data package with resources", RESTORE)]
    faults = [fault for resource in descriptor["resources"] for fault in _resource_faults(resource, types)]
    names = {resource.get("name") for resource in descriptor["resources"] if isinstance(resource, dict)}
    faults += [_descriptor(f"no resource {name}", "every table that the report reads", RESTORE)
               for name in needed if name not in names]  # fmt: skip
    if not re.fullmatch(r"\d+\.\d+\.\d+", str(descriptor.get("version"))):
        faults.append(_descriptor(f"version {descriptor.get('version')}", "a version such as 1.0.0", "write a version"))
    return faults


def _read(path: Path, shown: str) -> str | Fault:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Fault(file=shown, found="no such file", expected="a table", remedy=RESTORE + f" {shown}")
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        return Fault(file=shown, row=row, found=f"the byte 0x{path.read_bytes()[error.start]:02x}",
                     expected="text in UTF-8", remedy="save the file again as CSV UTF-8")  # fmt: skip


def _header_faults(shown: str, header: list[str], names: list[str]) -> Iterator[Fault]:
    missing = [name for name in names if name not in header]
    extra = [name for name in header if name not in names]
    for name in missing:
        yield Fault(file=shown, row=1, column=name, found="no such column", expected=f"the columns {', '.join(names)}",
                    remedy="put the column back, or correct its name")  # fmt: skip
    for name in extra:
        yield Fault(file=shown, row=1, column=name, found=name, expected=f"only the columns {', '.join(names)}",
                    remedy=f"take the column out, correct its name, or describe it in {DESCRIPTOR}")  # fmt: skip
    if not missing and not extra and header != names:
        yield Fault(file=shown, row=1, found=", ".join(header), expected=f"the columns in the order {', '.join(names)}",
                    remedy="put the columns in that order")  # fmt: skip


def file_faults(folder: Path, resource: dict[str, Any]) -> list[Fault]:
    """What keeps one CSV from being read as its table: missing, not UTF-8, wrong delimiter, columns or no rows."""
    shown = f"data/{resource['path']}"
    text = _read(folder / resource["path"], shown)
    if isinstance(text, Fault):
        return [text]
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines:
        return [Fault(file=shown, found="an empty file", expected="a header and rows", remedy=f"{RESTORE} {shown}")]
    names = [field["name"] for field in resource["schema"]["fields"]]
    for mark, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) > 1 and mark in lines[0] and "," not in lines[0]:
            return [Fault(file=shown, row=1, found=f"columns separated by {called}", expected="commas between columns",
                          remedy="save the file as CSV with commas, and decimals after a point")]  # fmt: skip
    faults = list(_header_faults(shown, [cell.strip('"') for cell in lines[0].split(",")], names))
    if not faults and not any(line.strip() for line in lines[1:]):
        faults.append(Fault(file=shown, found="a header without rows", expected="rows", remedy=f"{RESTORE} {shown}"))
    return faults
