"""How a Figure is put together from its module's parts. Knows design, wording and Altair's output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from rapport.design import NARROW, WIDE, Tokens, chart_config
from rapport.wording import listed

SOURCE = "Oslo Economics og Frischsenteret (2023)"

Draw = Callable[[pd.DataFrame, Tokens, int], alt.LayerChart | alt.Chart]


def source_line(*sections: str) -> str:
    """ "Kilde: …" of a figure: the evaluation and the sections that the values stand in."""
    return f"{SOURCE}, avsnitt {listed(sections)}"


def spec(draw: Draw, table: pd.DataFrame, tokens: Tokens, variant: str) -> dict[str, Any]:
    """The Vega-Lite specification of one width, with the shared config and the data inside."""
    # Altair would check every part against its schema as it is made; a test does that once instead.
    with debug_mode(False):
        chart = draw(table, tokens, tokens.width(variant)).configure(**chart_config(tokens))
        return chart.to_dict(validate=False)


def both(draw: Draw, table: pd.DataFrame, tokens: Tokens) -> dict[str, dict[str, Any]]:
    """The two widths as keyword arguments of a Figure: `wide` and `narrow`."""
    return {"wide": spec(draw, table, tokens, WIDE), "narrow": spec(draw, table, tokens, NARROW)}
