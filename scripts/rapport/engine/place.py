"""A finished site in place of the old one. Knows folders only."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from rapport.steps import Files, digest
from rapport.steps.store import write_beside


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
            write_beside(output / name, blob.read())
            (output / name).chmod(0o644)
    elif not _same(output, files):
        cache.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=cache, prefix=f"{os.getpid()}-"))
        try:
            for name, blob in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(blob.read())
            new.chmod(0o755)
            swap(new, output)
        finally:
            shutil.rmtree(new, ignore_errors=True)
