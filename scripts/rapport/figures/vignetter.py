"""The six vignettes: how the caseworkers assessed each case, one mark per caseworker.

Data: vignetter.csv, vignett_vurderinger.csv. A hollow mark is an inference; what cannot be read in the
source is said in words and never drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.marks import dots
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import MISSING, decimal, listed, spelled

INPUTS = ("vignetter", "vignett_vurderinger")
COLUMNS = (
    Column(name="navn", title="Vurdering"),
    Column(name="antall", title="Veiledere", decimals=0),
    Column(name="grunnlag", title="Grunnlag"),
)
COLORS = {"aktuell": "serie-1", "forbehold": "serie-2", "ikke_aktuell": "serie-3", "ukjent_fordeling": "ukjent"}
WOULD = {
    "aktuell": "at Arbeidstrening var aktuelt",
    "forbehold": "at Arbeidstrening var aktuelt med forbehold",
    "ikke_aktuell": "at Arbeidstrening ikke var aktuelt",
}
NOBODY = WOULD | {"ikke_aktuell": "at Arbeidstrening var uaktuelt"}  # no double negative
SPLIT = "Aktuell eller aktuell med forbehold"


def _shared_row(rows: pd.DataFrame, asked: float) -> pd.DataFrame:
    """The two unknown rows as one, when their sum follows from the number asked and the third row."""
    lost = rows[rows["antall"].isna()]
    if pd.isna(asked) or list(lost["vurdering"]) != ["aktuell", "forbehold"]:
        return rows
    joint = lost.head(1).assign(
        vurdering="ukjent_fordeling", navn=SPLIT, antall=asked - rows["antall"].sum(), grunnlag="antatt"
    )
    return pd.concat([joint, rows[rows["antall"].notna()]], ignore_index=True)


def _said(row: pd.Series) -> str:
    return MISSING if pd.isna(row["antall"]) else "" if row["antall"] else "ingen"


def compute(case: int, cases: pd.DataFrame, assessments: pd.DataFrame) -> pd.DataFrame:
    """One row an assessment of the case. assessments: one row per (vignett, vurdering); antall caseworkers.

    Returns rad, vurdering, navn, etikett, tekst (said when there is no mark), antall, farge, fylt,
    grunnlag. Two lost rows become one where their sum is known. Source: chapter 5.
    """
    rows = assessments[(assessments["vignett"] == case) & (assessments["vurdering"] != "uplassert")]
    asked = cases.set_index("vignett")["antall_veiledere"].get(case)
    rows = _shared_row(rows, asked).reset_index(drop=True)
    counted = [
        name if pd.isna(n) else f"{name}: {decimal(n)}" for name, n in zip(rows["navn"], rows["antall"], strict=True)
    ]
    return rows.assign(
        rad=rows.index, etikett=counted, tekst=rows.apply(_said, axis=1), farge=rows["vurdering"].map(COLORS),
        fylt=(rows["grunnlag"] != "antatt").astype(int),
    )[["rad", "vurdering", "navn", "etikett", "tekst", "antall", "farge", "fylt", "grunnlag"]]  # fmt: skip


def marks(table: pd.DataFrame) -> pd.DataFrame:
    """One row a dot: rad, nr, farge, fylt."""
    rows = [
        {"rad": row.rad, "nr": number, "farge": row.farge, "fylt": row.fylt}
        for row in table[table["antall"].notna()].itertuples()
        for number in range(1, int(row.antall) + 1)
    ]
    return pd.DataFrame(rows, columns=["rad", "nr", "farge", "fylt"])


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A row of dots for each assessment."""
    return dots(marks(table), table[["rad", "etikett", "tekst", "grunnlag"]], tokens, width)


def describe(name: str, table: pd.DataFrame) -> str:
    """Alt text: each assessment with its number, its basis when inferred, or that it is lost."""
    known, lost = table[table["antall"].notna()], table[table["antall"].isna()]
    if known.empty:
        return f"Tre rader uten punkter: veiledernes vurderinger av {name} er ikke lesbare i kilden."
    parts = [
        f"{row.navn.lower()} {decimal(row.antall)}{' (antatt)' if row.grunnlag == 'antatt' else ''}"
        for row in known.itertuples()
    ]
    text = f"Ett punkt per veileder som vurderte {name}: {listed(parts)}."
    return text if lost.empty else f"{text} Ikke lesbart i kilden: {listed(lost['navn'].str.lower())}."


def headline(name: str, table: pd.DataFrame, asked: float) -> str:
    """What the known counts say, with «trolig» when the placing is an inference."""
    known = table[table["antall"].notna() & (table["vurdering"] != "ukjent_fordeling")]
    if known.empty:
        return f"{name}: fordelingen er {MISSING}"
    top = known.loc[known["antall"].astype(float).idxmax()]
    probably = "trolig " if top["grunnlag"] == "antatt" else ""
    if top["antall"] == 0:
        return f"{name}: ingen mente {NOBODY[top['vurdering']]}"
    many = spelled(top["antall"]) or decimal(top["antall"])
    of = "" if pd.isna(asked) else f" av {spelled(asked) or decimal(asked)}"
    return f"{name}: {many}{of} mente {probably}{WOULD[top['vurdering']]}"


def _notes(table: pd.DataFrame, assessments: pd.DataFrame, asked: float) -> tuple[str, ...]:
    notes = [] if pd.notna(asked) else ["Hvor mange veiledere som vurderte denne brukeren, er ikke lesbart i kilden."]
    if (table["grunnlag"] == "antatt").any():
        notes.append("Åpne punkter er slutninger: Antallet eller plasseringen er ikke sikker.")
    notes += [str(text) for text in assessments["merknad"].dropna().unique()]
    return tuple(notes)


def small(key: str, name: str, table: pd.DataFrame) -> str:
    """The assessments as marks, one row each; hollow when any of them is an inference."""
    texts = ["" if pd.isna(count) else decimal(count) for count in table["antall"]]
    rows, inferred = small_rows(table["navn"], table["antall"], texts), bool((table["fylt"] == 0).any())
    return small_html(Small(rows=rows, alt=describe(name, table), dots=True, hollow=inferred), key)


def build(case: int, data: Data, tokens: Tokens) -> Figure:
    """The figure of one case."""
    row = data["vignetter"].set_index("vignett").loc[case]
    table = compute(case, data["vignetter"], data["vignett_vurderinger"])
    asked, name = row["antall_veiledere"], str(row["navn"])
    assessed = data["vignett_vurderinger"]
    key = f"fig-vignett-{case}"
    return Figure(
        key=key, title=headline(name, table, asked),
        subtitle=f"Veiledernes vurdering av om Arbeidstrening er aktuelt for {name} ({row['alder']} år). "
        + ("Antall veiledere" if pd.isna(asked) else f"Antall veiledere, {asked} i alt"),
        alt=describe(name, table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=_notes(table, assessed[assessed["vignett"] == case], asked),
        source=source_line(f"5.{case}"), small=small(key, name, table), inputs=INPUTS, module=__name__,
    )  # fmt: skip


def builders(data: Data) -> Iterator[partial[Figure]]:
    """One builder a case."""
    for case in data["vignetter"]["vignett"]:
        yield partial(build, int(case))
