"""All figures of the report. Each family is one module; this list is the order they are made in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures import (
    deltakere,
    formaal,
    informanter,
    kjeder,
    kjedevarighet,
    kjennetegn,
    varighet,
    vignetter,
    vignettoversikt,
)
from rapport.records import Diagram, Figure

Builder = Callable[[Data, Tokens], Figure]


def builders(data: Data) -> Iterator[Builder]:
    """One builder per chart."""
    for module in (formaal, deltakere, kjennetegn, informanter, varighet, kjedevarighet):
        yield module.build
    yield from vignetter.builders(data)
    yield vignettoversikt.build


def english() -> Iterator[Builder]:
    """One builder per chart of the English summary: twins of those on the front page, from the same modules."""
    for module in (deltakere, kjennetegn, formaal, informanter):
        yield partial(module.build, lang="en")
    yield partial(vignetter.build, 1, lang="en")


def diagrams(data: Data) -> Iterator[Callable[[Data], Diagram]]:
    """One builder per diagram of words."""
    yield from kjeder.builders(data)
