"""A finished site in place of the old one. Knows folders only."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rapport.placing import put
from rapport.steps import Blob, Files
from rapport.steps.digests import file_digest, files_under


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


def _same(folder: Path, there: Iterable[str], files: Files) -> set[str]:
    """The files that stand in the folder as they should, to the byte."""
    known = [name for name in there if name in files]
    return {name for name in known if file_digest(f"{folder}/{name}") == files[name].digest}


def _write(blob: Blob, target: Path, old: str | None) -> None:
    """A file of the new folder; the one at `old` is the same, and is shared where the file system lets it be."""
    if old:
        try:
            os.link(old, target)
        except OSError:
            pass
        else:
            return
    target.write_bytes(blob.read())
    target.chmod(0o644)  # whoever serves the site may be another user


def _lay_out(new: Path, files: Files) -> None:
    """The folders that the files stand in."""
    for name in sorted({os.path.dirname(name) for name in files}):  # noqa: PTH120 — an address, hundreds of them
        (new / name).mkdir(parents=True, exist_ok=True)
    for folder in (new, *(path for path in new.rglob("*") if path.is_dir())):
        folder.chmod(0o755)


def _replace(files: Files, output: Path, cache: Path) -> None:
    there = list(files_under(output))
    same = _same(output, there, files)
    if len(same) == len(files) == len(there):
        return
    new = own_folder(cache)
    try:
        _lay_out(new, files)
        for name, blob in files.items():
            _write(blob, new / name, f"{output}/{name}" if name in same else None)
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
