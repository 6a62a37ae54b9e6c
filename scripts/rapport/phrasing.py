"""How a text writes a number of the register: plain, as a word, or as a checked claim. Knows hedges and wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport import hedges
from rapport.errors import NumberError
from rapport.languages import BOOK, LANGUAGES
from rapport.wording import decimal, percent, spelled

PERCENT = "prosent"


def _spelled(value: float, word: str | bool, lang: str) -> str:
    """The number as a word; a word that is given must mean the number."""
    if isinstance(word, str):
        if word.lower() in LANGUAGES[lang].words.get(int(value), ()) and value == int(value):
            return word
        raise NumberError(
            f'"{word}" does not mean {decimal(value)}.\n  To mend it: write the word for the value, or word=True.'
        )
    shown = spelled(value, lang)
    if shown is None:
        raise NumberError(f"{decimal(value, 1)} has no word.\n  To mend it: leave word=True out.")
    return shown


def _check_share(hedge: str, unit: str) -> None:
    if unit != PERCENT:
        raise NumberError(
            f'"{hedge}" speaks of a share, but the number is in {unit}.\n'
            "  To mend it: use a hedge with a bound, or a number that is a percentage."
        )


def number_text(
    number: Mapping[str, Any],
    hedge: str | None = None,
    bound: float | None = None,
    word: str | bool = False,
    lang: str = BOOK,
) -> str:
    """The words for a register entry, in the language `lang`. Raises NumberError when they are untrue of its value."""
    value, unit = float(number["value"]), str(number["unit"])
    if hedge is not None:
        hedges.check_known(hedge, bound, lang)
        if bound is None and hedge.lower() in hedges.PHRASES[lang]:
            _check_share(hedge, unit)
            return hedges.phrase(hedge, value, lang)
        stated = number["basis"] == "omtrentlig"
        limit = value if bound is None else bound
        shown = _spelled(limit, word, lang) if word else None
        return hedges.bounded(hedge, limit, value, unit, word=shown, stated_as_bound=stated, lang=lang)
    if word:
        return _spelled(value, word, lang)
    decimals = int(number["decimals"])
    return percent(value, decimals, lang) if unit == PERCENT else decimal(value, decimals, lang)
