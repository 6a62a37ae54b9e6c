"""After a build that was killed: what it left behind is put right before the next begins. Knows folders only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from rapport.engine.place import aside
from rapport.steps.beside import BESIDE


def _alive(process: str) -> bool:
    """Whether the process that a folder is named after still runs; where that cannot be asked, it may."""
    if os.name != "posix" or not process.isdecimal():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def recover(builds: Path, output: Path, written: Iterable[Path]) -> None:
    """Put the last site back where a kill came between its going and the new one's coming, and take it away where the
    new one had come; take dead builds away.

    `builds` holds a folder for each build, named by `own_folder` of place.py; `output` is where the site stands; in
    the folders `written`, files that were to be moved into place are taken away. Nobody else may be writing there.
    """
    old = aside(output)
    if output.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.is_dir():
        old.replace(output)
    for folder in builds.glob("*-*"):
        if not _alive(folder.name.partition("-")[0]):
            shutil.rmtree(folder, ignore_errors=True)
    for path in (path for folder in written for path in folder.glob(f"{BESIDE}*")):
        path.unlink(missing_ok=True)
