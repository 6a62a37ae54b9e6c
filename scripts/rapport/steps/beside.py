"""Files written beside where they belong and moved into place: each is whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

BESIDE = ".new-"  # what begins the name of a file that is not yet in its place


def write_beside(path: Path, content: bytes) -> None:
    """Write a file by moving it into place; nothing is left beside it when that fails."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=BESIDE)
    except FileNotFoundError:  # rather than to ask each time: a first build writes a thousand
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=BESIDE)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_over(folder: Path, path: Path, content: bytes) -> None:
    """Write a file of `folder`, taking away what stands in its place there: folders, or files in place of folders."""
    try:
        write_beside(path, content)
    except (FileExistsError, IsADirectoryError, NotADirectoryError):
        _make_way(folder, path)
        write_beside(path, content)


def _make_way(folder: Path, path: Path) -> None:
    for each in (folder, *(parent for parent in reversed(path.parents) if folder in parent.parents)):
        if each.exists() and not each.is_dir():
            each.unlink()
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
