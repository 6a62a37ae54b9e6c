"""Participants in 2022 by status, sex and age: shares. Data: deltakere_kjennetegn.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.bars import bars
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import MISSING, listed, percent_sign

KEY = "fig-kjennetegn"
INPUTS = ("deltakere_kjennetegn",)
COLUMNS = (
    Column(name="gruppe", title="Kjennetegn"),
    Column(name="navn", title="Kategori"),
    Column(name="verdi", title="Andel av deltakerne (prosent)", decimals=1),
    Column(name="grunnlag", title="Grunnlag"),
)
TRAITS = {"status": "Status", "kjonn": "Kjønn", "alder": "Alder"}
COLORS = {"status": "serie-1", "kjonn": "serie-2", "alder": "serie-3"}
FRACTIONS = {(2, 3): "omtrent to tredjedeler", (1, 3): "omtrent en tredjedel"}

# How a headline says that most participants have a status.
CLAUSES = {
    "nedsatt_arbeidsevne": "har nedsatt arbeidsevne",
    "arbeidssoker": "er arbeidssøkere",
    "annet": "har en annen status",
}


def _text(top: float, bottom: float, basis: str) -> str:
    if pd.isna(top):
        return MISSING
    if basis == "omtrentlig" and (top, bottom) in FRACTIONS:
        return FRACTIONS[top, bottom]
    return percent_sign(100 * top / bottom)


def compute(traits: pd.DataFrame) -> pd.DataFrame:
    """One row a category, in the order status, sex, age. traits: one row per (aar, kjennetegn, kategori).

    Returns rad, gruppe, kategori, navn, etikett, verdi (per cent of participants), tekst, farge, grunnlag.
    """
    order = traits["kjennetegn"].map({name: place for place, name in enumerate(TRAITS)})
    traits = traits.loc[traits["aar"] == traits["aar"].max()]
    rows = traits.assign(_order=order).sort_values(["_order", "rekkefolge"]).reset_index(drop=True)
    rows["gruppe"] = rows["kjennetegn"].map(TRAITS)
    rows["etikett"] = rows["gruppe"] + ": " + rows["navn"].str.lower()
    rows["verdi"] = (100 * rows["teller"].astype("Float64") / rows["nevner"]).round(1)
    columns = zip(rows["teller"], rows["nevner"], rows["grunnlag"], strict=True)
    rows["tekst"] = [_text(top, bottom, basis) for top, bottom, basis in columns]
    rows["farge"] = rows["kjennetegn"].map(COLORS)
    rows["rad"] = rows.index
    return rows[["rad", "gruppe", "kategori", "navn", "etikett", "verdi", "tekst", "farge", "grunnlag"]]


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A bar for each category; one colour a trait."""
    return bars(table, tokens, width)


def describe(table: pd.DataFrame) -> str:
    """Alt text: every trait with its categories."""
    parts = []
    for trait, rows in table.groupby("gruppe", sort=False):
        values = [f"{name.lower()} {text}" for name, text in zip(rows["navn"], rows["tekst"], strict=True)]
        parts.append(f"{trait}: {listed(values)}.")
    return "Liggende stolper med andeler av deltakerne. " + " ".join(parts)


def headline(table: pd.DataFrame) -> str:
    """The status of more than half of the participants, if there is one."""
    most = table[(table["gruppe"] == TRAITS["status"]) & (table["verdi"] > 50)]
    return f"De fleste deltakerne {CLAUSES[most['kategori'].iloc[0]]}" if len(most) else "Deltakernes kjennetegn"


def small(table: pd.DataFrame) -> str:
    """The first trait, status, as bars."""
    rows = table[table["gruppe"] == TRAITS["status"]]
    return small_html(Small(rows=small_rows(rows["navn"], rows["verdi"], rows["tekst"]), alt=describe(rows)), KEY)


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure."""
    table = compute(data["deltakere_kjennetegn"])
    year = int(data["deltakere_kjennetegn"]["aar"].max())
    return Figure(
        key=KEY, title=headline(table),
        subtitle=f"Deltakere i Arbeidstrening etter status, kjønn og alder. Andel av deltakerne i {year}",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=(
            "Kilden oppgir status bare som brøker: to tredjedeler og en tredjedel. Figuren i kilden har også "
            "statusen «annet», men verdien er ikke lesbar.",
        ),
        source=source_line("2.3"), small=small(table), inputs=INPUTS, module=__name__,
    )  # fmt: skip
