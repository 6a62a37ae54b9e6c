"""Processes that do heavy things beside the build, one a core: drawing, cutting fonts, shrinking pictures.

They start when they are first asked for anything, so that a build with nothing to draw starts none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

MOST = 2  # each that draws charts takes a hundred megabytes


def _end_with_parent() -> None:
    """A build that is killed takes its processes with it: each waits for the end of its parent."""
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


class Workers:
    """A pool of processes; a context manager. What is submitted must be a function of a module."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """The function's result, later."""
        if self._pool is None:
            count = max(1, min(MOST, os.cpu_count() or 1))
            self._pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_end_with_parent)
        return self._pool.submit(function, *arguments)

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """The function's result, computed in a process of the pool."""
        return self.submit(function, *arguments).result()
