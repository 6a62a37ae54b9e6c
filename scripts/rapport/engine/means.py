"""What a build is to make, of what, and with what; and where figures come from, as far as the engine knows.

Light on purpose: figures are begun with these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from rapport.inputs import Inputs
from rapport.paths import Paths
from rapport.steps import Blob, Files, Steps
from rapport.workers import Workers

if TYPE_CHECKING:
    from rapport.book import Book
    from rapport.engine.facts import Facts
    from rapport.engine.revision import Revision

PRINTED = {"pdf", "chapters"}  # formats that Typst sets, from the drawings of figures/ alone


def pictured(formats: Collection[str]) -> bool:
    """Whether any of these formats shows or offers the pictures of pictures.py."""
    return not PRINTED.issuperset(formats)


class Computed(Protocol):
    """What follows from the data."""

    @property
    def figures(self) -> Files:
        """The files of figures/, by name."""
        ...


class Figures(Protocol):
    """Where figures come from; the engine knows no more of them."""

    def begun(
        self, inputs: Inputs, steps: Steps, drawn: Callable[[Mapping[str, Any], Blob], None], free: Event
    ) -> AbstractContextManager[Future[Computed]]:
        """Everything that follows from the data, made beside the block, and given up when the block fails.

        `drawn` hears of each figure as soon as it is drawn; what can wait begins when `free` is set.
        """
        ...

    def write(self, made: Any) -> object:
        """Bring figures/ up to date with what `make` gave."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is to make, and of what."""

    paths: Paths
    book: Book
    sources: Mapping[str, str]
    formats: tuple[str, ...]
    inputs: Inputs
    figures: Files
    revision: Revision
    told: Callable[[], Facts]  # what is known of the text


@dataclass(frozen=True, slots=True)
class Means:
    """What a build works with; `free` is set when what all the rest waits for is under way, in another process."""

    steps: Steps
    workers: Workers
    free: Event = field(default_factory=Event)
