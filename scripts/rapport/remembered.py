"""Steps of a project that are remembered when all went well, with processes for what is heavy. Knows paths."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rapport.paths import Paths
from rapport.steps import Event, Steps, Store
from rapport.steps.lock import alone
from rapport.workers import Workers

INSTALLED = Path(sys.prefix) / "share" / "rapport" / "steps"  # what installed.py made of the packages


def kept_steps(paths: Paths, tell: Callable[[Event], None] = lambda _event: None) -> Steps:
    """Steps whose results are kept in the project; `tell` hears what became of each."""
    return Steps(Store(paths.cache / "steps", other=Store(INSTALLED)), tell)


@contextmanager
def remembered(paths: Paths, tell: Callable[[Event], None] = lambda _event: None) -> Iterator[tuple[Steps, Workers]]:
    """Steps and workers, alone in the project; what was made is remembered when the block ends without an error."""
    with alone(paths.cache), Workers() as workers:
        steps = kept_steps(paths, tell)
        yield steps, workers
        steps.commit()
