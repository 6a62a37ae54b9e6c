"""Where each section, figure and box of the report is found here. Data: disposisjon.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.records import Column, Number, Table
from rapport.wording import place

KEY = "tbl-disposisjon"
INPUTS = ("disposisjon",)
COLUMNS = (
    Column(name="avsnitt", title="I rapporten"),
    Column(name="tittel", title="Innhold"),
    Column(name="linjer", title="Linjer"),
    Column(name="her", title="Her", refs=True),
)


def compute(outline: pd.DataFrame) -> pd.DataFrame:
    """One row a section, figure or box, with its lines alone. outline: one row per avsnitt."""
    places = outline["kilde"].str.replace(r"[^;]*?, linje ", "", regex=True).str.replace(";", ", ").map(place)
    names = outline["avsnitt"].str.replace(r"^Boks: .*", "Tekstboks", regex=True)
    return outline.assign(linjer=places, avsnitt=names).sort_values("rekkefolge")


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    return Table(
        key=KEY, title="Hvor finner du rapportens avsnitt?", table=compute(data["disposisjon"]), columns=COLUMNS,
        notes=("Titlene er våre. Linjene er linjer i tekstutgaven vi har arbeidet ut fra.",),
        source="rapportens disposisjon", inputs=INPUTS, module=__name__,
    )  # fmt: skip
