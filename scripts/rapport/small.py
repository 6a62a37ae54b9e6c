"""Small drawings for the front page: a figure's rows as bars or marks, in an SVG of a few hundred bytes.

Drawn here and not by Vega, as a page holds several and they are no more than rectangles and circles. Knows wording.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import pandas as pd

from rapport.languages import BOOK, LANGUAGES
from rapport.wording import capital, listed

WIDTH, STEP = 300, 42  # of the drawing, and the height of a row
BAR, LABEL, MARK = 12, 14, 28  # a bar's height; from a row's top to the label's baseline, and to the marks' middle
ROOM, LETTER = 0.72, 7  # the most of the width that a bar takes, and pixels a letter of its value
DOT, GAP = 5, 13  # a mark's radius, and the way to the next where there is room


@dataclass(frozen=True, slots=True)
class SmallRow:
    """One row: its label, its value (None: not readable in the source), and how the value is written."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """Rows as bars, or with `dots` as one mark per answer, `hollow` when inferred; `alt` tells them in words.

    `lost` says which rows are not readable in the source; by default their labels.
    """

    rows: tuple[SmallRow, ...]
    alt: str
    dots: bool = False
    hollow: bool = False
    lost: str = ""
    lang: str = BOOK


def small_rows(labels: Iterable[str], values: Iterable[float], texts: Iterable[str]) -> tuple[SmallRow, ...]:
    """Columns of a figure's table as rows."""
    columns = zip(labels, values, texts, strict=True)
    return tuple(SmallRow(label, None if pd.isna(value) else float(value), text) for label, value, text in columns)


def _label(text: str, top: int) -> str:
    return f'<text y="{top + LABEL}">{escape(text)}</text>'


def _longest(rows: list[SmallRow]) -> float:
    """Pixels of the longest bar: what the longest value beside it leaves."""
    letters = max((len(row.text) for row in rows), default=0)
    return min(WIDTH * ROOM, WIDTH - 6 - LETTER * letters)


def _bar(row: SmallRow, top: int, longest: float, most: float) -> str:
    width = round(longest * (row.value or 0) / most, 1) if most else 0
    return (
        f'{_label(row.label, top)}<rect y="{top + MARK - BAR // 2}" width="{width:g}" height="{BAR}"/>'
        f'<text class="verdi" x="{width + 6:g}" y="{top + MARK + 5}">{escape(row.text)}</text>'
    )


def _dots(row: SmallRow, top: int, most: float, *, hollow: bool) -> str:
    gap = min(GAP, WIDTH / max(most, 1))
    kind = ' class="apen"' if hollow else ""
    marks = "".join(
        f'<circle{kind} cx="{round(DOT + 1 + gap * number, 1):g}" cy="{top + MARK}" r="{DOT}"/>'
        for number in range(int(row.value or 0))
    )
    return _label(f"{row.label}: {row.text}", top) + marks


def _said(text: str) -> str:
    return f'<span class="mangler">{text}</span>'


def _inferred(small: Small) -> str:
    return _said(LANGUAGES[small.lang].hollow) if small.hollow else ""


def _lost(small: Small) -> str:
    labels = [row.label for row in small.rows if row.value is None]
    lost = small.lost or (listed(labels, small.lang) if labels else "")
    missing = capital(LANGUAGES[small.lang].missing)
    return _said(f"{missing}: {escape(lost)}") if lost else ""


def small_html(small: Small, key: str) -> str:
    """The drawing of figure `key`, named by its alt text, and lines about what is inferred or not readable."""
    known = [row for row in small.rows if row.value is not None]
    most = max((row.value or 0 for row in known), default=0)
    drawn = "".join(
        _dots(row, STEP * at, most, hollow=small.hollow) if small.dots else _bar(row, STEP * at, _longest(known), most)
        for at, row in enumerate(known)
    )
    return (
        f'<span class="liten-figur" data-figur="{key}"><span role="img" aria-label="{escape(small.alt)}">'
        f'<svg viewBox="0 0 {WIDTH} {STEP * len(known)}" aria-hidden="true" focusable="false">{drawn}</svg></span>'
        f"{_inferred(small)}{_lost(small)}</span>\n"
    )
