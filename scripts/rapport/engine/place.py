"""A finished site in place of the old one. Knows folders only."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from rapport.placing import put
from rapport.steps import Files, digest


def own_folder(builds: Path) -> Path:
    """A new folder of this process alone, by whose name leftovers.py knows when nobody needs it any longer."""
    builds.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=builds, prefix=f"{os.getpid()}-"))


def aside(target: Path) -> Path:
    """Where the old folder stands while the new one is moved into its place."""
    return target.with_name(f".{target.name}.old")


def swap(new: Path, target: Path) -> None:
    """Move a finished folder into place; the old one goes when the new one stands."""
    old = aside(target)
    shutil.rmtree(old, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.replace(old)
    shutil.move(new, target)
    shutil.rmtree(old, ignore_errors=True)


def _same(folder: Path, files: Files) -> bool:
    """Whether the folder holds just these files, to the byte."""
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return there.keys() == files.keys() and all(
        digest(path.read_bytes()) == files[name].digest for name, path in there.items()
    )


def place(files: Files, output: Path, cache: Path, *, alone: bool) -> None:
    """The finished site in place of the old one, unless it is the same; `alone`: they go beside what is there.

    `cache` is a folder of the project where the site is written first.
    """
    if alone:
        for name, blob in files.items():
            put(output / name, blob.read())
    elif not _same(output, files):
        new = own_folder(cache)
        try:
            for name, blob in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(blob.read())
            new.chmod(0o755)
            swap(new, output)
        finally:
            shutil.rmtree(new, ignore_errors=True)
