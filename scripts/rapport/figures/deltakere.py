"""Participants in Arbeidstrening: average per month, persons, by year. Data: deltakere.csv."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import both, source_line
from rapport.figures.shapes.told import SENTENCE, tooltip
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import MISSING, decimal, listed, percent, year_runs

KEY = "fig-deltakere"
INPUTS = ("deltakere",)
COLUMNS = (
    Column(name="aar", title="År"),
    Column(name="antall", title="Deltakere i snitt per måned", decimals=0),
    Column(name="grunnlag", title="Grunnlag"),
)
HEIGHT = 260


def compute(deltakere: pd.DataFrame) -> pd.DataFrame:
    """One row a year, with the text beside its mark and what the mark says of itself.

    deltakere: one row per aar; antall in persons.
    """
    table = deltakere.sort_values("aar", ignore_index=True)[["aar", "antall", "grunnlag"]]
    table["aar"] = table["aar"].astype(str)
    table["tekst"] = ["" if pd.isna(v) else decimal(v) for v in table["antall"]]
    table[SENTENCE] = [
        f"{year}: {f'{text} deltakere i snitt per måned' if text else MISSING}"
        for year, text in zip(table["aar"], table["tekst"], strict=True)
    ]
    return table


def _middle(table: pd.DataFrame) -> str:
    years = sorted(table.loc[table["antall"].isna(), "aar"])
    return years[(len(years) - 1) // 2]


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
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
            labelExpr="replace(format(datum.value, ','), ',', '\u00a0')",
        ),
    )
    points = alt.Chart(table[table["antall"].notna()]).encode(x=years, y=persons, tooltip=tooltip())
    layers = [
        points.mark_rule(strokeWidth=3, color=tokens.light["serie-1"]).encode(y2=alt.Y2Datum(0)),
        points.mark_point(filled=True, size=150, opacity=1, color=tokens.light["serie-1"]),
        points.mark_text(dy=-16, fontWeight=600).encode(alt.Text("tekst:N")),
    ]
    if table["antall"].isna().any():
        layers = [*_shade(table, tokens, years), *layers]
    return alt.layer(*layers).properties(width=width, height=HEIGHT)


def _shade(table: pd.DataFrame, tokens: Tokens, years: alt.X) -> list[alt.Chart]:
    """A question mark over every lost year, and one sentence about them all."""
    lost = table[table["antall"].isna()].assign(tekst="?")
    said = pd.DataFrame({"aar": [_middle(table)], "tekst": [f"{lost_years(table)}: {MISSING}"]})
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


def notes(table: pd.DataFrame) -> tuple[str, ...]:
    """Which years are stated, and why no line is drawn, when some are lost."""
    known = table.loc[table["antall"].notna(), "aar"]
    if len(known) == len(table) or known.empty:
        return ()
    return (
        f"Bare {listed(known)} er oppgitt i teksten. "
        "Vi tegner ingen linje, fordi tallene for de andre årene er ukjente.",
    )


def describe(table: pd.DataFrame) -> str:
    """Alt text: the known years with their values, then the lost ones."""
    known = table[table["antall"].notna()]
    values = "; ".join(f"{year}: {decimal(value)}" for year, value in zip(known["aar"], known["antall"], strict=True))
    text = f"Punkter for deltakere i snitt per måned, på en akse fra null. {values}."
    lost = lost_years(table)
    return f"{text} Ikke lesbart i kilden: {lost}." if lost else text


def headline(table: pd.DataFrame) -> str:
    """The change from the first to the last known year, in whole per cent."""
    known = table[table["antall"].notna()]
    if len(known) < 2 or not known["antall"].iloc[0]:
        return "Deltakere i Arbeidstrening"
    first, last = float(known["antall"].iloc[0]), float(known["antall"].iloc[-1])
    change = 100 * (last / first - 1)
    verb = "falt" if change < 0 else "steg"
    span = f"fra {known['aar'].iloc[0]} til {known['aar'].iloc[-1]}"
    return f"Antallet deltakere {verb} med {percent(abs(change))} {span}"


def small(table: pd.DataFrame) -> str:
    """The known years as bars."""
    rows = small_rows(table["aar"], table["antall"], table["tekst"])
    return small_html(Small(rows=rows, alt=describe(table), lost=lost_years(table)), KEY)


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure."""
    table = compute(data["deltakere"])
    return Figure(
        key=KEY, title=headline(table),
        subtitle="Deltakere i Arbeidstrening. Personer, gjennomsnitt per måned i året",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=notes(table), small=small(table),
        source=source_line("2.3"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
