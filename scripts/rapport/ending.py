"""How a process that a build has begun ends: with its parent, and when it is asked to. Knows processes only."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Event, Thread, Timer, get_ident

MOMENT = 0.01  # seconds from one asking to the next
PATIENCE = 5  # seconds that a process has to end by itself


def leave_interrupts() -> None:
    """A build that is interrupted ends its processes itself; what else the build does when asked is not theirs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def end_with_parent() -> None:
    """A build that is killed takes its processes with it, as a thread of each waits for the end of its parent."""
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


def _untold(lost: sys.UnraisableHookArgs) -> None:
    """An exit that was raised where nothing can be raised is no news."""
    if not issubclass(lost.exc_type, SystemExit):
        sys.__unraisablehook__(lost)


def ended(process: BaseProcess) -> None:
    """Wait for the end of a process, which is made to end when it takes too long."""
    process.join(PATIENCE)
    process.kill()
    process.join()


@contextmanager
def left_when_asked() -> Iterator[None]:
    """The block is left when the process is terminated, so that what is around it can be put away.

    Python loses an exit that is raised in a callback, of an import for instance: it is asked for until it is heard.
    After the block it is asked for once, as always.
    """
    asked, left, main = Event(), Event(), get_ident()

    def ask(*_signal: object) -> None:
        if asked.is_set() and left.is_set():  # heard: what is around the block is being put away
            return
        asked.set()
        if not left.is_set():
            again = Timer(MOMENT, signal.pthread_kill, (main, signal.SIGTERM))
            again.daemon = True
            again.start()
        sys.exit(1)

    signal.signal(signal.SIGTERM, ask)
    sys.unraisablehook = _untold
    try:
        yield
    finally:
        left.set()
