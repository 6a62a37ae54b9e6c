"""Files in a ZIP, the same bytes every time: fixed order, one date, no compression."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

UNIX = 3
READABLE = 0o644 << 16


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
