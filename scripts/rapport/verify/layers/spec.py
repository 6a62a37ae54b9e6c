"""Layer 3: canonical Vega-Lite JSON, with a difference that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rapport.verify.evidence import Evidence
from rapport.verify.verdicts import Difference, Verdict, verdict

REMEDY = "run `rapport figures`; a specification is made by its figure module and never edited"
SUFFIX = ".vl.json"
MISSING = object()


def compare(found: Any, expected: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(JSON pointer, found, expected) of every leaf that differs; MISSING where a side has nothing."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted({*found, *expected}):
            yield from compare(found.get(key, MISSING), expected.get(key, MISSING), f"{path}/{key}")
    elif isinstance(found, list) and isinstance(expected, list):
        for at in range(max(len(found), len(expected))):
            one = found[at] if at < len(found) else MISSING
            other = expected[at] if at < len(expected) else MISSING
            yield from compare(one, other, f"{path}/{at}")
    elif found != expected or type(found) is not type(expected):
        yield path or "/", found, expected


def _shown(value: Any) -> str:
    if value is MISSING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 80 else text[:77] + "…"


def _differences(found: str, expected: str) -> Iterator[Difference]:
    try:
        pairs = list(compare(json.loads(found), json.loads(expected)))
    except json.JSONDecodeError as error:
        yield Difference(where=f"line {error.lineno}", found="text that is not JSON", expected="JSON", remedy=REMEDY)
        return
    for path, one, other in pairs:
        yield Difference(where=path, found=_shown(one), expected=_shown(other), remedy=REMEDY)
    if not pairs and found != expected:
        yield Difference(
            where="", found="the same values in another notation", expected="canonical JSON", remedy=REMEDY
        )


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per chart."""
    for name, expected in evidence.recomputed.items():
        if not name.endswith(SUFFIX):
            continue
        found = evidence.committed.get(name)
        gone = [Difference(where=f"figures/{name}", found="no such file", expected="a specification", remedy=REMEDY)]
        yield verdict("spec", name.removesuffix(SUFFIX), gone if found is None else _differences(found, expected))
