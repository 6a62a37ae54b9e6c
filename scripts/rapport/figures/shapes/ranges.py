"""Horizontal ranges on one axis, with limits drawn through them; what has no number is said in words.

Input: one row a range, with rad (order from 0), etikett, tekst (said below the label), taust (said where
a bar would be, when there is none), fra and til
(either may be missing: an upper bound begins at zero, a lower bound ends in an arrow; with neither,
nothing is drawn). `limits` holds one row a limit, with verdi, tekst and forklaring.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.design import Tokens
from rapport.figures.shapes.rows import row_axis
from rapport.figures.shapes.told import told, tooltip

STEP = 64  # pixels a row
LABEL, WORDS, BAR = -22, -5, 14  # the three lines of a row, from its middle
THICK = 14
OPEN = 2.0  # how far a range without an upper end is drawn, in units of the axis
HEAD = 420  # the arrow's area in square pixels


def ends(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that can be drawn, with start, slutt and apen (no upper end)."""
    known = table[table["fra"].notna() | table["til"].notna()]
    start = known["fra"].fillna(0).astype(float)
    return known.assign(
        start=start, slutt=known["til"].astype("Float64").fillna(start + OPEN), apen=known["til"].isna()
    )


def _lines(table: pd.DataFrame, count: int, color: str) -> list[alt.Chart]:
    base = alt.Chart(table).encode(alt.XValue(0), row_axis(count), tooltip())
    mark = {"align": "left", "baseline": "middle"}
    return [
        base.mark_text(**mark, yOffset=LABEL).encode(alt.Text("etikett:N")),
        base.mark_text(**mark, yOffset=WORDS, color=color).encode(alt.Text("tekst:N")),
        base.mark_text(**mark, yOffset=BAR, color=color, fontStyle="italic").encode(alt.Text("taust:N")),
    ]


def _axis(column: str, top: float) -> alt.X:
    """The axis that all layers share: ticks at every third unit."""
    axis = alt.Axis(title="Måneder", values=list(range(0, int(top) + 1, 3)), grid=False)
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis)


def _limits(limits: pd.DataFrame, top: float, color: str) -> list[alt.Chart]:
    base = alt.Chart(limits).encode(_axis("verdi", top), tooltip())
    name = {"align": "right", "baseline": "bottom", "dy": -4, "dx": 1, "color": color}
    return [
        base.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=color),
        base.mark_text(**name).encode(alt.YValue(0), alt.Text("tekst:N")),
    ]


def _bars(drawn: pd.DataFrame, count: int, top: float, color: str) -> list[alt.Chart]:
    y, shade = row_axis(count), alt.value(color)
    base = alt.Chart(drawn).encode(y, _axis("start", top), alt.X2("slutt:Q"), tooltip(), color=shade)
    heads = alt.Chart(drawn[drawn["apen"]]).encode(y, _axis("slutt", top), tooltip(), color=shade)
    head = {"shape": "triangle-right", "size": HEAD, "filled": True, "opacity": 1, "yOffset": BAR, "xOffset": 6}
    return [base.mark_bar(size=THICK, yOffset=BAR), heads.mark_point(**head)]


def ranges(table: pd.DataFrame, limits: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """The chart, `width` pixels wide."""
    table = told(table)
    count, drawn = len(table), ends(table)
    top = max([1.0, *drawn["slutt"].astype(float), *limits["verdi"].astype(float)])
    muted = tokens.light["akse"]
    layers = _limits(limits, top, muted) if len(limits) else []
    if len(drawn):
        layers += _bars(drawn, count, top, tokens.light["serie-1"])
    layers += _lines(table, count, muted)
    return alt.layer(*layers, width=width, height=STEP * count)
