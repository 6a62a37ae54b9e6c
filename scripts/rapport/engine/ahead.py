"""What is begun before it is asked for: the exports of a figure that is drawn, while others are still computed.

A step asked for twice is made once, so what is begun here is ready, or on its way, when assemble.py asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

from rapport.engine.means import Means, pictured
from rapport.inputs import Inputs
from rapport.paths import Paths
from rapport.steps import Blob


class Ahead:
    """A context manager. What fails here fails again, and is told, when it is asked for."""

    def __init__(self, paths: Paths, inputs: Inputs, means: Means) -> None:
        self._paths, self._inputs, self._means = paths, inputs, means
        self._pool = ThreadPoolExecutor(2)

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    @cached_property
    def _studio(self) -> Any:
        from rapport.book import load_book
        from rapport.engine.drawn import studio

        return studio(self._paths, load_book(self._paths), self._inputs, self._means.workers)

    def hears(self, formats: tuple[str, ...]) -> Callable[[Mapping[str, Any], Blob], None]:
        """What is to hear of each figure that is drawn: in these formats its exports may be wanted, or not."""
        return self._begin if pictured(formats) else lambda _facts, _svg: None

    def _begin(self, facts: Mapping[str, Any], svg: Blob) -> None:
        """Begin the exports of a figure: what the manifest will say of it, and its drawing."""
        from rapport.pictures import export

        self._pool.submit(export, self._studio, self._means.steps, facts, facts["key"], svg)
