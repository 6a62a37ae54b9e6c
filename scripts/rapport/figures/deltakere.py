"""Participants in Arbeidstrening: average per month, persons, by year. Data: deltakere.csv."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import basis_column, both, source_line, with_basis
from rapport.figures.shapes.told import SENTENCE, tooltip
from rapport.figures.texts import twin
from rapport.figures.texts.deltakere import TEXTS
from rapport.languages import BOOK, LANGUAGES
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import decimal, listed, percent, year_runs

KEY = "fig-deltakere"
INPUTS = ("deltakere",)
HEIGHT = 260


def columns(lang: str) -> tuple[Column, ...]:
    """What a reader sees."""
    words = TEXTS[lang]
    count = Column(name="antall", title=words["count"], decimals=0)
    return Column(name="aar", title=words["year"]), count, basis_column(TEXTS, lang)


def compute(deltakere: pd.DataFrame, lang: str = BOOK) -> pd.DataFrame:
    """One row a year, with the text beside its mark and what the mark says of itself.

    deltakere: one row per aar; antall in persons.
    """
    table = deltakere.sort_values("aar", ignore_index=True)[["aar", "antall", "grunnlag"]]
    table["aar"] = table["aar"].astype(str)
    table["tekst"] = ["" if pd.isna(v) else decimal(v, lang=lang) for v in table["antall"]]
    said, missing = TEXTS[lang]["sentence"], LANGUAGES[lang].missing
    table[SENTENCE] = [
        f"{year}: {said.format(count=text) if text else missing}"
        for year, text in zip(table["aar"], table["tekst"], strict=True)
    ]
    return table


def _middle(table: pd.DataFrame) -> str:
    years = sorted(table.loc[table["antall"].isna(), "aar"])
    return years[(len(years) - 1) // 2]


def draw(table: pd.DataFrame, tokens: Tokens, width: int, lang: str = BOOK) -> alt.LayerChart:
    """Points for the known years on an axis from zero; no line, as the way between is not known."""
    years = alt.X("aar:O", axis=alt.Axis(title=None, labelAngle=0, ticks=False, labelPadding=8))
    top = 1.12 * float(table["antall"].max()) if table["antall"].notna().any() else 1.0
    persons = alt.Y(
        "antall:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(
            title=None,
            tickCount=4,
            domain=False,
            ticks=False,
            labelExpr=f"replace(format(datum.value, ','), ',', '{LANGUAGES[lang].thousands}')",
        ),
    )
    points = alt.Chart(table[table["antall"].notna()]).encode(x=years, y=persons, tooltip=tooltip())
    layers = [
        points.mark_rule(strokeWidth=3, color=tokens.light["serie-1"]).encode(y2=alt.Y2Datum(0)),
        points.mark_point(filled=True, size=150, opacity=1, color=tokens.light["serie-1"]),
        points.mark_text(dy=-16, fontWeight=600).encode(alt.Text("tekst:N")),
    ]
    if table["antall"].isna().any():
        layers = [*_shade(table, tokens, years, lang), *layers]
    return alt.layer(*layers, width=width, height=HEIGHT)


def _shade(table: pd.DataFrame, tokens: Tokens, years: alt.X, lang: str) -> list[alt.Chart]:
    """A question mark over every lost year, and one sentence about them all."""
    lost = table[table["antall"].isna()].assign(tekst="?")
    said = pd.DataFrame({"aar": [_middle(table)], "tekst": [f"{lost_years(table)}: {LANGUAGES[lang].missing}"]})
    muted = tokens.light["akse"]
    marks = alt.Chart(lost).mark_text(color=muted, fontSize=18, fontWeight=600).encode(
        x=years, y=alt.YValue(HEIGHT - 22), text=alt.Text("tekst:N"), tooltip=tooltip()
    )  # fmt: skip
    sentence = alt.Chart(said).mark_text(color=muted, fontStyle="italic", align="center", dx=20).encode(
        x=years, y=alt.YValue(HEIGHT - 52), text=alt.Text("tekst:N")
    )  # fmt: skip
    return [marks, sentence]


def lost_years(table: pd.DataFrame) -> str:
    """The years without a value, as runs; empty when there are none."""
    return year_runs(int(year) for year in table.loc[table["antall"].isna(), "aar"])


def notes(table: pd.DataFrame, lang: str = BOOK) -> tuple[str, ...]:
    """Which years are stated, and why no line is drawn, when some are lost."""
    known = table.loc[table["antall"].notna(), "aar"]
    if len(known) == len(table) or known.empty:
        return ()
    return (TEXTS[lang]["note"].format(years=listed(known, lang)),)


def describe(table: pd.DataFrame, lang: str = BOOK) -> str:
    """Alt text: the known years with their values, then the lost ones."""
    known = table[table["antall"].notna()]
    pairs = zip(known["aar"], known["antall"], strict=True)
    values = "; ".join(f"{year}: {decimal(value, lang=lang)}" for year, value in pairs)
    text, lost = TEXTS[lang]["alt"].format(values=values), lost_years(table)
    return f"{text} {TEXTS[lang]['lost'].format(years=lost)}" if lost else text


def headline(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The change from the first to the last known year, in whole per cent."""
    known = table[table["antall"].notna()]
    if len(known) < 2 or not known["antall"].iloc[0]:
        return TEXTS[lang]["plain"]
    first, last = float(known["antall"].iloc[0]), float(known["antall"].iloc[-1])
    change = 100 * (last / first - 1)
    said = TEXTS[lang]["fell" if change < 0 else "rose"]
    years = {"first": known["aar"].iloc[0], "last": known["aar"].iloc[-1]}
    return said.format(change=percent(abs(change), lang=lang), **years)


def small(table: pd.DataFrame, lang: str = BOOK) -> str:
    """The known years as bars."""
    rows = small_rows(table["aar"], table["antall"], table["tekst"])
    return small_html(Small(rows=rows, alt=describe(table, lang), lost=lost_years(table), lang=lang), twin(KEY, lang))


def build(data: Data, tokens: Tokens, lang: str = BOOK) -> Figure:
    """The figure in a language."""
    table = with_basis(compute(data["deltakere"], lang), lang)
    return Figure(
        key=twin(KEY, lang), title=headline(table, lang), subtitle=TEXTS[lang]["subtitle"], alt=describe(table, lang),
        table=table, columns=columns(lang), **both(partial(draw, lang=lang), table, tokens),
        notes=notes(table, lang), small=small(table, lang), source=source_line("2.3", lang=lang), inputs=INPUTS,
        module=__name__, lang=lang,
    )  # fmt: skip
