"""Who was interviewed: one mark per interview, by group. Data: informanter.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import basis_column, both, source_line, with_basis
from rapport.figures.shapes.marks import dots
from rapport.figures.shapes.told import told_of
from rapport.figures.texts import label, twin
from rapport.figures.texts.informanter import LABELS, TEXTS, UNITS
from rapport.languages import BOOK, LANGUAGES
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import decimal, listed, small

KEY = "fig-informanter"
INPUTS = ("informanter",)
COLORS = {"intervju": "serie-1", "arbeidsmote": "serie-2"}
INTERVIEWS = "intervjuer"  # the unit of groups whose members were interviewed one by one


def columns(lang: str) -> tuple[Column, ...]:
    """What a reader sees."""
    words = TEXTS[lang]
    count = Column(name="antall", title=words["count"], decimals=0)
    unit = Column(name="enhet" if lang == BOOK else "unit", title=words["unit"])
    return Column(name="navn", title=words["name"]), count, unit, basis_column(TEXTS, lang)


def compute(informanter: pd.DataFrame, lang: str = BOOK) -> pd.DataFrame:
    """One row a main group, interviews first. informanter: one row per gruppe; antall in enhet.

    Returns rad, navn, metode, etikett, tekst, antall, enhet, unit, farge, grunnlag. Source: section 1.2.
    """
    rows = informanter[informanter["rolle"] == "hovedgruppe"].sort_values("rekkefolge").reset_index(drop=True)
    rows["navn"] = [label(LABELS, code, name, lang) for code, name in zip(rows["gruppe"], rows["navn"], strict=True)]
    lost = rows["antall"].isna()
    labels = [
        n if gone else f"{n}: {decimal(a, lang=lang)}"
        for n, a, gone in zip(rows["navn"], rows["antall"], lost, strict=True)
    ]
    rows = rows.assign(
        rad=rows.index, etikett=labels, tekst=lost.map({True: LANGUAGES[lang].missing, False: ""}),
        farge=rows["metode"].map(COLORS), unit=[label(UNITS, unit, unit, lang) for unit in rows["enhet"]],
    )  # fmt: skip
    return rows[["rad", "navn", "metode", "etikett", "tekst", "antall", "enhet", "unit", "farge", "grunnlag"]]


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
    return dots(marks(table), told_of(table), tokens, width)


def describe(table: pd.DataFrame, lang: str = BOOK) -> str:
    """Alt text: the number in each group."""
    counts = [LANGUAGES[lang].missing if pd.isna(n) else decimal(n, lang=lang) for n in table["antall"]]
    groups = [f"{small(name)} {count}" for name, count in zip(table["navn"], counts, strict=True)]
    return TEXTS[lang]["alt"].format(groups=listed(groups, lang))


def headline(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The two largest groups of interviews."""
    interviews = table[(table["metode"] == "intervju") & table["antall"].notna()]
    if len(interviews) < 2:
        return TEXTS[lang]["plain"]
    first, second = interviews.nlargest(2, "antall").itertuples()
    return TEXTS[lang]["main"].format(
        first=decimal(first.antall, lang=lang), one=small(first.navn),
        second=decimal(second.antall, lang=lang), other=small(second.navn),
    )  # fmt: skip


def small_figure(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The interviews as marks, one row a group."""
    rows, within = table[table["metode"] == "intervju"], TEXTS[lang]["with"]
    texts = ["" if pd.isna(count) else decimal(count, lang=lang) for count in rows["antall"]]
    names = [within.format(group=small(r.navn)) if r.enhet == INTERVIEWS else r.navn for r in rows.itertuples()]
    drawn = Small(rows=small_rows(names, rows["antall"], texts), alt=describe(rows, lang), dots=True, lang=lang)
    return small_html(drawn, twin(KEY, lang))


def build(data: Data, tokens: Tokens, lang: str = BOOK) -> Figure:
    """The figure in a language."""
    table = with_basis(compute(data["informanter"], lang), lang)
    return Figure(
        key=twin(KEY, lang), title=headline(table, lang), subtitle=TEXTS[lang]["subtitle"], alt=describe(table, lang),
        table=table, columns=columns(lang), **both(draw, table, tokens),
        notes=(TEXTS[lang]["note"],), source=source_line("1.2", lang=lang), small=small_figure(table, lang),
        inputs=INPUTS, module=__name__, lang=lang,
    )  # fmt: skip
