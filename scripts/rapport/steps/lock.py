"""One build at a time in a project: the second waits. The system frees the lock when a process dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

WAITING = "Another build is at work in this project; waiting for it …"


def _take(file: IO[bytes]) -> bool:
    """Lock the file unless another process has; whether it is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def alone(cache: Path) -> Iterator[None]:
    """Hold the project's lock, waiting for whoever has it; closing the file frees it."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("ab") as file:
        if not _take(file):
            print(WAITING, file=sys.stderr)
            while not _take(file):
                time.sleep(0.05)
        yield
