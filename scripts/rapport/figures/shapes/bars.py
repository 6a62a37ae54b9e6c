"""Horizontal bars with direct labels; missing values are said in words, never drawn as zero.

Input: one row a bar, with rad (order from 0), etikett, verdi (may be missing), tekst (shown at the
end of the bar, or instead of it when verdi is missing) and farge (a role of the tokens).
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.design import Tokens
from rapport.figures.shapes.rows import MARK_SHIFT, height, labels, remarks, row_axis
from rapport.figures.shapes.told import told, tooltip

LABEL_ROOM = 0.34  # share of the width kept free for the text at the end of the longest bar


def _colors(tokens: Tokens, table: pd.DataFrame) -> alt.Color:
    roles = sorted(table["farge"].unique())
    scale = alt.Scale(domain=roles, range=[tokens.light[role] for role in roles])
    return alt.Color("farge:N", scale=scale, legend=None)


def bars(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """The chart, `width` pixels wide."""
    count, table = len(table), told(table)
    known, missing = table[table["verdi"].notna()], table[table["verdi"].isna()]
    top = float(known["verdi"].max()) / (1 - LABEL_ROOM) if len(known) else 1.0
    x = alt.X("verdi:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    base = alt.Chart(known).encode(y=row_axis(count), x=x, tooltip=tooltip())
    layers = [
        base.mark_bar(size=18, yOffset=MARK_SHIFT).encode(color=_colors(tokens, known)),
        base.mark_text(align="left", baseline="middle", dx=6, yOffset=MARK_SHIFT, fontWeight=600).encode(
            alt.Text("tekst:N")
        ),
        labels(table, count),
    ]
    if len(missing):
        layers.append(remarks(missing, count, tokens.light["akse"]))
    return alt.layer(*layers, width=width, height=height(count))
