"""The number register as a table: every number the text may use, and where it comes from."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.records import Column, Number, Table
from rapport.tabulate import UNKNOWN
from rapport.wording import capital, quantity

KEY = "tbl-tallregister"
COLUMNS = (
    Column(name="tall", title="Tall"),
    Column(name="beskrivelse", title="Hva tallet er"),
    Column(name="verdi", title="Verdi"),
    Column(name="formel", title="Slik er det regnet"),
    Column(name="grunnlag", title="Grunnlag"),
    Column(name="kilde", title="Kilde"),
)


def anchor(key: str) -> str:
    """The id of a number's line in the register."""
    return f"tall-{key}"


def value(number: Number) -> str:
    """Value with unit, or that it is not known."""
    if number.value is None:
        return UNKNOWN
    return quantity(number.value, number.decimals, number.unit)


def build(data: Data, numbers: dict[str, Number]) -> Table:
    """The table, one row a number, with an anchor for each."""
    rows = [
        {
            "anker": anchor(number.key), "tall": number.key,
            "beskrivelse": capital(number.description), "verdi": value(number),
            "formel": number.formula, "grunnlag": number.basis, "kilde": number.source,
        }
        for number in numbers.values()
    ]  # fmt: skip
    return Table(
        key=KEY, title="Alle tall som teksten kan bruke", table=pd.DataFrame(rows), columns=COLUMNS, notes=(),
        source="datapakken på dette nettstedet", inputs=tuple(data.frames), module=__name__,
        download=True,
    )  # fmt: skip
