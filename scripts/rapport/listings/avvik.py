"""Points where the source is unclear, each with what speaks against and our reading. Data: avvik.csv."""

from __future__ import annotations

import pandas as pd

from rapport.data import Data
from rapport.listings.make import labels
from rapport.markup import literal, reference
from rapport.records import Listing
from rapport.wording import capital, place

KEY = "lst-avvik"
INPUTS = ("avvik",)
LEADS = {
    "kilden_sier": "Rapporten sier",
    "men": "Det som taler mot",
    "vurdering": "Slik leser vi det",
}


def anchor(number: str) -> str:
    """The id of a point: "K5" → "uklarhet-k5"."""
    return f"uklarhet-{number.lower()}"


def _facts(row: pd.Series, kinds: dict[str, str]) -> str:
    kind = literal(capital(kinds[str(row["type"])]))
    cited = (
        "" if pd.isna(row["sitert"]) else " Se " + "; ".join(f"@{key}" for key in str(row["sitert"]).split("; ")) + "."
    )
    places = literal(place(str(row["kilde"])))
    return f"{kind}. Gjelder {reference(str(row['seksjon']))}. Steder i rapporten: {places}.{cited}"


def _entry(row: pd.Series, kinds: dict[str, str]) -> str:
    number = str(row["nr"])
    said = [f"**{lead}:** {literal(str(row[column]))}" for column, lead in LEADS.items() if pd.notna(row[column])]
    return "\n\n".join(
        [
            f"## {literal(number)}: {literal(str(row['tittel']))} {{#{anchor(number)} .unnumbered}}",
            *said,
            f"::: {{.kilde}}\n{_facts(row, kinds)}\n:::\n",
        ]
    )


def build(data: Data) -> Listing:
    """The points, one section each, in the order of their numbers."""
    points = data["avvik"].sort_values("nr", key=lambda numbers: numbers.str.removeprefix("K").astype(int))
    kinds = labels(data, "avvik", "type")
    rows = [row for _, row in points.iterrows()]
    return Listing(
        key=KEY, title="Uklarheter i kilden", body="\n".join(_entry(row, kinds) for row in rows),
        anchors=tuple(anchor(str(row["nr"])) for row in rows), inputs=INPUTS, module=__name__,
    )  # fmt: skip
