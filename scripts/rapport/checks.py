"""The rules between rows that a table schema cannot say. Knows frames, not files.

Each check takes the frames by resource and yields faults; row numbers count the header as row 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from rapport.chain_checks import chain_faults
from rapport.errors import Fault, row_number
from rapport.evidence import evidence_faults
from rapport.maturity_checks import maturity_faults
from rapport.series_checks import purpose_row_faults, trait_row_faults, year_faults

ROUNDING = 1.5  # percentage points that three rounded shares may miss 100 by


def _plain(value: float) -> str:
    """A value as it would be written in a CSV, with at most six decimals."""
    return f"{round(value, 6):.15g}"


def _sum_fault(resource: str, column: str, rows: pd.DataFrame, found: float, expected: str) -> Fault:
    return Fault(
        file=f"data/{resource}.csv", row=row_number(rows.index[-1]), column=column,
        found=f"{_plain(found)} as the sum of rows {', '.join(str(row_number(i)) for i in rows.index)}",
        expected=expected, remedy="correct the value that is wrong in one of these rows",
    )  # fmt: skip


def _part_faults(year: pd.DataFrame) -> Iterator[Fault]:
    """The purposes that a joint row sums up make no more than it, and just it when all are known."""
    for _, joint in year[year["type"] == "samlet"].iterrows():
        parts = year[year["samlet_i"] == joint["formaal"]]
        total, whole = float(parts["andel_prosent"].sum()), joint["andel_prosent"]
        if pd.isna(whole) or parts.empty:
            continue
        complete = parts["andel_prosent"].notna().all()
        if total > whole + ROUNDING or (complete and total < whole - ROUNDING):
            expected = f"{_plain(whole)}, as in the row {joint['formaal']}"
            yield _sum_fault("formaal", "andel_prosent", parts, total, expected)


def purpose_faults(formaal: pd.DataFrame) -> Iterator[Fault]:
    """The purposes of a year make 100 per cent, a joint row standing for its parts."""
    for _, year in formaal[formaal["type"] != "etikett"].groupby("aar"):
        whole = year[year["samlet_i"].isna()]
        total = float(whole["andel_prosent"].sum())
        complete = whole["andel_prosent"].notna().all()
        if total > 100 + ROUNDING or (complete and total < 100 - ROUNDING):
            yield _sum_fault("formaal", "andel_prosent", whole, total, "100 per cent a year")
        yield from _part_faults(year)


def trait_faults(traits: pd.DataFrame) -> Iterator[Fault]:
    """The categories of a trait make one whole: never more, and not less when all are known."""
    traits = traits.loc[traits["teller"].isna() == traits["nevner"].isna()]  # half a share is told elsewhere
    for index, row in traits[traits["teller"].notna()].iterrows():
        if row["teller"] > row["nevner"]:
            yield Fault(
                file="data/deltakere_kjennetegn.csv", row=row_number(index), column="teller", found=str(row["teller"]),
                expected=f"a numerator no larger than its denominator, {row['nevner']}",
                remedy="write the share as teller out of nevner, such as 53 and 100",
            )  # fmt: skip
    for _, group in traits.groupby(["aar", "kjennetegn"]):
        known = group[group["teller"].notna()]
        total = 100 * float((known["teller"] / known["nevner"]).sum())
        if total > 100 + 1e-6 or (len(known) == len(group) and total < 100 - ROUNDING):
            yield _sum_fault("deltakere_kjennetegn", "teller", group, total, "100 per cent for a trait")


def informant_faults(informants: pd.DataFrame) -> Iterator[Fault]:
    """The sub-groups of one group are no more than the group, for each way of dividing it."""
    groups = informants.set_index("gruppe")["antall"]
    for parent, parts in informants.dropna(subset=["overgruppe"]).groupby("overgruppe"):
        total, whole = parts["antall"].sum(), groups.get(parent)
        if pd.notna(whole) and total > whole:
            yield _sum_fault("informanter", "antall", parts, float(total), f"at most the {whole} of {parent}")


def vignette_faults(cases: pd.DataFrame, assessments: pd.DataFrame) -> Iterator[Fault]:
    """The assessments of a case sum to its number of caseworkers when all are known, never to more."""
    asked = cases.set_index("vignett")["antall_veiledere"]
    placed = assessments[assessments["vurdering"] != "uplassert"]
    for case, group in placed.groupby("vignett"):
        total, whole = group["antall"].sum(), asked.get(case)
        if pd.isna(whole):
            continue
        if total > whole or (group["antall"].notna().all() and total != whole):
            yield _sum_fault("vignett_vurderinger", "antall", group, float(total), f"{whole}, the caseworkers asked")


def age_faults(cases: pd.DataFrame) -> Iterator[Fault]:
    """A case is marked as under 30 exactly when its age says so."""
    for index, row in cases[cases["under_30"] != (cases["alder"] < 30)].iterrows():
        yield Fault(
            file="data/vignetter.csv", row=row_number(index), column="under_30", found=str(row["under_30"]).lower(),
            expected=f"{str(row['alder'] < 30).lower()}, as alder is {row['alder']}",
            remedy="correct the one of the two that is wrong",
        )  # fmt: skip


# Each rule, and the tables that it reads; it is tried when nothing else is wrong with them.
RULES: tuple[tuple[Callable[..., Iterable[Fault]], tuple[str, ...]], ...] = (
    (year_faults, ("deltakere",)),
    (purpose_row_faults, ("formaal",)),
    (purpose_faults, ("formaal",)),
    (trait_row_faults, ("deltakere_kjennetegn",)),
    (trait_faults, ("deltakere_kjennetegn",)),
    (informant_faults, ("informanter",)),
    (age_faults, ("vignetter",)),
    (vignette_faults, ("vignetter", "vignett_vurderinger")),
    (evidence_faults, ("forskning", "litteratur")),
    (chain_faults, ("kjeder", "kjede_varighet", "virkningskjeder")),
    (maturity_faults, ("egenvurdering",)),
)


def arithmetic_faults(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """Every broken rule between the rows of the tables that are there."""
    faults = []
    for rule, tables in RULES:
        if frames.keys() >= set(tables):
            faults += rule(*(frames[table] for table in tables))
    return faults
