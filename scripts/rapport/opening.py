"""A file of data/ opened with care: a plain file of the folder itself, small enough, readable. Knows errors only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from rapport.errors import Fault

LARGEST = 10_000_000  # bytes; the largest table is a thousandth of it
RESTORE = "put it back, for instance with git checkout"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _shape_fault(shown: str, path: Path, info: os.stat_result) -> Fault | None:
    """What the file is instead of a plain file of a reasonable size."""
    if stat.S_ISLNK(info.st_mode):
        return Fault(file=shown, found=f"a link to {path.readlink()}", expected="a file of data/ itself, not a link",
                     remedy="put a copy of the file in place of the link")  # fmt: skip
    if not stat.S_ISREG(info.st_mode):
        kind = "a folder" if stat.S_ISDIR(info.st_mode) else "a device or pipe"
        return Fault(file=shown, found=kind, expected="a file",
                     remedy=f"move it away, and {RESTORE} {shown}")  # fmt: skip
    if info.st_size > LARGEST:
        return Fault(file=shown, found=_megabytes(info.st_size), expected=f"at most {_megabytes(LARGEST)}",
                     remedy="keep the rows that the report uses, or raise LARGEST in opening.py")  # fmt: skip
    return None


def read_file(folder: Path, name: str) -> bytes | Fault:
    """The content of a file of data/, or what keeps it from being read. Never reads more than `LARGEST` bytes."""
    shown, path = f"data/{name}", folder / name
    try:
        fault = _shape_fault(shown, path, path.lstat())
        if fault:
            return fault
        with path.open("rb") as file:
            return file.read(LARGEST)
    except FileNotFoundError:
        return Fault(file=shown, found="no such file", expected="a file", remedy=f"{RESTORE} {shown}")
    except PermissionError:
        return Fault(file=shown, found="a file that this user may not read", expected="a file that can be read",
                     remedy=f"give yourself the right to read it, for instance with chmod u+r {shown}")  # fmt: skip
    except OSError as error:
        return Fault(file=shown, found=str(error.strerror), expected="a file that can be read",
                     remedy=f"look at the disk and the folder, or {RESTORE} {shown}")  # fmt: skip
