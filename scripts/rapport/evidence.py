"""The rules between rows of the research: forskning.csv and litteratur.csv. Knows frames, not files.

Each check takes frames and yields faults; row numbers count the header as row 1.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from rapport.errors import Fault

# What belongs to a study and not to one of its findings.
OF_STUDY = ("navn", "aar", "tiltak", "metode", "populasjon", "periode")


def _fault(resource: str, index: object, column: str, found: object, expected: str, remedy: str) -> Fault:
    shown = "" if pd.isna(found) else str(found)  # type: ignore[arg-type]
    return Fault(
        file=f"data/{resource}.csv", row=int(str(index)) + 2, column=column, found=shown,
        expected=expected, remedy=remedy,
    )  # fmt: skip


def study_faults(findings: pd.DataFrame) -> Iterator[Fault]:
    """All findings of one study say the same of the study itself."""
    for study, rows in findings.groupby("studie", sort=False):
        first = rows.iloc[0]
        for column in OF_STUDY:
            wanted = "" if pd.isna(first[column]) else str(first[column])
            for index, value in rows[column].items():
                if ("" if pd.isna(value) else str(value)) != wanted:
                    expected = f'"{wanted}", as in the first row of {study}'
                    yield _fault("forskning", index, column, value, expected, "write the same in all rows of the study")


def remark_faults(findings: pd.DataFrame) -> Iterator[Fault]:
    """A finding that its study confirms only in part says in `merknad` what differs; a critique has an author."""
    for index, row in findings.iterrows():
        if row["kontroll"] == "delvis" and pd.isna(row["merknad"]):
            yield _fault("forskning", index, "merknad", None, "what the study says otherwise, as kontroll is delvis",
                         "write the difference in merknad, or correct kontroll")  # fmt: skip
        if pd.isna(row["kritikk"]) != pd.isna(row["kritikk_fra"]):
            yield _fault("forskning", index, "kritikk_fra", row["kritikk_fra"], "a work where there is a critique",
                         "fill in both kritikk and kritikk_fra, or neither")  # fmt: skip


def found_faults(works: pd.DataFrame, findings: pd.DataFrame) -> Iterator[Fault]:
    """A work is unconfirmed exactly when it is not found, and nothing can be checked in a work not found."""
    for index, row in works.iterrows():
        if (row["kontroll"] == "ikke_bekreftet") != (row["grunnlag"] == "ukjent"):
            yield _fault("litteratur", index, "kontroll", row["kontroll"],
                         f"ikke_bekreftet exactly when grunnlag is ukjent, and grunnlag is {row['grunnlag']}",
                         "correct the one of the two that is wrong")  # fmt: skip
    lost = set(works.loc[works["grunnlag"] == "ukjent", "nokkel"])
    for index, row in findings.iterrows():
        if row["studie"] in lost and row["kontroll"] != "ikke_bekreftet":
            yield _fault("forskning", index, "kontroll", row["kontroll"],
                         f"ikke_bekreftet, as the work {row['studie']} is not found in litteratur.csv",
                         "correct kontroll here, or grunnlag of the work")  # fmt: skip


def evidence_faults(findings: pd.DataFrame, works: pd.DataFrame) -> list[Fault]:
    """Every broken rule of the research. findings: one row per study and outcome; works: one row per work."""
    return [*study_faults(findings), *remark_faults(findings), *found_faults(works, findings)]
