"""Purposes of Arbeidstrening: share of the agreements registered in 2021, per cent. Data: formaal.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.bars import bars
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import MISSING, listed, percent, percent_sign

KEY = "fig-formaal"
INPUTS = ("formaal",)
COLUMNS = (
    Column(name="navn", title="Formål"),
    Column(name="verdi", title="Andel av avtalene (prosent)", decimals=0),
    Column(name="grunnlag", title="Grunnlag"),
)


def _rest(rows: pd.DataFrame) -> pd.DataFrame:
    """The joint row less the parts of it that are known; none when no part is lost."""
    joint = rows[rows["type"] == "samlet"]
    parts = rows[rows["samlet_i"].notna()]
    found = parts["andel_prosent"].notna()
    if joint.empty or found.all():
        return joint.head(0)
    if found.any():
        joint = joint.assign(navn="De øvrige formålene samlet")
    return joint.assign(andel_prosent=joint["andel_prosent"] - parts["andel_prosent"].sum())


def compute(formaal: pd.DataFrame) -> pd.DataFrame:
    """One row a purpose: those that are known, the rest as one, then those that are lost.

    formaal: one row per (aar, formaal); the last year is used, and the label that belongs to no purpose
    left out. Returns rad, navn, type, etikett, verdi (per cent), tekst, farge, grunnlag. Source: section 2.2.
    """
    rows = formaal[(formaal["aar"] == formaal["aar"].max()) & (formaal["type"] != "etikett")].sort_values("rekkefolge")
    single = rows[rows["type"] == "kategori"]
    known, lost = single[single["andel_prosent"].notna()], single[single["andel_prosent"].isna()]
    table = pd.concat([known, _rest(rows), lost], ignore_index=True)
    table = table.assign(rad=table.index, etikett=table["navn"], verdi=table["andel_prosent"])
    table["farge"] = (table["type"] == "samlet").map({True: "ukjent", False: "serie-1"})
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
    text = f"Liggende stolper med andelen av avtalene for hvert formål: {listed(parts)}." if parts else ""
    gap = f"Ikke lesbart i kilden: {listed(lost)} hver for seg." if len(lost) else ""
    return f"{text} {gap}".strip()


def headline(table: pd.DataFrame) -> str:
    """The largest purpose, when any is known."""
    single = table[table["type"] == "kategori"].dropna(subset=["verdi"])
    if single.empty:
        return "Formålene med Arbeidstrening"
    return f"{single.loc[single['verdi'].astype(float).idxmax(), 'navn']} er det vanligste formålet"


def notes(formaal: pd.DataFrame) -> tuple[str, ...]:
    """What the shares are shares of, and which labels of the source's figure are left out."""
    loose = formaal.loc[formaal["type"] == "etikett", "andel_prosent"].dropna()
    return (
        "Tallene gjelder avtaler registrert i den digitale løsningen. Kilden oppgir ikke hvor stor del av alle avtaler "
        "det er.",
        *(f"Etiketten «{percent_sign(v)}» i kildens figur kan ikke knyttes til noe formål og er ikke tegnet inn."
          for v in loose),
    )  # fmt: skip


def small(table: pd.DataFrame) -> str:
    """The known shares as bars; the joint row stands for the lost ones."""
    rows = table[table["verdi"].notna() | (table["type"] != "kategori")]
    return small_html(Small(rows=small_rows(rows["navn"], rows["verdi"], rows["tekst"]), alt=describe(rows)), KEY)


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure."""
    table = compute(data["formaal"])
    year = int(data["formaal"]["aar"].max())
    return Figure(
        key=KEY, title=headline(table),
        subtitle=f"Andel av avtalene i NAVs digitale avtaleløsning etter registrert formål. Prosent. {year}",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=notes(data["formaal"]),
        source=source_line("2.2"), small=small(table), inputs=INPUTS, module=__name__,
    )  # fmt: skip
