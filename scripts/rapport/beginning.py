"""How a process beside the build begins. Knows processes only."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path

THREADS = Path("/proc/self/task")  # one entry each, also for those of libraries; Linux alone says


def context() -> BaseContext:
    """What begins processes: as copies of this one where that is safe, as they are at work 0.1 s sooner.

    A copy has none of the threads, and whatever one of them has locked stays locked there: only a process that has no
    other thread is copied. Elsewhere a process begins with a Python of its own.
    """
    alone = THREADS.is_dir() and len([*THREADS.iterdir()]) == 1
    return get_context("fork" if alone else "spawn")
