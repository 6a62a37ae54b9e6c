"""Participants in 2022 by status, sex and age: shares. Data: deltakere_kjennetegn.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import basis_column, both, source_line, with_basis
from rapport.figures.shapes.bars import bars
from rapport.figures.texts import label, twin
from rapport.figures.texts.kjennetegn import FRACTIONS, LABELS, TEXTS, TRAITS
from rapport.languages import BOOK, LANGUAGES
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import listed, percent_sign

KEY = "fig-kjennetegn"
INPUTS = ("deltakere_kjennetegn",)
COLORS = {"status": "serie-1", "kjonn": "serie-2", "alder": "serie-3"}


def columns(lang: str) -> tuple[Column, ...]:
    """What a reader sees."""
    words = TEXTS[lang]
    share = Column(name="verdi", title=words["value"], decimals=1)
    names = Column(name="gruppe", title=words["trait"]), Column(name="navn", title=words["name"])
    return *names, share, basis_column(TEXTS, lang)


def _text(top: float, bottom: float, basis: str, lang: str) -> str:
    if pd.isna(top):
        return LANGUAGES[lang].missing
    if basis == "omtrentlig" and (top, bottom) in FRACTIONS[lang]:
        return FRACTIONS[lang][top, bottom]
    return percent_sign(100 * top / bottom, lang=lang)


def compute(traits: pd.DataFrame, lang: str = BOOK) -> pd.DataFrame:
    """One row a category, in the order status, sex, age. traits: one row per (aar, kjennetegn, kategori).

    Returns rad, gruppe, kategori, navn, etikett, verdi (per cent of participants), tekst, farge, grunnlag.
    """
    order = traits["kjennetegn"].map({name: place for place, name in enumerate(TRAITS[lang])})
    traits = traits.loc[traits["aar"] == traits["aar"].max()]
    rows = traits.assign(_order=order).sort_values(["_order", "rekkefolge"]).reset_index(drop=True)
    rows["gruppe"] = rows["kjennetegn"].map(TRAITS[lang])
    names = zip(rows["kategori"], rows["navn"], strict=True)
    rows["navn"] = [label(LABELS, code, name, lang) for code, name in names]
    rows["etikett"] = rows["gruppe"] + ": " + rows["navn"].str.lower()
    rows["verdi"] = (100 * rows["teller"].astype("Float64") / rows["nevner"]).round(1)
    columns = zip(rows["teller"], rows["nevner"], rows["grunnlag"], strict=True)
    rows["tekst"] = [_text(top, bottom, basis, lang) for top, bottom, basis in columns]
    rows["farge"] = rows["kjennetegn"].map(COLORS)
    rows["rad"] = rows.index
    return rows[["rad", "gruppe", "kategori", "navn", "etikett", "verdi", "tekst", "farge", "grunnlag"]]


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A bar for each category; one colour a trait."""
    return bars(table, tokens, width)


def describe(table: pd.DataFrame, lang: str = BOOK) -> str:
    """Alt text: every trait with its categories."""
    parts = []
    for trait, rows in table.groupby("gruppe", sort=False):
        values = [f"{name.lower()} {text}" for name, text in zip(rows["navn"], rows["tekst"], strict=True)]
        parts.append(f"{trait}: {listed(values, lang)}.")
    return f"{TEXTS[lang]['alt']} {' '.join(parts)}"


def headline(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The status of more than half of the participants, if there is one."""
    most = table[(table["gruppe"] == TRAITS[lang]["status"]) & (table["verdi"] > 50)]
    return TEXTS[lang][most["kategori"].iloc[0] if len(most) else "plain"]


def small(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The first trait, status, as bars."""
    rows = table[table["gruppe"] == TRAITS[lang]["status"]]
    drawn = small_rows(rows["navn"], rows["verdi"], rows["tekst"])
    return small_html(Small(rows=drawn, alt=describe(rows, lang), lang=lang), twin(KEY, lang))


def build(data: Data, tokens: Tokens, lang: str = BOOK) -> Figure:
    """The figure in a language."""
    table, words = with_basis(compute(data["deltakere_kjennetegn"], lang), lang), TEXTS[lang]
    year = int(data["deltakere_kjennetegn"]["aar"].max())
    return Figure(
        key=twin(KEY, lang), title=headline(table, lang), subtitle=words["subtitle"].format(year=year),
        alt=describe(table, lang), table=table, columns=columns(lang), **both(draw, table, tokens),
        notes=(words["note"],), source=source_line("2.3", lang=lang), small=small(table, lang), inputs=INPUTS,
        module=__name__, lang=lang,
    )  # fmt: skip
