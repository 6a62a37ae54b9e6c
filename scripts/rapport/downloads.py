"""The data package beside the pages of a site, in every format. Knows exports and folders, and no data frames."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from rapport.exports import DESCRIPTOR, export_names, exports, package_zip, read_package, table_exports, zip_name
from rapport.steps import Blob, Content, Step, Steps, code, digest, versions

LIBRARIES = ("arro3-core", "arro3-io", "xlsxwriter")


def _rest(files: Mapping[str, str], made: Mapping[str, bytes], time: datetime) -> dict[str, bytes]:
    """What stands beside the tables: the descriptor and the ZIP, dated `time`."""
    return {
        DESCRIPTOR: files[DESCRIPTOR].encode("utf-8"),
        zip_name(json.loads(files[DESCRIPTOR])): package_zip(files, made, time),
    }


def download_names(data: Path) -> set[str]:
    """The names of what `download_files` gives; none when the folder has no descriptor that can be read."""
    try:
        return export_names(json.loads((data / DESCRIPTOR).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return set()  # the check of the data tells why


def _table_steps(files: Mapping[str, str]) -> Iterator[Step]:
    """Each table in every format: it reads its own CSV, and what the descriptor says of it."""
    tools = {**code("rapport.exports"), **versions(*LIBRARIES)}
    for resource in json.loads(files[DESCRIPTOR])["resources"]:
        name, text = resource["path"], files[resource["path"]]
        read = {f"data/{name}": digest(text), "its description": digest(json.dumps(resource))}
        yield Step(
            f"data in every format, {name}", read | tools,
            lambda _r, resource=resource, text=text: table_exports(resource, text),
        )  # fmt: skip


def download_files(data: Path, steps: Steps, time: datetime) -> dict[str, Content]:
    """The package in the folder `data` by file name: descriptor, tables in every format and ZIP, dated `time`."""
    files = read_package(data)
    made: dict[str, Blob] = {name: blob for step in _table_steps(files) for name, blob in steps.run(step).items()}
    return {**made, **_rest(files, {name: made[name].read() for name in files if name in made}, time)}


def write_downloads(data: Path, target: Path, time: datetime) -> None:
    """The same into the folder `target`."""
    files = read_package(data)
    made = exports(files)
    target.mkdir(parents=True, exist_ok=True)
    for name, content in (made | _rest(files, made, time)).items():
        (target / name).write_bytes(content)
