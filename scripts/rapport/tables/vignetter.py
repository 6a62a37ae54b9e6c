"""The six vignettes: what the caseworkers were told and what was tested. Data: vignetter.csv."""

from __future__ import annotations

from rapport.data import Data
from rapport.figures.make import source_line
from rapport.records import Column, Number, Table

KEY = "tbl-vignetter"
INPUTS = ("vignetter",)
COLUMNS = (
    Column(name="bruker", title="Bruker"),
    Column(name="situasjon", title="Opplysninger veilederne fikk"),
    Column(name="testet", title="Hva som ble testet"),
    Column(name="antall_veiledere", title="Veiledere", decimals=0),
)


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table, one row a case."""
    cases = data["vignetter"]
    table = cases.assign(bruker=cases["navn"] + " (" + cases["alder"].astype("string") + " år)")
    return Table(
        key=KEY, title="De seks brukersituasjonene", table=table, columns=COLUMNS,
        notes=("«Ukjent» betyr at antallet veiledere ikke er lesbart i kilden.",),
        source=source_line("5.1–5.6"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
