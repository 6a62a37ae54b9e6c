"""Who was interviewed and how they were recruited. Data: informanter.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.figures.make import source_line
from rapport.records import Column, Number, Table

KEY = "tbl-informanter"
INPUTS = ("informanter",)
COLUMNS = (
    Column(name="navn", title="Gruppe"),
    Column(name="antall", title="Antall", decimals=0),
    Column(name="enhet", title="Enhet"),
    Column(name="rekruttering", title="Rekruttert"),
    Column(name="grunnlag", title="Grunnlag"),
)


def compute(informanter: pd.DataFrame) -> pd.DataFrame:
    """One row a group, sub-groups marked with a dash under their group. informanter: one row per gruppe."""
    rows = informanter.sort_values("rekkefolge")
    dash = rows["rolle"].map({"hovedgruppe": "", "undergruppe": "– "})
    return rows.assign(navn=dash + rows["navn"])


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    return Table(
        key=KEY, title="Hvem som er intervjuet, og hvordan de ble rekruttert", table=compute(data["informanter"]),
        columns=COLUMNS, notes=("Linjer med tankestrek er deler av gruppen over.",),
        source=source_line("1.2"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
