"""Progress on the terminal: a line a stage, with how many of its steps are done and which was the last."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from rapport.account import stage
from rapport.steps import Event

Tell = Callable[[Event], None]


class _Lines:
    """The lines, shown from the first step on: they are kept moving by a thread, and figures begin where none is."""

    def __init__(self, title: str) -> None:
        self._title, self._lock = title, Lock()
        self._bar: Any = None
        self._lines: dict[str, Any] = {}

    def _begun(self) -> Any:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.description:<24}{task.completed:>4.0f}"), TimeElapsedColumn(),
                   TextColumn("{task.fields[now]}"))  # fmt: skip
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        self._lines[self._title] = bar.add_task(self._title, total=None, now="")
        return bar

    def tell(self, event: Event) -> None:
        """A step more."""
        with self._lock:
            bar = self._bar = self._bar or self._begun()
            name = stage(event.step) or self._title
            if name not in self._lines:
                self._lines[name] = bar.add_task(name, total=None, now="")
            bar.update(self._lines[name], advance=1, now=event.step)

    def end(self) -> None:
        """Take the lines away."""
        if self._bar:
            self._bar.stop()


@contextmanager
def progress(title: str) -> Iterator[Tell]:
    """Lines on standard error while the work lasts, fed with what becomes of each step; none where no terminal is."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _event: None
        return
    lines = _Lines(title)
    try:
        yield lines.tell
    finally:
        lines.end()
