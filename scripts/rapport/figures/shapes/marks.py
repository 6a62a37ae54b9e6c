"""One mark per answer: rows of dots for groups too small for percentages.

Input: `marks`, one row a dot, with rad, nr (1, 2, …), farge (a role) and fylt (filled, or hollow when
the placing is an inference); `rows`, one a row, with rad, etikett, tekst (said when there are no dots) and,
where it is known, grunnlag.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.design import Tokens
from rapport.figures.shapes.rows import MARK_SHIFT, height, labels, remarks, row_axis
from rapport.figures.shapes.told import SENTENCE, told, tooltip

LARGEST_STEP = 26  # pixels between dots where there is room
DOT = 0.58  # a dot's diameter as a share of the step


def _dots(marks: pd.DataFrame, tokens: Tokens, count: int) -> alt.Chart:
    """The dots, as large as the chart's width has room for: the specification holds for every width."""
    most = int(marks["nr"].max())
    end, step = {"expr": f"min({LARGEST_STEP * most}, width)"}, f"min({LARGEST_STEP}, width / {most})"
    x = alt.X("nr:Q", axis=None, scale=alt.Scale(domain=[0.5, most + 0.5], range=[0, end], nice=False))
    roles = sorted(marks["farge"].unique())
    colors = alt.Scale(domain=roles, range=[tokens.light[role] for role in roles])
    area = {"expr": f"round(3.14159 / 4 * pow({DOT} * {step}, 2))"}
    return (
        alt.Chart(marks)
        .mark_point(shape="circle", size=area, strokeWidth=2, opacity=1, yOffset=MARK_SHIFT)
        .encode(
            x=x,
            y=row_axis(count),
            stroke=alt.Stroke("farge:N", scale=colors, legend=None),
            fill=alt.Fill("farge:N", scale=colors, legend=None),
            fillOpacity=alt.FillOpacity("fylt:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None),
            tooltip=tooltip(),
        )
    )


def dots(marks: pd.DataFrame, rows: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """The chart, `width` pixels wide."""
    count, rows = len(rows), told(rows)
    marks = marks.assign(**{SENTENCE: marks["rad"].map(rows.set_index("rad")[SENTENCE])})
    silent = rows[rows["tekst"] != ""]
    layers = [labels(rows, count)]
    if len(marks):
        layers.insert(0, _dots(marks, tokens, count))
    if len(silent):
        layers.append(remarks(silent, count, tokens.light["akse"]))
    return alt.layer(*layers, width=width, height=height(count))
