"""What the research found, study by study. Data: forskning.csv, litteratur.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.figures.make import source_line
from rapport.records import Column, Number, Table
from rapport.wording import capital

KEY = "tbl-forskning"
INPUTS = ("forskning", "litteratur")
COLUMNS = (
    Column(name="studie_vist", title="Studie", group=True),
    Column(name="utfall", title="Utfall"),
    Column(name="retning_vist", title="Retning"),
    Column(name="funn_vist", title="Funn ifølge rapporten"),
    Column(name="kontroll_vist", title="Kontroll og merknad"),
)
CHECKED = {"bekreftet": "Bekreftet.", "delvis": "Delvis bekreftet.", "ikke_bekreftet": "Ikke bekreftet."}
NOTES = (
    "«Svakere» betyr at resultatene er dårligere enn for andre, uten at effekten er sagt å være negativ.",
    "Bekreftet: Sammendraget av studien sier det samme. "
    "Delvis bekreftet: Sammendraget sier noe annet eller mindre enn rapporten. "
    "Ikke bekreftet: Funnet står ikke i det vi har lest, eller studien er ikke funnet.",
)
DIRECTIONS = {
    "positiv": "Positiv", "noe_positiv": "Noe positiv", "ingen": "Ingen", "svak": "Svakere",
    "negativ": "Negativ", "blandet": "Blandet", "beskrivende": "Beskrivelse",
}  # fmt: skip


def headings(findings: pd.DataFrame, measures: dict[str, str]) -> pd.Series:
    """The study, its measure and its design in a line; what is not known is left out."""

    def line(row: pd.Series) -> str:
        design = ", ".join(str(row[name]) for name in ("metode", "populasjon", "periode") if pd.notna(row[name]))
        return f"{capital(str(row['navn']))} ({measures[row['tiltak']]}): {design[:1].lower()}{design[1:]}"

    return findings.apply(line, axis=1)


def _joined(*parts: object) -> str:
    return " ".join(str(part) for part in parts if pd.notna(part))  # type: ignore[arg-type]


def compute(findings: pd.DataFrame, works: pd.DataFrame, measures: dict[str, str]) -> pd.DataFrame:
    """One row a finding, in order. findings: one row per study and outcome; works: one row per work."""
    rows = findings.sort_values("rekkefolge")
    names = works.set_index("nokkel")["verk"]
    critique = "Kritikk fra " + rows["kritikk_fra"].map(names) + ": " + rows["kritikk"]
    return rows.assign(
        studie_vist=headings(rows, measures),
        retning_vist=rows["retning"].map(DIRECTIONS),
        funn_vist=[_joined(*parts) for parts in zip(rows["funn"], critique, strict=True)],
        kontroll_vist=[_joined(*parts) for parts in zip(rows["kontroll"].map(CHECKED), rows["merknad"], strict=True)],
    )


def build(data: Data, _numbers: dict[str, Number]) -> Table:
    """The table."""
    return Table(
        key=KEY, title="Hva forskningen har funnet, og hva vi har kontrollert",
        table=compute(data["forskning"], data["litteratur"], data.labels("forskning", "tiltak")), columns=COLUMNS,
        notes=NOTES, source=source_line("2.4"), inputs=INPUTS, module=__name__,
    )  # fmt: skip
