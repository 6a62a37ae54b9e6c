"""One mark per answer: rows of dots for groups too small for percentages.

Input: `marks`, one row a dot, with rad, nr (1, 2, …), farge (a role) and fylt (filled, or hollow when
the placing is an inference); `rows`, one a row, with rad, etikett and tekst (said when there are no dots).
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.design import Tokens
from rapport.figures.shapes.rows import MARK_SHIFT, height, labels, remarks, row_axis

LARGEST_STEP = 26  # pixels between dots where there is room
DOT = 0.58  # a dot's diameter as a share of the step


def _step(marks: pd.DataFrame, width: int) -> float:
    most = int(marks["nr"].max()) if len(marks) else 1
    return min(LARGEST_STEP, width / most)


def _dots(marks: pd.DataFrame, tokens: Tokens, width: int, count: int) -> alt.Chart:
    step = _step(marks, width)
    most = int(marks["nr"].max())
    x = alt.X("nr:Q", axis=None, scale=alt.Scale(domain=[0.5, most + 0.5], range=[0, step * most], nice=False))
    roles = sorted(marks["farge"].unique())
    colors = alt.Scale(domain=roles, range=[tokens.light[role] for role in roles])
    area = 3.14159 / 4 * (DOT * step) ** 2
    return (
        alt.Chart(marks)
        .mark_point(shape="circle", size=round(area), strokeWidth=2, opacity=1, yOffset=MARK_SHIFT)
        .encode(
            x=x,
            y=row_axis(count),
            stroke=alt.Stroke("farge:N", scale=colors, legend=None),
            fill=alt.Fill("farge:N", scale=colors, legend=None),
            fillOpacity=alt.FillOpacity("fylt:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None),
        )
    )


def dots(marks: pd.DataFrame, rows: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """The chart, `width` pixels wide."""
    count = len(rows)
    silent = rows[rows["tekst"] != ""]
    layers = [labels(rows, count)]
    if len(marks):
        layers.insert(0, _dots(marks, tokens, width, count))
    if len(silent):
        layers.append(remarks(silent, count, tokens.light["akse"]))
    return alt.layer(*layers).properties(width=width, height=height(count))
