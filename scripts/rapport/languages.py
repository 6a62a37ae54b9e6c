"""The languages that a page may be in, and how each writes numbers. Knows nothing of the rest.

Bokmål is the language of the book; English that of the summary. Words of pages and figures stand in rapport/words/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NBSP = "\u00a0"
BOOK = "nb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`delimiter` stands between the cells of a CSV in spreadsheets of the language.

    `words`: each whole number's words, the one that is written first, then those that mean it too."""

    thousands: str
    delimiter: str
    point: str
    percent: str
    percent_sign: str
    conjunction: str
    missing: str
    hollow: str
    unknown: str
    months: tuple[str, ...]
    date: str
    words: dict[int, tuple[str, ...]]


LANGUAGES = {
    "nb": Language(
        thousands=NBSP, delimiter=";", point=",", percent=f"{NBSP}prosent", percent_sign=f"{NBSP}%", conjunction=" og ",
        missing="ikke lesbar i kilden", hollow="Åpne punkter er slutninger.", unknown="ukjent",
        date="{day}. {month} {year}",
        months=("januar", "februar", "mars", "april", "mai", "juni",
                "juli", "august", "september", "oktober", "november", "desember"),
        words={
            0: ("null", "ingen"), 1: ("én", "ett", "en", "et", "ei"), 2: ("to",), 3: ("tre",), 4: ("fire",),
            5: ("fem",), 6: ("seks",), 7: ("sju", "syv"), 8: ("åtte",), 9: ("ni",), 10: ("ti",), 11: ("elleve",),
            12: ("tolv",),
        },
    ),
    "en": Language(
        thousands=",", delimiter=",", point=".", percent=f"{NBSP}per{NBSP}cent", percent_sign="%", conjunction=" and ",
        missing="not readable in the source", hollow="Open dots are inferred.", unknown="unknown",
        date="{day} {month} {year}",
        months=("January", "February", "March", "April", "May", "June",
                "July", "August", "September", "October", "November", "December"),
        words={
            0: ("zero", "none", "no"), 1: ("one",), 2: ("two",), 3: ("three",), 4: ("four",), 5: ("five",), 6: ("six",),
            7: ("seven",), 8: ("eight",), 9: ("nine",), 10: ("ten",), 11: ("eleven",), 12: ("twelve",),
        },
    ),
}  # fmt: skip


def language_of(item: Mapping[str, Any]) -> str:
    """The language of a figure, table or listing, by its entry in the manifest, which names any but the book's own."""
    return str(item.get("lang", BOOK))
