"""What a mark says of itself when it is pointed at: its row's label, its value in words, and what that rests on.

The sentence stands in the specification as the mark's tooltip. A drawing does not show it; an explored chart does.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

SENTENCE = "forklaring"
TOLD = ("rad", "etikett", "tekst", "grunnlag", "basis")  # what a row of dots is told by
PLAIN = ("oppgitt", "ukjent")  # nothing to warn of, or said already


def tooltip() -> alt.Tooltip:
    """The channel that a layer of told rows is encoded with."""
    return alt.Tooltip(f"{SENTENCE}:N")


def told_of(table: pd.DataFrame) -> pd.DataFrame:
    """The columns of a figure's table that its rows are told by."""
    return table[[name for name in TOLD if name in table]]


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `forklaring`. rows: etikett, tekst (may be empty) and, where they are known, grunnlag and basis."""
    bases = rows["grunnlag"] if "grunnlag" in rows else [PLAIN[0]] * len(rows)
    called = rows.get("basis", bases)  # in the words of another language
    return rows.assign(
        **{
            SENTENCE: [
                (f"{label}: {text}" if text else str(label)) + ("" if basis in PLAIN else f" ({name})")
                for label, text, basis, name in zip(rows["etikett"], rows["tekst"], bases, called, strict=True)
            ]
        }
    )
