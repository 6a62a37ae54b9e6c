"""Progress on the terminal: a line a stage, with how many of its steps are done and which was the last."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rapport.account import stage
from rapport.steps import Event

Tell = Callable[[Event], None]


@contextmanager
def progress(title: str) -> Iterator[Tell]:
    """Lines on standard error while the work lasts, fed with what becomes of each step; none where no terminal is."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _event: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description:<24}{task.completed:>4.0f}"), TimeElapsedColumn(),
               TextColumn("{task.fields[now]}"))  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        lines: dict[str, Any] = {title: bar.add_task(title, total=None, now="")}

        def tell(event: Event) -> None:
            name = stage(event.step) or title
            if name not in lines:
                lines[name] = bar.add_task(name, total=None, now="")
            bar.update(lines[name], advance=1, now=event.step)

        yield tell
