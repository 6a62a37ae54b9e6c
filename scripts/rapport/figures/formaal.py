"""Purposes of Arbeidstrening: share of the agreements registered in 2021, per cent. Data: formaal.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import basis_column, both, source_line, with_basis
from rapport.figures.shapes.bars import bars
from rapport.figures.texts import label, twin
from rapport.figures.texts.formaal import LABELS, TEXTS
from rapport.languages import BOOK, LANGUAGES
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import listed, percent, percent_sign

KEY = "fig-formaal"
INPUTS = ("formaal",)
REST = "resten"  # the code of what is left of the joint row


def columns(lang: str) -> tuple[Column, ...]:
    """What a reader sees."""
    words = TEXTS[lang]
    share = Column(name="verdi", title=words["value"], decimals=0)
    return Column(name="navn", title=words["name"]), share, basis_column(TEXTS, lang)


def _rest(rows: pd.DataFrame) -> pd.DataFrame:
    """The joint row less the parts of it that are known; none when no part is lost."""
    joint = rows[rows["type"] == "samlet"]
    parts = rows[rows["samlet_i"].notna()]
    found = parts["andel_prosent"].notna()
    if joint.empty or found.all():
        return joint.head(0)
    if found.any():
        joint = joint.assign(navn=TEXTS[BOOK]["rest"], formaal=REST)
    return joint.assign(andel_prosent=joint["andel_prosent"] - parts["andel_prosent"].sum())


def compute(formaal: pd.DataFrame, lang: str = BOOK) -> pd.DataFrame:
    """One row a purpose: those that are known, the rest as one, then those that are lost.

    formaal: one row per (aar, formaal); the last year is used, and the label that belongs to no purpose
    left out. Returns rad, navn, type, etikett, verdi (per cent), tekst, farge, grunnlag. Source: section 2.2.
    """
    rows = formaal[(formaal["aar"] == formaal["aar"].max()) & (formaal["type"] != "etikett")].sort_values("rekkefolge")
    single = rows[rows["type"] == "kategori"]
    known, lost = single[single["andel_prosent"].notna()], single[single["andel_prosent"].isna()]
    table = pd.concat([known, _rest(rows), lost], ignore_index=True)
    names = [label(LABELS, code, name, lang) for code, name in zip(table["formaal"], table["navn"], strict=True)]
    table = table.assign(rad=table.index, navn=names, etikett=names, verdi=table["andel_prosent"])
    table["farge"] = (table["type"] == "samlet").map({True: "ukjent", False: "serie-1"})
    table["tekst"] = [LANGUAGES[lang].missing if pd.isna(v) else percent_sign(v, lang=lang) for v in table["verdi"]]
    return table[["rad", "navn", "type", "etikett", "verdi", "tekst", "farge", "grunnlag"]]


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A bar for each known share; the lost ones are named and said to be lost."""
    return bars(table, tokens, width)


def describe(table: pd.DataFrame, lang: str = BOOK) -> str:
    """Alt text: form, axes and every value."""
    known = table[table["verdi"].notna()]
    pairs = zip(known["navn"], known["verdi"], strict=True)
    parts = [f"{name.lower()} {percent(value, lang=lang)}" for name, value in pairs]
    lost = table[table["verdi"].isna()]["navn"].str.lower()
    text = TEXTS[lang]["alt"].format(parts=listed(parts, lang)) if parts else ""
    gap = TEXTS[lang]["lost"].format(names=listed(lost, lang)) if len(lost) else ""
    return f"{text} {gap}".strip()


def headline(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The largest purpose, when any is known."""
    single = table[table["type"] == "kategori"].dropna(subset=["verdi"])
    if single.empty:
        return TEXTS[lang]["plain"]
    return TEXTS[lang]["largest"].format(name=single.loc[single["verdi"].astype(float).idxmax(), "navn"])


def notes(formaal: pd.DataFrame, lang: str = BOOK) -> tuple[str, ...]:
    """What the shares are shares of, and which labels of the source's figure are left out."""
    loose = formaal.loc[formaal["type"] == "etikett", "andel_prosent"].dropna()
    words = TEXTS[lang]
    return (words["base"], *(words["loose"].format(value=percent_sign(v, lang=lang)) for v in loose))


def small(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The known shares as bars; the joint row stands for the lost ones."""
    rows = table[table["verdi"].notna() | (table["type"] != "kategori")]
    drawn = small_rows(rows["navn"], rows["verdi"], rows["tekst"])
    return small_html(Small(rows=drawn, alt=describe(rows, lang), lang=lang), twin(KEY, lang))


def build(data: Data, tokens: Tokens, lang: str = BOOK) -> Figure:
    """The figure in a language."""
    table = with_basis(compute(data["formaal"], lang), lang)
    year = int(data["formaal"]["aar"].max())
    return Figure(
        key=twin(KEY, lang), title=headline(table, lang), subtitle=TEXTS[lang]["subtitle"].format(year=year),
        alt=describe(table, lang), table=table, columns=columns(lang), **both(draw, table, tokens),
        notes=notes(data["formaal"], lang), source=source_line("2.2", lang=lang), small=small(table, lang),
        inputs=INPUTS, module=__name__, lang=lang,
    )  # fmt: skip
