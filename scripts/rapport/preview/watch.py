"""Which files a report is made of, and when one of them has changed. Knows paths.

A look compares contents, never times: `touch`, or saving what was there, builds nothing. Times and sizes only say which
files need not be read again. Looking, rather than asking the system to call, also works in containers and on network
drives, which tell of no changes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rapport.paths import FILES, FOLDERS

CODE = "scripts"
MADE = {"__pycache__", "fonts"}  # folders among them that hold nothing written by hand
PAUSE = 0.15  # seconds between two looks, and how long all must be quiet before a build
SHARE = 20  # of the time, looking takes one part of so many at most, however large the report


@dataclass(frozen=True, slots=True)
class Stamp:
    """One file: what the system says of it, and the sha256 of its bytes."""

    signature: tuple[int, int, int, int]
    digest: str


Look = Mapping[str, Stamp]


def _is_written(name: str) -> bool:
    """Whether a person wrote the file: editors put their own beside it while they save."""
    return not (name.startswith((".", "#")) or name.endswith(("~", ".pyc", ".tmp")) or name == "4913")


def _files(root: Path) -> Iterator[Path]:
    yield from (path for pattern in FILES for path in root.glob(pattern) if path.is_file() and _is_written(path.name))
    for name in (*FOLDERS, CODE):
        for folder, folders, names in os.walk(root / name):
            folders[:] = [folder for folder in folders if folder not in MADE and _is_written(folder)]
            yield from (Path(folder, name) for name in names if _is_written(name))


def _stamp(path: Path, before: Stamp | None) -> Stamp:
    found = path.stat()
    signature = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    if before and before.signature == signature:
        return before
    return Stamp(signature, sha256(path.read_bytes()).hexdigest())


def look(root: Path, before: Look | None = None) -> Look:
    """Every watched file by its name from `root`; what has not been touched since `before` is not read again."""
    found = {}
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        try:
            found[name] = _stamp(path, (before or {}).get(name))
        except OSError:  # gone between two steps of an editor's saving, or not to be read: the build will tell
            continue
    return found


def changed(before: Look, after: Look) -> list[str]:
    """The files that were written, made or taken away, sorted."""
    names = before.keys() | after.keys()
    digests = ((name, before.get(name), after.get(name)) for name in sorted(names))
    return [name for name, old, new in digests if (old and old.digest) != (new and new.digest)]


def wait(root: Path, before: Look, sleep: Callable[[float], object] = time.sleep) -> Look:
    """Return the first look that differs from `before` and has stood still for a pause."""
    last = before
    while True:
        started = time.perf_counter()
        now = look(root, last)
        if changed(before, now) and not changed(last, now):
            return now
        last = now
        sleep(max(PAUSE, SHARE * (time.perf_counter() - started)))
