"""Hedges: words that make a claim about a number, each with a written tolerance.

"over 60 prosent" is a claim that the data can break. A hedge with a bound says how far the value may
lie from it, as a ratio value / bound; a phrase says which values, in per cent, it is true of.
Knows nothing of the rest but errors, languages and wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rapport.errors import NumberError
from rapport.languages import BOOK, LANGUAGES
from rapport.wording import decimal, percent

ROUNDING = 1e-9  # so that 5515 / 5515 counts as equal


@dataclass(frozen=True, slots=True)
class Ratio:
    """The range of value / bound in which a hedge is true; `open_` leaves out the bound itself."""

    low: float
    high: float
    open_: bool = False

    def holds(self, value: float, bound: float) -> bool:
        """Whether the hedge is true of the value."""
        if bound == 0:
            return value == 0 and not self.open_
        ratio = value / bound
        if self.open_ and abs(ratio - 1) < ROUNDING:
            return False
        return self.low - ROUNDING <= ratio <= self.high + ROUNDING


@dataclass(frozen=True, slots=True)
class Claim:
    """One tolerance, and the words of each language that promise it: no language has a rule of its own."""

    rule: Ratio | tuple[float, float]
    nb: tuple[str, ...]
    en: tuple[str, ...]


# Written tolerances. A value far above 60 is also "over 60", but no honest writer would say so.
BOUNDS = (
    Claim(Ratio(1, 1.10, open_=True), ("over", "mer enn", "i overkant av"), ("over", "more than", "just over")),
    Claim(Ratio(0.90, 1, open_=True), ("under", "i underkant av", "nesten"),
          ("under", "less than", "fewer than", "just under", "almost", "nearly")),
    Claim(Ratio(0.95, 1.05), ("omtrent", "om lag", "rundt"), ("about", "around", "roughly")),
    # Rules and limits: the number itself is the bound.
    Claim(Ratio(1, 1), ("minst", "inntil", "opptil", "høyst"), ("at least", "up to", "at most", "no more than")),
)  # fmt: skip

# Phrases without a number: the percentages (low, high) of which they are true.
SHARES = (
    Claim((48, 52), ("halvparten",), ("half",)),
    Claim((45, 55), ("omtrent halvparten",), ("about half",)),
    Claim((40, 49.999), ("under halvparten",), ("under half", "less than half", "fewer than half")),
    Claim((50.001, 60), ("over halvparten",), ("over half", "more than half")),
    Claim((50.001, 66.0), ("mer enn halvert",), ("more than halved",)),
    Claim((31.333, 35.333), ("en tredjedel", "omtrent en tredjedel"), ("a third", "one third", "about a third")),
    Claim((64.667, 68.667), ("to tredjedeler", "omtrent to tredjedeler", "to av tre"),
          ("two thirds", "about two thirds", "two in three")),
    Claim((55, 59.999), ("nesten tre av fem",), ("almost three in five",)),
)  # fmt: skip


def _by_word(claims: tuple[Claim, ...], lang: str) -> dict[str, Any]:
    return {word: claim.rule for claim in claims for word in getattr(claim, lang)}


# By language, then by word.
WITH_BOUND: dict[str, dict[str, Ratio]] = {lang: _by_word(BOUNDS, lang) for lang in LANGUAGES}
PHRASES: dict[str, dict[str, tuple[float, float]]] = {lang: _by_word(SHARES, lang) for lang in LANGUAGES}

# The source's own bound where it only says "more than 100": the register holds the bound itself.
STATED_AS_BOUND = {
    "nb": ("over", "mer enn", "under", "nesten"),
    "en": ("over", "more than", "under", "less than", "fewer than", "almost", "nearly"),
}


def phrase(hedge: str, value: float, lang: str = BOOK) -> str:
    """A hedge without a number, such as "to tredjedeler", checked against a percentage.

    Raises NumberError when it is not true of `value`.
    """
    low, high = PHRASES[lang][hedge.lower()]
    if not low <= value <= high:
        raise NumberError(
            f'"{hedge}" is true of {decimal(low, 1)}–{decimal(high, 1)} prosent, but the value is '
            f"{decimal(value, 1)}.\n  To mend it: choose words that fit the value, or correct the data."
        )
    return hedge


def _check_bound(hedge: str, bound: float, value: float, stated_as_bound: bool, lang: str) -> None:
    ratio = WITH_BOUND[lang][hedge.lower()]
    if ratio.holds(value, bound):
        return
    if stated_as_bound and hedge.lower() in STATED_AS_BOUND[lang] and value == bound:
        return
    raise NumberError(
        f'"{hedge} {decimal(bound)}" is true from {decimal(bound * ratio.low, 1)} to '
        f"{decimal(bound * ratio.high, 1)}{' (the bound left out)' if ratio.open_ else ''}, "
        f"but the value is {decimal(value, 1)}.\n"
        "  To mend it: choose a hedge or a bound that fits the value, or correct the data."
    )


def bounded(
    hedge: str,
    bound: float,
    value: float,
    unit: str,
    *,
    word: str | None = None,
    stated_as_bound: bool = False,
    lang: str = BOOK,
) -> str:
    """A hedge with its bound, such as "over 60 prosent", checked against the value.

    `word` is the bound as a word, where the text spells it; `stated_as_bound` marks a value that the
    source itself only gives as a bound ("over 100"). Raises NumberError when the hedge is not true.
    """
    _check_bound(hedge, bound, value, stated_as_bound, lang)
    if unit == "prosent":
        return f"{hedge} {percent(bound, _decimals(bound), lang)}"
    return f"{hedge} {word or decimal(bound, _decimals(bound), lang)}"


def _decimals(bound: float) -> int:
    """As many decimals as the bound is written with: what is shown is what is checked."""
    return len(f"{bound:.10g}".partition(".")[2])


def check_known(hedge: str, bound: float | None, lang: str = BOOK) -> None:
    """Raises NumberError for a hedge that is in neither table, or lacks the bound it needs."""
    known = WITH_BOUND[lang] if bound is not None else {**PHRASES[lang], **WITH_BOUND[lang]}
    if hedge.lower() in known:
        return
    remedy = ", ".join(sorted(known))
    raise NumberError(f'unknown hedge "{hedge}".\n  To mend it: use one of: {remedy}.')
