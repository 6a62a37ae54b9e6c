"""All six vignettes in one chart: what is known of each, one mark per caseworker.

Data: vignetter.csv, vignett_vurderinger.csv.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures import vignetter
from rapport.figures.make import both, source_line
from rapport.figures.shapes.marks import dots
from rapport.records import Column, Figure
from rapport.wording import MISSING, decimal, listed, spelled

KEY = "fig-vignett-oversikt"
COLUMNS = (
    Column(name="bruker", title="Bruker"),
    Column(name="navn", title="Vurdering"),
    Column(name="antall", title="Veiledere", decimals=0),
    Column(name="grunnlag", title="Grunnlag"),
)
SHORT = {
    "aktuell": "aktuell",
    "forbehold": "med forbehold",
    "ikke_aktuell": "ikke aktuell",
    "ukjent_fordeling": "aktuell, med eller uten forbehold",
}


def compute(cases: pd.DataFrame, assessments: pd.DataFrame) -> pd.DataFrame:
    """One row per case and assessment, as in the figures of the single cases, with rad and bruker of the case."""
    tables = []
    for rad, case in enumerate(cases.itertuples()):
        table = vignetter.compute(int(case.vignett), cases, assessments)
        tables.append(table.assign(rad=rad, bruker=case.navn))
    return pd.concat(tables, ignore_index=True)


def _label(bruker: str, rows: pd.DataFrame) -> str:
    known = rows[rows["antall"].notna() & (rows["antall"] > 0)]
    parts = [f"{decimal(n)} {SHORT[code]}" for n, code in zip(known["antall"], known["vurdering"], strict=True)]
    if parts and rows["antall"].isna().any():
        parts.append(f"resten {MISSING}")
    return f"{bruker}: {', '.join(parts)}" if parts else bruker


def _silence(rows: pd.DataFrame) -> str:
    """What is said of a case without marks: all is lost, or all but an assessment that nobody made."""
    none = [f"ingen svarte «{SHORT[code]}»" for code in rows.loc[rows["antall"] == 0, "vurdering"]]
    return f"{none[0]}, resten er {MISSING}" if none else MISSING


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    """One row a case: rad, etikett (with the counts), tekst when no mark can be drawn."""
    rows = []
    for (rad, bruker), group in table.groupby(["rad", "bruker"], sort=False):
        drawn = group["antall"].fillna(0).sum() > 0
        rows.append({"rad": rad, "etikett": _label(bruker, group), "tekst": "" if drawn else _silence(group)})
    return pd.DataFrame(rows)


def marks(table: pd.DataFrame) -> pd.DataFrame:
    """One row a dot; within a case the dots go on from one assessment to the next."""
    dots_ = vignetter.marks(table)
    return dots_.assign(nr=dots_.groupby("rad").cumcount() + 1)


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A row of dots for each case."""
    return dots(marks(table), rows_of(table), tokens, width)


def describe(table: pd.DataFrame) -> str:
    """Alt text: what is known of each case."""
    rows = rows_of(table)
    parts = [label + (f": {text}" if text else "") for label, text in zip(rows["etikett"], rows["tekst"], strict=True)]
    inferred = table.loc[(table["grunnlag"] == "antatt") & (table["antall"] > 0), "bruker"].unique()
    said = f" Åpne punkter, som er slutninger: {listed(inferred)}." if len(inferred) else ""
    return f"En rad med punkter for hver brukersituasjon, ett punkt per veileder. {'; '.join(parts)}.{said}"


def _complete(rows: pd.DataFrame) -> bool:
    """Whether every assessment of a case has its own count."""
    return bool(rows["antall"].notna().all()) and "ukjent_fordeling" not in set(rows["vurdering"])


def headline(table: pd.DataFrame) -> str:
    """For how many of the cases there is a whole split, and whether it is read or inferred."""
    whole = {name: rows for name, rows in table.groupby("bruker", sort=False) if _complete(rows)}
    total = spelled(table["bruker"].nunique())
    if not whole:
        return f"Fordelingen er {MISSING} for noen av de {total} brukerne"
    inferred = [name for name, rows in whole.items() if (rows["grunnlag"] == "antatt").any()]
    read = [name for name in whole if name not in inferred]
    said = [
        f"{verb} for {spelled(len(names))}" for verb, names in (("leses", read), ("bare anslås", inferred)) if names
    ]
    return f"Hele fordelingen kan {listed(said)} av {total} brukere: {listed(whole)}"


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure."""
    table = compute(data["vignetter"], data["vignett_vurderinger"])
    return Figure(
        key=KEY, title=headline(table),
        subtitle="Veiledernes vurdering av om Arbeidstrening er aktuelt i seks konstruerte brukersituasjoner. "
        "Ett punkt per veileder",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=("Åpne punkter er slutninger. Ikke alle veilederne vurderte alle brukersituasjonene.",),
        source=source_line("5.1–5.6"), inputs=vignetter.INPUTS, module=__name__,
    )  # fmt: skip
