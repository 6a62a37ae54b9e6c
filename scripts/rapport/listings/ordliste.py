"""The glossary: words and abbreviations of the text, explained. Data: ordliste.csv."""

from __future__ import annotations

import json

import pandas as pd

from rapport.data import Data
from rapport.listings.make import alphabetical
from rapport.markup import literal, site_link
from rapport.records import Listing
from rapport.wording import place

KEY = "lst-ordliste"
INPUTS = ("ordliste",)

# Where an explanation comes from, as the glossary says it; {side} is the page, {kilde} the place in the report.
ORIGINS = {
    "rapporten": "Etter rapporten: {kilde}.",
    "apen_kilde": "Etter {side}. I rapporten: {kilde}.",
    "allment": "Allment kjent, ikke hentet fra rapporten. Brukt der: {kilde}.",
    "nettstedet": "Slik vi bruker ordet her. I rapporten: {kilde}.",
}


def anchor(term: str) -> str:
    """The id of a word's entry."""
    return f"ord-{term}"


def name(word: str, abbreviation: object) -> str:
    """The word, with its abbreviation in brackets when there is one."""
    return word if pd.isna(abbreviation) else f"{word} ({abbreviation})"  # type: ignore[arg-type]


def ordered(glossary: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order of the alphabet. glossary: one row per term."""
    return glossary.sort_values("ord", key=lambda words: words.map(alphabetical))


def _origin(row: pd.Series) -> str:
    side = "" if pd.isna(row["nettsted"]) else site_link(str(row["nettsted"]))
    return ORIGINS[str(row["opphav"])].format(side=side or "en åpen kilde", kilde=literal(place(str(row["kilde"]))))


def _entry(row: pd.Series) -> str:
    word = literal(name(str(row["ord"]), row["forkortelse"]))
    explanation = literal(str(row["forklaring"])) if pd.notna(row["forklaring"]) else "Forklaring mangler\\."
    return f"[{word}]{{#{anchor(str(row['term']))}}}\n:   {explanation} [{_origin(row)}]{{.opphav}}\n"


def build(data: Data) -> Listing:
    """The glossary as a definition list, one id for each word."""
    rows = [row for _, row in ordered(data["ordliste"]).iterrows()]
    return Listing(
        key=KEY, title="Ordliste", body="::: {.ordliste}\n\n" + "\n".join(map(_entry, rows)) + "\n:::\n",
        anchors=tuple(anchor(str(row["term"])) for row in rows), inputs=INPUTS, module=__name__,
    )  # fmt: skip


def terms_json(data: Data) -> str:
    """What chapters look words up in: name and explanation by term, as JSON. An unexplained word is left out."""
    terms = {
        str(row["term"]): {
            "word": str(row["ord"]),
            "abbreviation": None if pd.isna(row["forkortelse"]) else str(row["forkortelse"]),
            "name": name(str(row["ord"]), row["forkortelse"]),
            "explanation": str(row["forklaring"]),
        }
        for _, row in data["ordliste"].iterrows()
        if pd.notna(row["forklaring"])
    }
    return json.dumps(terms, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
