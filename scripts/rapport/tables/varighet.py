"""Duration rules side by side. Data: varighetsregler.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.figures.make import source_line
from rapport.records import Column, Number, Table

KEY = "tbl-varighet"
INPUTS = ("varighetsregler",)
COLUMNS = (
    Column(name="gruppe_navn", title="Gruppe"),
    Column(name="arbeidspraksis", title="Arbeidspraksis (måneder)", decimals=0),
    Column(name="arbeidstrening", title="Arbeidstrening (måneder)", decimals=0),
)


def compute(rules: pd.DataFrame) -> pd.DataFrame:
    """One row a group with the longest duration of each measure, months. rules: one row per (tiltak, gruppe)."""
    wide = rules.pivot(index="gruppe_navn", columns="tiltak", values="maks_maaneder").reset_index()
    order = rules.sort_values("rekkefolge")["gruppe_navn"].drop_duplicates()
    return wide.set_index("gruppe_navn").loc[order].reset_index()


def remarks(rules: pd.DataFrame) -> tuple[str, ...]:
    """Each rule's remark, said of its measure and group."""
    noted = rules.dropna(subset=["merknad"]).itertuples()
    return tuple(f"{row.tiltak_navn}, {str(row.gruppe_navn).lower()}: {row.merknad}" for row in noted)


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    return Table(
        key=KEY, title="Lengste varighet før og nå", table=compute(data["varighetsregler"]), columns=COLUMNS,
        notes=remarks(data["varighetsregler"]),
        source=source_line("2.1", "2.4"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
