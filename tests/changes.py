"""Changed copies of the committed data, for tests that ask what follows when a value changes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from rapport.data import Data


def with_frame(data: Data, resource: str, frame: pd.DataFrame) -> Data:
    """The data with one table exchanged."""
    return replace(data, frames={**data.frames, resource: frame})


def with_values(data: Data, resource: str, where: dict[str, object], **values: object) -> Data:
    """The data with `values` (column=value) in the rows that `where` (column: value) names; {} names all."""
    frame = data[resource].copy()
    rows = pd.Series(True, index=frame.index)
    for column, wanted in where.items():
        rows &= (frame[column] == wanted).fillna(False)
    assert rows.any(), f"no row of {resource} has {where}"
    for column, value in values.items():
        frame.loc[rows, column] = pd.NA if value is None else value
    return with_frame(data, resource, frame)
