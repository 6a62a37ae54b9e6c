"""Layer 2: the table behind each figure and table, cell by cell, with tolerance zero."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rapport.verify.evidence import Evidence
from rapport.verify.verdicts import Difference, Verdict, verdict

REMEDY = "run `rapport figures` and look at the change before committing it; never edit figures/ by hand"
SHOWN = {
    ".json": "the table as JSON",
    ".html": "the table on the page",
    ".typ": "the table in print",
    ".md": "the text",
}


def rows(text: str) -> list[list[str]]:
    """A CSV of figures/ as rows of cells, the heading first."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def _cells(found: list[list[str]], expected: list[list[str]]) -> Iterator[Difference]:
    heading = expected[0] if expected else []
    for number in range(max(len(found), len(expected))):
        one = found[number] if number < len(found) else None
        other = expected[number] if number < len(expected) else None
        if one is None or other is None:
            yield Difference(where=f"row {number + 1}", found="no such row" if one is None else "; ".join(one),
                             expected="no such row" if other is None else "; ".join(other), remedy=REMEDY)  # fmt: skip
            continue
        for column in range(max(len(one), len(other))):
            here = one[column] if column < len(one) else "no such cell"
            there = other[column] if column < len(other) else "no such cell"
            name = heading[column] if column < len(heading) else str(column + 1)
            if here != there:
                yield Difference(where=f"row {number + 1}, column “{name}”", found=f"“{here}”", expected=f"“{there}”",
                                 remedy=REMEDY)  # fmt: skip


def _gone(name: str, *, missing: bool) -> Difference:
    found, expected = (
        ("no such file", "a file that follows from data/") if missing else ("a file", "none: nothing makes it")
    )
    return Difference(where=f"figures/{name}", found=found, expected=expected, remedy=REMEDY)


def _differences(evidence: Evidence, key: str) -> Iterator[Difference]:
    name = f"{key}.csv"
    if name in evidence.recomputed:
        if name not in evidence.committed:
            yield _gone(name, missing=True)
        else:
            yield from _cells(rows(evidence.committed[name]), rows(evidence.recomputed[name]))
    for suffix, what in SHOWN.items():
        name = f"{key}{suffix}"
        expected, found = evidence.recomputed.get(name), evidence.committed.get(name)
        if expected is not None and found != expected:
            yield _gone(name, missing=True) if found is None else Difference(
                where=f"figures/{name}", found=f"another text than {what} that follows from data/",
                expected="the same, letter by letter", remedy=REMEDY,
            )  # fmt: skip


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per item, and one for files that nothing makes any more."""
    for key in evidence.items:
        yield verdict("values", key, _differences(evidence, key))
    strays = sorted(set(evidence.committed) - set(evidence.recomputed))
    yield verdict("values", "figures/", [_gone(name, missing=False) for name in strays])
