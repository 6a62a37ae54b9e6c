"""The data package's files, and files in a ZIP: one order, one date, no compression, so the same bytes every time."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

DESCRIPTOR = "datapackage.json"
README = "README.md"
UNIX = 3
READABLE = 0o644 << 16


def read_package(folder: Path) -> dict[str, str]:
    """The text of datapackage.json, of the CSVs that it names and of the read-me, by file name.

    The descriptor's text is without byte-order mark, which is no JSON; a CSV's is what its hash is of.
    """
    resources = json.loads((folder / DESCRIPTOR).read_bytes())["resources"]
    names = [DESCRIPTOR, *(resource["path"] for resource in resources)]
    names += [README] if (folder / README).is_file() else []
    # Bytes, so that ends of lines stay what they are.
    texts = {name: (folder / name).read_bytes().decode("utf-8") for name in names}
    return texts | {DESCRIPTOR: texts[DESCRIPTOR].removeprefix("\ufeff")}


def archive(files: Mapping[str, bytes], time: datetime) -> bytes:
    """The files in the order given, all dated `time` (its own clock, which ZIP knows no zone of).

    Stored as they are: what zlib makes of them depends on the machine, and the sizes are published.
    """
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as packed:
        for name, content in files.items():
            entry = ZipInfo(name, time.timetuple()[:6])
            entry.create_system, entry.external_attr = UNIX, READABLE
            packed.writestr(entry, content)
    return out.getvalue()
