"""The data package beside the pages of a site, in every format. Knows exports and folders, and no data frames.

Made anew each time: all of it takes an eighth of a second, and a cache would have to be kept true.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from rapport.exports import DESCRIPTOR, exports, package_zip, read_package, zip_name


def write_downloads(data: Path, target: Path, time: datetime) -> None:
    """The package in the folder `data` into the folder `target`: descriptor, tables and ZIP, dated `time`."""
    files = read_package(data)
    made = exports(files)
    made |= {
        DESCRIPTOR: files[DESCRIPTOR].encode("utf-8"),
        zip_name(json.loads(files[DESCRIPTOR])): package_zip(files, made, time),
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (target / name).write_bytes(content)
