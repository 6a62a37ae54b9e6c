"""Numbers about the research: how many studies and findings there are, and how many works are confirmed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from rapport.data import Data
from rapport.numbers.make import derive
from rapport.records import Cell, Number

# What is counted: resource -> (its key, the unit, where the counted rows come from).
COUNTED = {
    "forskning": ("id", "funn", "2.4, linje 625-795"),
    "litteratur": ("nokkel", "verk", "egne søk i åpne kilder"),
}
STATUSES = {"bekreftet": "er bekreftet", "delvis": "er delvis bekreftet", "ikke_bekreftet": "ikke er bekreftet"}


def _count(resource: str, rows: pd.DataFrame, key: str, description: str, unit: str = "") -> Number:
    """How many rows there are. That a row is there is certain, whatever the basis of the value it holds."""
    name, usual, source = COUNTED[resource]
    cells = [
        Cell(resource, f"{name}={row[name]}", "aar", float(row["aar"]), "oppgitt", source) for _, row in rows.iterrows()
    ]
    return derive(key, cells, lambda *all_: len(all_), unit=unit or usual, description=description,
                  formula="antall rader")  # fmt: skip


def research(data: Data) -> Iterator[Number]:
    """forskning.studier|funn|<status>: studies and findings; litteratur.antall|<status>: works."""
    findings, works = data["forskning"], data["litteratur"]
    studies = findings.drop_duplicates("studie")
    yield _count("forskning", studies, "forskning.studier", "studier som rapporten gjengir funn fra", "studier")
    yield _count("forskning", findings, "forskning.funn", "funn fra studiene, ett for hvert utfall")
    yield _count("litteratur", works, "litteratur.antall", "verk i litteraturlisten")
    for status, called in STATUSES.items():
        found, known = (table[table["kontroll"] == status] for table in (findings, works))
        yield _count("forskning", found, f"forskning.{status}", f"funn som {called} mot studiens sammendrag")
        yield _count("litteratur", known, f"litteratur.{status}", f"verk i litteraturlisten som {called}")
