"""The counted statements of the vignette study. Data: vignett_begrunnelser.csv, vignetter.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.figures.make import source_line
from rapport.records import Column, Number, Table

KEY = "tbl-begrunnelser"
INPUTS = ("vignett_begrunnelser", "vignetter")
COLUMNS = (
    Column(name="navn", title="Bruker"),
    Column(name="antall", title="Veiledere", decimals=0),
    Column(name="begrunnelse", title="Veilederen …"),
)


def compute(reasons: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """One row a statement, by case. reasons: one row per id; antall caseworkers. Returns also the case's navn."""
    named = reasons.merge(cases[["vignett", "navn"]], on="vignett", how="left", validate="many_to_one")
    return named.sort_values(["vignett", "rekkefolge"])


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    return Table(
        key=KEY, title="Begrunnelser som rapporten tallfester",
        table=compute(data["vignett_begrunnelser"], data["vignetter"]), columns=COLUMNS,
        notes=("Rapporten tallfester bare noen av begrunnelsene. De fleste er omtalt med ord som «flere» og «noen».",),
        source=source_line("5.1–5.6"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
