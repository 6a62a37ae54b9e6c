"""The data package's own contents: every CSV with its rows and what it holds. Data: datapackage.json."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.records import Column, Number, Table

KEY = "tbl-datafiler"
COLUMNS = (
    Column(name="fil", title="Fil"),
    Column(name="innhold", title="Innhold"),
    Column(name="rader", title="Rader", decimals=0),
    Column(name="ukjente", title="Ukjente verdier", decimals=0),
)


def compute(data: Data) -> pd.DataFrame:
    """One row a resource: file, title, number of rows, number of rows with grunnlag = ukjent."""
    rows = [
        {
            "fil": resource["path"],
            "innhold": resource["title"],
            "rader": len(data[resource["name"]]),
            "ukjente": int((data[resource["name"]]["grunnlag"] == "ukjent").sum()),
        }
        for resource in data.descriptor["resources"]
    ]
    return pd.DataFrame(rows)


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    return Table(
        key=KEY, title=f"Datafilene i versjon {data.descriptor['version']}", table=compute(data), columns=COLUMNS,
        notes=(), source="datapakken på dette nettstedet", inputs=tuple(data.frames), module=__name__,
    )  # fmt: skip
