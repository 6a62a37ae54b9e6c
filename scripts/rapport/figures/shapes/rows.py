"""Rows: a chart of labelled rows, each a bar, a line of marks or a sentence about what is missing.

The label stands above its row, so that long Norwegian words fit on a phone and no legend is needed.
Input tables have one row a bar or mark, with `rad` (row order from 0), `etikett` (the label) and what told.py adds.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.figures.shapes.told import tooltip

STEP = 54  # pixels a row
LABEL_SHIFT = -15  # the label, from the middle of its row
MARK_SHIFT = 8  # the bar or mark, from the middle of its row


def row_axis(count: int) -> alt.Y:
    """The rows' own axis: ordinal, unlabelled (labels are drawn in the chart)."""
    scale = alt.Scale(domain=list(range(count)), paddingInner=0, paddingOuter=0)
    return alt.Y("rad:O", axis=None, scale=scale)


def _texts(rows: pd.DataFrame, count: int, column: str, mark: dict[str, object]) -> alt.Chart:
    text = alt.Text(f"{column}:N")
    return alt.Chart(rows).mark_text(**mark).encode(alt.XValue(0), row_axis(count), text, tooltip())


def labels(rows: pd.DataFrame, count: int, *, bold: bool = False) -> alt.Chart:
    """The label above each row. rows: one a row, with rad and etikett."""
    mark = {"align": "left", "baseline": "middle", "yOffset": LABEL_SHIFT, "fontWeight": 600 if bold else 400}
    return _texts(rows, count, "etikett", mark)


def remarks(rows: pd.DataFrame, count: int, color: str) -> alt.Chart:
    """A sentence where a bar would be. rows: one a row, with rad and tekst."""
    mark = {"align": "left", "baseline": "middle", "yOffset": MARK_SHIFT, "fontStyle": "italic", "color": color}
    return _texts(rows, count, "tekst", mark)


def height(count: int) -> int:
    """Pixels that `count` rows take."""
    return STEP * count
