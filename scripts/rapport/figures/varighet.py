"""Duration rules: longest duration in months, the measure and its predecessor. Data: varighetsregler.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.bars import bars
from rapport.records import Column, Figure
from rapport.wording import MISSING, decimal, listed, spelled

KEY = "fig-varighet"
INPUTS = ("varighetsregler",)
COLUMNS = (
    Column(name="gruppe_navn", title="Gruppe"),
    Column(name="tiltak_navn", title="Tiltak"),
    Column(name="verdi", title="Lengste varighet (måneder)", decimals=0),
    Column(name="grunnlag", title="Grunnlag"),
)
COLORS = {"arbeidspraksis": "serie-2", "arbeidstrening": "serie-1"}


def compute(rules: pd.DataFrame) -> pd.DataFrame:
    """One row a group and measure, the predecessor first within each group.

    rules: one row per (tiltak, gruppe); maks_maaneder in months. Returns rad, gruppe, gruppe_navn,
    tiltak, tiltak_navn, etikett, verdi, tekst, farge, grunnlag. Source: sections 2.1 and 2.4.
    """
    order = rules["gruppe"].map({"arbeidssoker": 0, "nedsatt_arbeidsevne": 1})
    before = rules["tiltak"].map({"arbeidspraksis": 0, "arbeidstrening": 1})
    rows = rules.assign(_group=order, _before=before).sort_values(["_group", "_before"]).reset_index(drop=True)
    rows["etikett"] = rows["gruppe_navn"] + ": " + rows["tiltak_navn"]
    rows["verdi"] = rows["maks_maaneder"]
    rows["tekst"] = [MISSING if pd.isna(v) else f"{decimal(v)} måneder" for v in rows["verdi"]]
    rows = rows.assign(rad=rows.index, farge=rows["tiltak"].map(COLORS))
    return rows[
        ["rad", "gruppe", "gruppe_navn", "tiltak", "tiltak_navn", "etikett", "verdi", "tekst", "farge", "grunnlag"]
    ]


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A bar for each group and measure."""
    return bars(table, tokens, width)


def describe(table: pd.DataFrame) -> str:
    """Alt text: every group and measure with its months."""
    names = [
        f"{group.lower()} i {measure}"
        for group, measure in zip(table["gruppe_navn"], table["tiltak_navn"], strict=True)
    ]
    parts = [f"{text} for {name}" for name, text in zip(names, table["tekst"], strict=True)]
    return f"Liggende stolper med lengste varighet: {listed(parts)}."


def headline(table: pd.DataFrame) -> str:
    """The change in the limit for those with reduced work capacity, in months."""
    limit = table[table["gruppe"] == "nedsatt_arbeidsevne"].set_index("tiltak")["verdi"]
    change = limit["arbeidstrening"] - limit["arbeidspraksis"]
    if pd.isna(change) or change == 0:
        return "Lengste varighet for de to tiltakene"
    word = "ned" if change < 0 else "opp"
    months = spelled(abs(change)) or decimal(abs(change))
    return f"Grensen ble satt {word} med {months} måneder for personer med nedsatt arbeidsevne"


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure."""
    table = compute(data["varighetsregler"])
    return Figure(
        key=KEY, title=headline(table),
        subtitle="Lengste varighet for Arbeidstrening og forgjengeren Arbeidspraksis. Måneder",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=("For Arbeidstrening er grensen for personer med nedsatt arbeidsevne ett år med mulig forlengelse.",),
        source=source_line("2.1", "2.4"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
