"""All tables of the report, in the order they are made."""

from __future__ import annotations

from collections.abc import Callable

from rapport.data import Data
from rapport.records import Number, Table
from rapport.tables import (
    begrunnelser,
    datafiler,
    disposisjon,
    forskning,
    informanter,
    kjeder,
    litteratur,
    tallregister,
    varighet,
    vignetter,
)

Builder = Callable[[Data, dict[str, Number]], Table]

BUILDERS: tuple[Builder, ...] = tuple(
    module.build
    for module in (
        varighet, forskning, informanter, kjeder, vignetter, begrunnelser, litteratur, disposisjon, datafiler,
        tallregister,
    )  # fmt: skip
)
