"""Processes that do heavy things beside the build, on the cores that it leaves: drawings, bitmaps, fonts for pages.

They start when they are first asked for anything, so that a build with nothing to draw starts none.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from heapq import heappop, heappush
from itertools import count
from threading import RLock
from typing import Any

from rapport.beginning import context
from rapport.ending import end_with_parent, leave_interrupts

NICE = 5  # of 19: how much is given way to others; with more, a build on a busy machine waits a minute for its bitmaps
MOST = 2  # each that draws charts takes two hundred megabytes


def give_way(process: int = 0, by: int = NICE) -> None:
    """Let a process, this one when none is named, go after others where cores are few: by so much more than it did."""
    if hasattr(os, "setpriority"):
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, process, os.getpriority(os.PRIO_PROCESS, process) + by)


def _beside(nice: int) -> None:
    """How a process of a pool begins: pandoc and Typst go before what can wait."""
    give_way(by=nice)
    leave_interrupts()
    end_with_parent()


class Workers:
    """A pool of processes; a context manager. What is submitted must be a function of a module.

    What is submitted with `later` waits until nothing is asked for with less of it. There are `most` processes, which
    give way to others by `nice`.
    """

    def __init__(self, nice: int = NICE) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._nice = nice
        self.most = max(1, min(MOST, (os.cpu_count() or 1) - 1))  # the build itself is at work too
        self._idle = self.most
        self._queue: list[tuple[int, int, Future[Any], Callable[..., Any], tuple[Any, ...]]] = []
        self._numbers, self._lock = count(), RLock()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_exc: object) -> None:
        with self._lock:
            for _later, _number, result, _function, _arguments in self._queue:
                result.cancel()
            self._queue.clear()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def rest(self) -> None:
        """Let the processes end when they have done what is asked for; more can be asked for, of new ones."""
        with self._lock:
            if self._pool and not self._queue:
                self._pool.shutdown(wait=False)
                self._pool = None

    def submit(self, function: Callable[..., Any], *arguments: Any, later: int = 0) -> Future[Any]:
        """The function's result, when it is done."""
        result: Future[Any] = Future()
        with self._lock:
            heappush(self._queue, (later, next(self._numbers), result, function, arguments))
            self._begin()
        return result

    def call(self, function: Callable[..., Any], *arguments: Any, later: int = 0) -> Any:
        """The function's result, computed in a process of the pool."""
        return self.submit(function, *arguments, later=later).result()

    def _begin(self) -> None:
        """Give idle processes what is first in the queue."""
        while self._idle and self._queue:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self.most, context(), _beside, (self._nice,))
            _later, _number, result, function, arguments = heappop(self._queue)
            try:
                begun = self._pool.submit(function, *arguments)
            except BrokenExecutor as error:  # one of the processes was ended from outside: nothing more will be done
                result.set_exception(error)
                continue
            self._idle -= 1
            begun.add_done_callback(lambda done, to=result: self._end(done, to))

    def _end(self, done: Future[Any], result: Future[Any]) -> None:
        """Hand on what a process has done, and give it the next."""
        with self._lock:
            self._idle += 1
            if not done.cancelled():
                self._begin()
        if done.cancelled():
            result.cancel()
        elif error := done.exception():
            result.set_exception(error)
        else:
            result.set_result(done.result())
