"""Purposes of Arbeidstrening: share of the agreements registered in 2021, per cent. Data: formaal.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.bars import bars
from rapport.records import Column, Figure
from rapport.wording import MISSING, listed, percent, percent_sign

KEY = "fig-formaal"
INPUTS = ("formaal",)
COLUMNS = (
    Column(name="navn", title="Formål"),
    Column(name="verdi", title="Andel av avtalene (prosent)", decimals=0),
    Column(name="grunnlag", title="Grunnlag"),
)


def compute(formaal: pd.DataFrame) -> pd.DataFrame:
    """One row a purpose, the joint row of the lost ones last.

    formaal: one row per (aar, formaal). Returns rad, navn, etikett, verdi (per cent), tekst, farge,
    grunnlag; the label that belongs to no purpose is left out. Source: section 2.2.
    """
    rows = formaal[formaal["type"] != "etikett"].sort_values("rekkefolge").reset_index(drop=True)
    known = rows[(rows["type"] == "samlet") | rows["andel_prosent"].notna()]
    lost = rows[(rows["type"] == "kategori") & rows["andel_prosent"].isna()]
    table = pd.concat([known[known["type"] == "kategori"], known[known["type"] == "samlet"], lost], ignore_index=True)
    table = table.assign(rad=table.index, etikett=table["navn"], verdi=table["andel_prosent"])
    joint = table["type"] == "samlet"
    table["farge"] = joint.map({True: "ukjent", False: "serie-1"})
    table["tekst"] = [MISSING if pd.isna(v) else percent_sign(v) for v in table["verdi"]]
    return table[["rad", "navn", "type", "etikett", "verdi", "tekst", "farge", "grunnlag"]]


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A bar for each known share; the lost ones are named and said to be lost."""
    return bars(table, tokens, width)


def describe(table: pd.DataFrame) -> str:
    """Alt text: form, axes and every value."""
    known = table[table["verdi"].notna()]
    parts = [f"{name.lower()} {percent(value)}" for name, value in zip(known["navn"], known["verdi"], strict=True)]
    lost = table[table["verdi"].isna()]["navn"].str.lower()
    text = f"Liggende stolper med andelen av avtalene for hvert formål: {listed(parts)}."
    return text if lost.empty else f"{text} Ikke lesbart i kilden: {listed(lost)} hver for seg."


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure. Its headline names the largest purpose."""
    table = compute(data["formaal"])
    year = int(data["formaal"]["aar"].max())
    single = table[table["type"] == "kategori"].dropna(subset=["verdi"])
    largest = single.loc[single["verdi"].astype(float).idxmax(), "navn"]
    return Figure(
        key=KEY, title=f"{largest} er det vanligste formålet",
        subtitle=f"Andel av avtalene i NAVs digitale avtaleløsning etter registrert formål. Prosent. {year}",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=(
            "Tallene gjelder avtaler registrert i den digitale løsningen. Kilden oppgir ikke hvor stor del av alle "
            "avtaler det er.",
            "Én etikett i kildens figur («6 %») kan ikke knyttes til noe formål og er ikke tegnet inn.",
        ),
        source=source_line("2.2"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
