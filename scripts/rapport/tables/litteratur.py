"""The works cited and what was checked of each. Data: litteratur.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.records import Column, Number, Table
from rapport.wording import capital

KEY = "tbl-litteratur"
INPUTS = ("litteratur",)
NOTHING = "Ikke funnet"
COLUMNS = (
    Column(name="verk", title="Verk"),
    Column(name="status", title="Status"),
    Column(name="sett", title="Kontrollert"),
    Column(name="merknad", title="Forbehold"),
)


def compute(works: pd.DataFrame, statuses: dict[str, str]) -> pd.DataFrame:
    """One row a work, in the order of the alphabet. works: one row per nokkel."""
    rows = works.sort_values("verk", key=lambda names: names.str.lower())
    return rows.assign(status=rows["kontroll"].map(statuses).map(capital), sett=rows["kontrollert"].fillna(NOTHING))


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    return Table(
        key=KEY, title="Hva som er bekreftet om hvert verk",
        table=compute(data["litteratur"], data.labels("litteratur", "kontroll")), columns=COLUMNS, notes=(),
        source="egne søk i åpne kilder", inputs=INPUTS, module=__name__,
    )  # fmt: skip
