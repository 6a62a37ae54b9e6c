"""The rules between rows of the impact chains: kjeder.csv, kjede_varighet.csv and virkningskjeder.csv.

Like `checks`: frames in, faults out, and row numbers count the header as row 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from rapport.errors import Fault, row_number
from rapport.wording import listed, spelled

LINKS = ("kjennetegn", "avklaringer", "gjennomforing", "onsket_utfall", "onsket_utvikling")
BOUNDS = ("fra_maaneder", "til_maaneder")
ALL = "alle"


def order_faults(chains: pd.DataFrame) -> Iterator[Fault]:
    """No two chains have the same place."""
    for index, row in chains[chains["rekkefolge"].duplicated()].iterrows():
        yield Fault(
            file="data/kjeder.csv", row=row_number(index), column="rekkefolge", found=str(row["rekkefolge"]),
            expected="a place that no other chain has", remedy="number the chains 1, 2, 3 and on",
        )  # fmt: skip


def link_faults(chains: pd.DataFrame, links: pd.DataFrame) -> Iterator[Fault]:
    """Every chain has all links."""
    for index, chain in chains["kjede"].items():
        found = set(links.loc[links["kjede"] == chain, "ledd"])
        missing = [link for link in LINKS if link not in found]
        if missing:
            yield Fault(
                file="data/kjeder.csv", row=row_number(index), column="kjede",
                found=f"{chain}, without {', '.join(missing)} in data/virkningskjeder.csv",
                expected="all five links of the chain",
                remedy="put the rows into data/virkningskjeder.csv; a link nobody can read has grunnlag = ukjent",
            )  # fmt: skip


def number_faults(links: pd.DataFrame) -> Iterator[Fault]:
    """A link has the same number and name in every chain: that of its place among the five."""
    names = links.drop_duplicates("ledd").set_index("ledd")["ledd_navn"]
    for index, row in links.iterrows():
        wanted = {"ledd_nr": str(LINKS.index(row["ledd"]) + 1), "ledd_navn": str(names[row["ledd"]])}
        for column, value in wanted.items():
            if str(row[column]) != value:
                yield Fault(
                    file="data/virkningskjeder.csv", row=row_number(index), column=column, found=str(row[column]),
                    expected=f"{value}, as for {row['ledd']} in the other chains", remedy=f"write {value}",
                )  # fmt: skip


def group_faults(chains: pd.DataFrame, durations: pd.DataFrame) -> Iterator[Fault]:
    """Every chain has a duration: one for all, or one a group, never both."""
    for index, chain in chains["kjede"].items():
        groups = list(durations.loc[durations["kjede"] == chain, "gruppe"])
        if groups and (ALL not in groups or len(groups) == 1):
            continue
        there = f"durations for {listed(groups)}" if groups else "no row"
        yield Fault(
            file="data/kjeder.csv", row=row_number(index), column="kjede",
            found=f"{chain}, with {there} in data/kjede_varighet.csv",
            expected=f"a duration for {ALL}, or one for each group",
            remedy="correct gruppe in data/kjede_varighet.csv, or put the missing row there",
        )  # fmt: skip


def bound_faults(durations: pd.DataFrame) -> Iterator[Fault]:
    """The lower bound is no larger than the upper."""
    low, high = BOUNDS
    for index, row in durations.dropna(subset=list(BOUNDS)).iterrows():
        if row[low] > row[high]:
            yield Fault(
                file="data/kjede_varighet.csv", row=row_number(index), column=low, found=str(row[low]),
                expected=f"at most {row[high]}, the value of {high}", remedy="correct the bound that is wrong",
            )  # fmt: skip


def word_faults(durations: pd.DataFrame) -> Iterator[Fault]:
    """A bound is said in the words beside it, so that table and figure cannot come apart."""
    for index, row in durations.iterrows():
        for column in BOUNDS:
            if pd.isna(row[column]):
                continue
            value = int(row[column])
            names = [name for name in (spelled(value), str(value)) if name]
            if not any(re.search(rf"\b{name}\b", row["varighet"], re.IGNORECASE) for name in names):
                yield Fault(
                    file="data/kjede_varighet.csv", row=row_number(index), column="varighet", found=row["varighet"],
                    expected=f"words that hold {' or '.join(names)}, as {column} is {value}",
                    remedy=f"correct the words or {column}, whichever is wrong",
                )  # fmt: skip


def chain_faults(chains: pd.DataFrame, durations: pd.DataFrame, links: pd.DataFrame) -> list[Fault]:
    """Every broken rule of the three tables."""
    return [
        *order_faults(chains),
        *link_faults(chains, links),
        *group_faults(chains, durations),
        *bound_faults(durations),
        *word_faults(durations),
        *number_faults(links),
    ]
