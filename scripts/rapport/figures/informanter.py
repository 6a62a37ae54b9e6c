"""Who was interviewed: one mark per interview, by group. Data: informanter.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.marks import dots
from rapport.records import Column, Figure
from rapport.wording import decimal, listed

KEY = "fig-informanter"
INPUTS = ("informanter",)
COLUMNS = (
    Column(name="navn", title="Gruppe"),
    Column(name="antall", title="Antall", decimals=0),
    Column(name="enhet", title="Enhet"),
    Column(name="grunnlag", title="Grunnlag"),
)
COLORS = {"intervju": "serie-1", "arbeidsmote": "serie-2"}


def compute(informanter: pd.DataFrame) -> pd.DataFrame:
    """One row a main group, interviews first. informanter: one row per gruppe; antall in enhet.

    Returns rad, navn, metode, etikett, tekst, antall, enhet, farge, grunnlag. Source: section 1.2.
    """
    rows = informanter[informanter["rolle"] == "hovedgruppe"].sort_values("rekkefolge").reset_index(drop=True)
    count = rows["antall"].map(decimal)
    rows = rows.assign(rad=rows.index, etikett=rows["navn"] + ": " + count, tekst="", farge=rows["metode"].map(COLORS))
    return rows[["rad", "navn", "metode", "etikett", "tekst", "antall", "enhet", "farge", "grunnlag"]]


def marks(table: pd.DataFrame) -> pd.DataFrame:
    """One row a dot: rad, nr, farge, fylt."""
    rows = [
        {"rad": row.rad, "nr": number, "farge": row.farge, "fylt": 1}
        for row in table.itertuples()
        for number in range(1, int(row.antall) + 1)
    ]
    return pd.DataFrame(rows, columns=["rad", "nr", "farge", "fylt"])


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A row of dots for each group."""
    return dots(marks(table), table[["rad", "etikett", "tekst"]], tokens, width)


def describe(table: pd.DataFrame) -> str:
    """Alt text: the number in each group."""
    groups = [f"{name.lower().replace('nav', 'NAV')} {decimal(n)}" for name, n in zip(table["navn"], table["antall"], strict=True)]
    return f"Ett punkt for hvert intervju eller hver veileder på arbeidsmøte: {listed(groups)}."


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure. Its headline names the two largest groups."""
    table = compute(data["informanter"])
    first, second = table.sort_values("antall", ascending=False).head(2).itertuples()
    return Figure(
        key=KEY,
        title=f"{decimal(first.antall)} intervjuer med veiledere og {decimal(second.antall)} med virksomheter er hovedkilden",
        subtitle="Intervjuer etter gruppe, og veiledere på arbeidsmøter. Ett punkt per intervju eller veileder på arbeidsmøte. 2023",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=("Vi regner ett intervju for hver virksomhet, organisasjon og tidligere deltaker; kilden sier ikke det "
               "uttrykkelig. De fleste veilederne på arbeidsmøtene var også intervjuet.",),
        source=source_line("1.2"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
