"""JSON read strictly: what one program reads, every other reads too. Knows nothing of the rest."""

from __future__ import annotations

import json
from typing import Any

LARGEST = 1e15  # what every program can hold as a number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the property {name} twice in one object")
        found[name] = value
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"{text[:40]}, which not all programs can read as a number")


def _number(text: str) -> float:
    return float(text) if abs(float(text)) < LARGEST else _no_number(text)


def _whole(text: str) -> int:
    return int(text) if len(text) < 16 else int(_no_number(text))


def parse(text: str) -> Any:
    """JSON as Python reads it; no property twice, no NaN, no number out of reach. Raises ValueError with the place."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_number,
                          parse_int=_whole)  # fmt: skip
    except RecursionError:
        raise ValueError("brackets within brackets without end") from None
