"""What a mark says of itself when it is pointed at: its row's label, its value in words, and what that rests on.

The sentence stands in the specification as the mark's tooltip. A drawing does not show it; an explored chart does.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

SENTENCE = "forklaring"
PLAIN = ("oppgitt", "ukjent")  # nothing to warn of, or said already


def tooltip() -> alt.Tooltip:
    """The channel that a layer of told rows is encoded with."""
    return alt.Tooltip(f"{SENTENCE}:N")


def told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `forklaring`. rows: etikett, tekst (may be empty) and, where it is known, grunnlag."""
    bases = rows["grunnlag"] if "grunnlag" in rows else [PLAIN[0]] * len(rows)
    return rows.assign(
        **{
            SENTENCE: [
                (f"{label}: {text}" if text else str(label)) + ("" if basis in PLAIN else f" ({basis})")
                for label, text, basis in zip(rows["etikett"], rows["tekst"], bases, strict=True)
            ]
        }
    )
