"""What can be wrong with the data package, file by file: what opens, what is written, what the schema says.

Knows files, the schema and errors; not the rules between rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.constraints import Rows, key_faults, table_faults
from rapport.descriptor_schema import DESCRIPTOR
from rapport.errors import Fault
from rapport.files import form_faults, read_cells
from rapport.legible import decode
from rapport.opening import read_file


@dataclass(frozen=True, slots=True)
class Files:
    """The files of the package, each read once: bytes and text (without byte-order mark) by name, and the faults.

    `rows` has the good rows and cells of each table, by resource.
    """

    contents: dict[str, bytes]
    texts: dict[str, str]
    faults: list[Fault]
    rows: dict[str, Rows]

    def good(self, resources: Mapping[str, Any]) -> list[str]:
        """The names of the resources in whose files nothing is wrong."""
        blamed = {fault.file for fault in self.faults}
        return [name for name, resource in resources.items() if f"data/{resource['path']}" not in blamed]


def _open(folder: Path, names: Iterable[str]) -> Files:
    files = Files({}, {}, [], {})
    for name in names:
        content = read_file(folder, name)
        text = content if isinstance(content, Fault) else decode(f"data/{name}", content)
        if isinstance(text, Fault):
            files.faults.append(text)
        elif isinstance(content, bytes):
            files.contents[name], files.texts[name] = content, text
    return files


def _undescribed(folder: Path, known: Iterable[str]) -> list[Fault]:
    """CSVs that lie in data/ and that nothing reads."""
    return [
        Fault(file=f"data/{path.name}", found="a CSV that nothing describes", expected=f"only tables of {DESCRIPTOR}",
              remedy=f"describe the table in {DESCRIPTOR}, or move the file out of data/")
        for path in sorted(folder.glob("*.csv")) if path.name not in known
    ]  # fmt: skip


def _rows(files: Files, resource: Mapping[str, Any]) -> tuple[Rows, bool] | None:
    """The good rows of a table, and whether they are all of them; its faults are added to the files'.

    None when the file has no rows to speak of.
    """
    path, fields = resource["path"], resource["schema"]["fields"]
    if path not in files.texts:
        return None
    broken = form_faults(f"data/{path}", files.texts[path], [field["name"] for field in fields])
    files.faults.extend(broken)
    if broken:
        return None
    rows, faults = read_cells(f"data/{path}", files.texts[path], fields)
    files.faults.extend(faults + table_faults(f"data/{path}", resource["schema"], rows))
    return rows, not faults


def read_files(folder: Path, descriptor: Mapping[str, Any], beside: Iterable[str]) -> Files:
    """The package's tables, and the files `beside` them, with every fault that the schema can tell."""
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    paths = [resource["path"] for resource in resources.values()]
    files = _open(folder, [*paths, *beside])
    tables = {name: found for name, resource in resources.items() if (found := _rows(files, resource))}
    files.rows.update({name: rows for name, (rows, _complete) in tables.items()})
    whole = {name: (f"data/{resources[name]['path']}", rows) for name, (rows, complete) in tables.items() if complete}
    for name, (rows, _complete) in tables.items():
        file = f"data/{resources[name]['path']}"
        files.faults.extend(key_faults(name, file, resources[name]["schema"], rows, whole))
    files.faults.extend(_undescribed(folder, paths))
    order = {f"data/{path}": place for place, path in enumerate(paths)}
    files.faults.sort(key=lambda fault: (order.get(fault.file, len(order)), fault.row or 0))
    return files
