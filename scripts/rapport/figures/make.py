"""How a Figure is put together from its module's parts. Knows design, wording, its texts and Altair's output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from rapport.design import NARROW, WIDE, Tokens, chart_config
from rapport.figures.texts import BASIS, SOURCE, Texts, label
from rapport.languages import BOOK
from rapport.records import Column
from rapport.wording import listed

Draw = Callable[[pd.DataFrame, Tokens, int], alt.LayerChart | alt.Chart]


def source_line(*sections: str, lang: str = BOOK) -> str:
    """ "Kilde: …" of a figure: the evaluation and the sections that the values stand in."""
    return SOURCE[lang].format(sections=listed(sections, lang))


def with_basis(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The table with `basis`, what each row rests on in the words of its language; as it is in the book's own."""
    if lang == BOOK:
        return table
    return table.assign(basis=[label(BASIS, code, code, lang) for code in table["grunnlag"]])


def basis_column(texts: Texts, lang: str) -> Column:
    """The column that says what each row rests on."""
    return Column(name="grunnlag" if lang == BOOK else "basis", title=texts[lang]["basis"])


def _records(data: Any = None, **_options: Any) -> dict[str, Any]:
    """A table's rows as Vega-Lite reads them. Altair's own way is made for columns of any kind, and takes a sixth of
    the time of all figures."""
    columns = [[None if value is pd.NA or value != value else value for value in data[name].tolist()] for name in data]
    return {"values": [dict(zip(data.columns, row, strict=True)) for row in zip(*columns, strict=True)]}


alt.data_transformers.register("rows", _records)


def spec(draw: Draw, table: pd.DataFrame, tokens: Tokens, variant: str) -> dict[str, Any]:
    """The Vega-Lite specification of one width, with the shared config and the data inside."""
    # Altair would check every part against its schema as it is made; a test does that once instead.
    with debug_mode(False), alt.data_transformers.enable("rows"):
        chart = draw(table, tokens, tokens.width(variant))
        chart.config = alt.Config(**chart_config(tokens))  # `configure` would copy all of it once more
        return chart.to_dict(validate=False)


def both(draw: Draw, table: pd.DataFrame, tokens: Tokens) -> dict[str, dict[str, Any]]:
    """The two widths as keyword arguments of a Figure: `wide` and `narrow`."""
    return {"wide": spec(draw, table, tokens, WIDE), "narrow": spec(draw, table, tokens, NARROW)}
