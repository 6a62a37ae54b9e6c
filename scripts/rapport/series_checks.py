"""Rows that a whole series lacks: a year between two others, a part of a whole. Knows frames, not files.

A row whose value nobody can read counts as much as any other: without it, a figure would not say that it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from rapport.errors import Fault, row_number

UNKNOWN = "a value that nobody can read is left empty, with grunnlag = ukjent"


def year_faults(participants: pd.DataFrame) -> Iterator[Fault]:
    """The years follow one another, from the first to the last."""
    for (_, before), (index, year) in pairwise(participants["aar"].sort_values().items()):
        if lost := [str(each) for each in range(before + 1, year)]:
            yield Fault(
                file="data/deltakere.csv", row=row_number(index), column="aar", found=f"{year}, next after {before}",
                expected="every year from the first to the last",
                remedy=f"put the row of {', '.join(lost)} back; {UNKNOWN}",
            )  # fmt: skip


def _place_faults(resource: str, rows: pd.DataFrame) -> Iterator[Fault]:
    """The parts of one whole have the places 1, 2, 3 and on."""
    before = 0
    for index, place in rows["rekkefolge"].sort_values().items():
        if place > before + 1:
            yield Fault(
                file=f"data/{resource}.csv", row=row_number(index), column="rekkefolge", found=str(place),
                expected=f"{before + 1}, as the rows of a whole are numbered without gaps",
                remedy=f"put the row back that is gone (git diff data/ shows it), or number the others; {UNKNOWN}",
            )  # fmt: skip
        before = place


def purpose_row_faults(formaal: pd.DataFrame) -> Iterator[Fault]:
    """No purpose of a year is left out."""
    for _, rows in formaal.groupby("aar"):
        yield from _place_faults("formaal", rows)


def trait_row_faults(traits: pd.DataFrame) -> Iterator[Fault]:
    """No category of a trait is left out."""
    for _, rows in traits.groupby(["aar", "kjennetegn"]):
        yield from _place_faults("deltakere_kjennetegn", rows)
