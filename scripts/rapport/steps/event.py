"""What is told of a step: whether it was made, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapport.steps.step import Step
from rapport.steps.store import Way

MOST = 3  # reasons told of one step


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a step: made or kept, why, in how many seconds (those of the steps within it included)."""

    step: str
    made: bool
    why: str
    seconds: float
    size: int


def why(ways: Sequence[Way], step: Step, inputs: dict[str, str]) -> str:
    """What differs from the last time the step was made."""
    if not ways:
        return "not made before"
    last = ways[0]
    gone = [f"{what} is no longer read" for what in last.inputs if what not in inputs]
    new = [f"{what} is new" for what in inputs if what not in last.inputs]
    other = [f"{what} changed" for what, value in inputs.items() if last.inputs.get(what, value) != value]
    other += [f"{what} changed" for what, value in last.found.items() if not gone and step.now(what) != value]
    told = [*other, *new, *gone]
    more = [f"and {len(told) - MOST} more"] if len(told) > MOST + 1 else []
    return ", ".join([*told[:MOST], *more] if more else told) or "its kept result was damaged"
