"""What a check finds, as a step: what is as it was is not looked through again. Knows no check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import TypeVar

from rapport.errors import Fault, Place
from rapport.steps import Step, Steps

FOUND = "faults.json"
T = TypeVar("T", Fault, Place)


def found(
    steps: Steps, what: str, inputs: Mapping[str, str], kind: type[T], look: Callable[[], Iterable[T]]
) -> list[T]:
    """The faults of one kind that `look` finds, remembered as long as `inputs`, all that it reads, are the same."""
    files = steps.run(
        Step(f"check of {what}", inputs, lambda _r: {FOUND: json.dumps([asdict(fault) for fault in look()])})
    )
    return [kind(**fault) for fault in files[FOUND].json()]
