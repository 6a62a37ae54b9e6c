"""Who was interviewed: one mark per interview, by group. Data: informanter.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.marks import dots
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import MISSING, decimal, listed, small

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
    lost = rows["antall"].isna()
    labels = [
        n if gone else f"{n}: {decimal(a)}" for n, a, gone in zip(rows["navn"], rows["antall"], lost, strict=True)
    ]
    rows = rows.assign(
        rad=rows.index, etikett=labels, tekst=lost.map({True: MISSING, False: ""}), farge=rows["metode"].map(COLORS)
    )
    return rows[["rad", "navn", "metode", "etikett", "tekst", "antall", "enhet", "farge", "grunnlag"]]


def marks(table: pd.DataFrame) -> pd.DataFrame:
    """One row a dot: rad, nr, farge, fylt."""
    rows = [
        {"rad": row.rad, "nr": number, "farge": row.farge, "fylt": 1}
        for row in table[table["antall"].notna()].itertuples()
        for number in range(1, int(row.antall) + 1)
    ]
    return pd.DataFrame(rows, columns=["rad", "nr", "farge", "fylt"])


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A row of dots for each group."""
    return dots(marks(table), table[["rad", "etikett", "tekst", "grunnlag"]], tokens, width)


def describe(table: pd.DataFrame) -> str:
    """Alt text: the number in each group."""
    counts = [MISSING if pd.isna(n) else decimal(n) for n in table["antall"]]
    groups = [f"{small(name)} {count}" for name, count in zip(table["navn"], counts, strict=True)]
    return f"Ett punkt for hvert intervju eller hver veileder på arbeidsmøte: {listed(groups)}."


def headline(table: pd.DataFrame) -> str:
    """The two largest groups of interviews."""
    interviews = table[(table["metode"] == "intervju") & table["antall"].notna()]
    if len(interviews) < 2:
        return "Hvem som er intervjuet"
    first, second = interviews.nlargest(2, "antall").itertuples()
    return (
        f"{decimal(first.antall)} intervjuer med {small(first.navn)} og {decimal(second.antall)} med "
        f"{small(second.navn)} er hovedkilden"
    )


def small_figure(table: pd.DataFrame) -> str:
    """The interviews as marks, one row a group."""
    rows = table[table["metode"] == "intervju"]
    texts = ["" if pd.isna(count) else decimal(count) for count in rows["antall"]]
    names = [f"Intervjuer med {small(r.navn)}" if r.enhet == "intervjuer" else r.navn for r in rows.itertuples()]
    drawn = Small(rows=small_rows(names, rows["antall"], texts), alt=describe(rows), dots=True)
    return small_html(drawn, KEY)


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure."""
    table = compute(data["informanter"])
    return Figure(
        key=KEY,
        title=headline(table),
        subtitle="Intervjuer etter gruppe, og veiledere på arbeidsmøter. "
        "Ett punkt per intervju eller veileder på arbeidsmøte. 2023",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=("Vi regner ett intervju for hver virksomhet, organisasjon og tidligere deltaker; kilden sier ikke det "
               "uttrykkelig. De fleste veilederne på arbeidsmøtene var også intervjuet.",),
        source=source_line("1.2"), small=small_figure(table), inputs=INPUTS, module=__name__,
    )  # fmt: skip
