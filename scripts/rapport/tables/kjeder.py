"""The impact chains side by side. Data: kjeder.csv, kjede_varighet.csv, virkningskjeder.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.figures.kjeder import sections
from rapport.figures.make import source_line
from rapport.records import Column, Number, Table
from rapport.wording import MISSING, spelled

KEY = "tbl-kjeder"
INPUTS = ("kjeder", "kjede_varighet", "virkningskjeder")
COLUMNS = (
    Column(name="kjede_navn", title="Kjede"),
    Column(name="varighet", title="Typisk varighet"),
    Column(name="arbeidsmengde", title="Arbeidsmengde"),
    Column(name="oppfolging", title="Oppfølging"),
    Column(name="avstand", title="Avstand til arbeidslivet"),
    Column(name="onsket_utfall", title="Ønsket utfall"),
)
SILENT = "Ikke omtalt"


def durations(rows: pd.DataFrame) -> pd.Series:
    """The duration of each chain in words, by kjede; one sentence a group where there are several.

    rows: kjede_varighet.csv, one row per (kjede, gruppe).
    """
    named = rows["gruppe_navn"] + ": " + rows["varighet"].str[:1].str.lower() + rows["varighet"].str[1:]
    rows = rows.assign(tekst=rows["varighet"].where(rows["gruppe"] == "alle", named)).sort_values("rekkefolge")
    return rows.groupby("kjede")["tekst"].agg(". ".join)


def compute(data: Data) -> pd.DataFrame:
    """One row a chain, in order, with the columns that a reader sees, and grunnlag."""
    links = data["virkningskjeder"]
    outcomes = links[links["ledd"] == "onsket_utfall"].set_index("kjede")["innhold"]
    rows = data["kjeder"].sort_values("rekkefolge").reset_index(drop=True)
    rows = rows.assign(
        varighet=rows["kjede"].map(durations(data["kjede_varighet"])),
        onsket_utfall=rows["kjede"].map(outcomes).fillna(MISSING),
    )
    silent = ["arbeidsmengde", "oppfolging", "avstand"]
    return rows.assign(**{column: rows[column].fillna(SILENT) for column in silent})


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    table = compute(data)
    return Table(
        key=KEY, title=f"De {spelled(len(table)) or len(table)} virkningskjedene side om side",
        table=table, columns=COLUMNS,
        notes=(f"«{SILENT}» betyr at kilden ikke sier noe om dette for kjeden. Alt gjelder typiske forløp.",),
        source=source_line(*sections(table["kilde"])), inputs=INPUTS, module=__name__, sentences=True,
    )  # fmt: skip
