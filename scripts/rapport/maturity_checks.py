"""The rules between rows of the self-assessment, egenvurdering.csv. Knows frames, not files."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from rapport.errors import Fault, row_number

MET = "oppfylt"


def maturity_faults(rows: pd.DataFrame) -> Iterator[Fault]:
    """What is not wholly met says what is missing; a level's requirements are numbered from 1 without gaps.

    rows: egenvurdering.csv, one row per (nivaa, nr).
    """
    for index, row in rows.iterrows():
        if row["vurdering"] != MET and pd.isna(row["mangler"]):
            yield Fault(
                file="data/egenvurdering.csv", row=row_number(index), column="mangler", found="",
                expected=f"what is missing, as vurdering is {row['vurdering']}",
                remedy="say what is missing, or correct vurdering",
            )  # fmt: skip
    for level, group in rows.groupby("nivaa", sort=False):
        for place, (index, number) in enumerate(group["nr"].items(), start=1):
            if number != place:
                yield Fault(
                    file="data/egenvurdering.csv", row=row_number(index), column="nr", found=str(number),
                    expected=f"{place}, the next number of {level}", remedy="number the rows of a level from 1",
                )  # fmt: skip
