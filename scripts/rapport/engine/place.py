"""A finished site in place of the old one. Knows folders only."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from rapport.placing import put
from rapport.steps import Blob, Files, digest


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


def _same(folder: Path, files: Files) -> set[str]:
    """The files that stand in the folder as they should, to the byte."""
    there = {name: folder / name for name in files if (folder / name).is_file()}
    return {name for name, path in there.items() if digest(path.read_bytes()) == files[name].digest}


def _write(name: str, blob: Blob, new: Path, old: Path | None) -> None:
    """A file of the new folder; the one in `old` is the same, and is shared where the file system lets it be."""
    target = new / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if old:
        try:
            os.link(old / name, target)
        except OSError:
            pass
        else:
            return
    target.write_bytes(blob.read())
    target.chmod(0o644)  # whoever serves the site may be another user


def _replace(files: Files, output: Path, cache: Path) -> None:
    same = _same(output, files)
    if len(same) == len(files) == sum(path.is_file() for path in output.rglob("*")):
        return
    new = own_folder(cache)
    try:
        for name, blob in files.items():
            _write(name, blob, new, output if name in same else None)
        for folder in (new, *(path for path in new.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        swap(new, output)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def place(files: Files, output: Path, cache: Path, *, alone: bool) -> None:
    """The finished site in place of the old one, unless it is the same; `alone`: they go beside what is there.

    `cache` is a folder of the project where the site is written first.
    """
    if alone:
        for name, blob in files.items():
            put(output / name, blob.read())
    else:
        _replace(files, output, cache)
