"""Files written beside where they belong and moved into place: each is whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

BESIDE = ".new-"  # what begins the name of a file that is not yet in its place


def write_beside(path: Path, content: bytes) -> None:
    """Write a file by moving it into place; nothing is left beside it when that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=BESIDE)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_over(folder: Path, path: Path, content: bytes) -> None:
    """Write a file of `folder`, taking away what stands in its place there: folders, or files in place of folders."""
    inside = [folder, *(parent for parent in reversed(path.parents) if folder in parent.parents)]
    for each in inside:
        if each.exists() and not each.is_dir():
            each.unlink()
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    write_beside(path, content)
