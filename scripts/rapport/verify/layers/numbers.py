"""Layer 5: each entry of the register recomputed, and each hedge of the chapters checked again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rapport.engine.uses import Use, uses
from rapport.errors import RapportError
from rapport.kapittel import number_text
from rapport.verify.evidence import Evidence
from rapport.verify.verdicts import Difference, Verdict, verdict

REMEDY = "run `rapport figures`; the register is computed from data/ and never edited"
UNTRUE = "write what the new value says, or correct the value in data/"


def wording(use: Use, numbers: dict[str, Any]) -> str:
    """What the page writes for a use. Raises RapportError when the register does not support it."""
    if use.key not in numbers:
        raise RapportError(f'no number "{use.key}" in the register')
    if numbers[use.key]["value"] is None:
        raise RapportError(f'the number "{use.key}" is ukjent')
    return number_text(numbers[use.key], use.hedge, use.bound, use.word, use.lang)


def _entry(found: dict[str, Any] | None, expected: dict[str, Any] | None) -> Iterator[Difference]:
    if found is None or expected is None:
        here, there = ("no such entry" if side is None else json.dumps(side["value"]) for side in (found, expected))
        yield Difference(where="figures/numbers.json", found=here, expected=there, remedy=REMEDY)
        return
    for field in sorted({*found, *expected}):
        one, other = found.get(field), expected.get(field)
        if one != other:
            yield Difference(where=field, found=json.dumps(one, ensure_ascii=False),
                             expected=json.dumps(other, ensure_ascii=False), remedy=REMEDY)  # fmt: skip


def _hedges(evidence: Evidence, key: str, by_key: dict[str, list[Use]]) -> Iterator[Difference]:
    for use in by_key.get(key, []):
        try:
            wording(use, evidence.numbers)
        except RapportError as error:
            problem = str(error).partition("\n")[0]
            yield Difference(where=f"{use.file}:{use.line}", found=problem, expected="words that the value supports",
                             remedy=UNTRUE)  # fmt: skip


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per number: its entry and every claim made with it."""
    try:
        committed = json.loads(evidence.committed.get("numbers.json", "{}"))
    except json.JSONDecodeError:
        committed = {}
    by_key: dict[str, list[Use]] = {}
    for use in uses(evidence.sources):
        by_key.setdefault(use.key, []).append(use)
    for key in sorted({*committed, *evidence.numbers, *by_key}):
        found = (
            list(_entry(committed.get(key), evidence.numbers.get(key)))
            if key in {*committed, *evidence.numbers}
            else []
        )
        yield verdict("numbers", key, [*found, *_hedges(evidence, key, by_key)])
