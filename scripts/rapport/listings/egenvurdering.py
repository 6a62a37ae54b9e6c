"""How the project stands against the levels of RAP, requirement by requirement. Data: egenvurdering.csv."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from rapport.data import Data
from rapport.markup import literal
from rapport.maturity_checks import MET
from rapport.records import Listing
from rapport.wording import capital

KEY = "lst-egenvurdering"
RESOURCE = "egenvurdering"


def anchor(level: str, number: int) -> str:
    """The id of a requirement."""
    return f"krav-{level}-{number}"


def _entry(row: pd.Series, verdicts: dict[str, str]) -> str:
    said = f"**{capital(verdicts[str(row['vurdering'])])}.** {literal(str(row['begrunnelse']))}"
    missing = "" if pd.isna(row["mangler"]) else f" {literal(str(row['mangler']))}"
    return (
        f"[{literal(str(row['krav']))}]{{#{anchor(row['nivaa'], row['nr'])}}}\n"
        f":   {said}{missing} [{literal(str(row['kilde']))}.]{{.opphav}}\n"
    )


def _level(title: str, rows: pd.DataFrame, verdicts: dict[str, str]) -> str:
    met = int((rows["vurdering"] == MET).sum())
    entries = "\n".join(_entry(row, verdicts) for _, row in rows.iterrows())
    return (
        f"### {literal(capital(title))}: {met} av {len(rows)} krav er oppfylt {{.unnumbered}}\n\n"
        f"::: {{.ordliste}}\n\n{entries}\n:::\n"
    )


def _summary(rows: pd.DataFrame, levels: dict[str, str]) -> Iterator[str]:
    """Which levels are reached: one with all its own requirements met, and all of those below it."""
    reached = []
    for level, title in levels.items():
        if not (rows.loc[rows["nivaa"] == level, "vurdering"] == MET).all():
            break
        reached.append(title)
    if reached:
        yield f"Vi har nådd {literal(reached[-1])}."
    else:
        first = rows[rows["nivaa"] == next(iter(levels))]
        lacking = int((first["vurdering"] != MET).sum())
        yield (
            "Ingen av nivåene er nådd, for hvert nivå krever alt som nivået under krever, "
            f"og på grunnivået er {lacking} av {len(first)} krav ikke oppfylt."
        )


def build(data: Data) -> Listing:
    """The requirements, one section a level, after the level that is reached."""
    rows = data[RESOURCE]
    levels, verdicts = data.labels(RESOURCE, "nivaa"), data.labels(RESOURCE, "vurdering")
    sections = [_level(title, rows[rows["nivaa"] == level], verdicts) for level, title in levels.items()]
    return Listing(
        key=KEY, title="Egenvurdering mot nivåene for reproduserbare analyser",
        body="\n".join([*_summary(rows, levels), "", *sections]),
        anchors=tuple(anchor(row["nivaa"], row["nr"]) for _, row in rows.iterrows()),
        inputs=(RESOURCE,), module=__name__,
    )  # fmt: skip
