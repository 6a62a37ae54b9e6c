"""Hedges: words that make a claim about a number, each with a written tolerance.

"over 60 prosent" is a claim that the data can break. A hedge with a bound says how far the value may
lie from it, as a ratio value / bound; a phrase says which values, in per cent, it is true of.
Knows nothing of the rest but errors and wording.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapport.errors import NumberError
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


# Written tolerances. A value far above 60 is also "over 60", but no honest writer would say so.
WITH_BOUND: dict[str, Ratio] = {
    "over": Ratio(1, 1.10, open_=True),
    "mer enn": Ratio(1, 1.10, open_=True),
    "i overkant av": Ratio(1, 1.10, open_=True),
    "under": Ratio(0.90, 1, open_=True),
    "i underkant av": Ratio(0.90, 1, open_=True),
    "nesten": Ratio(0.90, 1, open_=True),
    "omtrent": Ratio(0.95, 1.05),
    "om lag": Ratio(0.95, 1.05),
    "rundt": Ratio(0.95, 1.05),
    # Rules and limits: the number itself is the bound.
    "minst": Ratio(1, 1),
    "inntil": Ratio(1, 1),
    "opptil": Ratio(1, 1),
    "høyst": Ratio(1, 1),
}

# The source's own bound where it only says "more than 100": the register holds the bound itself.
STATED_AS_BOUND = ("over", "mer enn", "under", "nesten")

# Phrases without a number: the percentages (low, high) of which they are true.
PHRASES: dict[str, tuple[float, float]] = {
    "halvparten": (48, 52),
    "omtrent halvparten": (45, 55),
    "under halvparten": (40, 49.999),
    "over halvparten": (50.001, 60),
    "mer enn halvert": (50.001, 66.0),
    "en tredjedel": (31.333, 35.333),
    "to tredjedeler": (64.667, 68.667),
    "omtrent en tredjedel": (31.333, 35.333),
    "omtrent to tredjedeler": (64.667, 68.667),
    "to av tre": (64.667, 68.667),
    "nesten tre av fem": (55, 59.999),
}


def phrase(hedge: str, value: float) -> str:
    """A hedge without a number, such as "to tredjedeler", checked against a percentage.

    Raises NumberError when it is not true of `value`.
    """
    low, high = PHRASES[hedge.lower()]
    if not low <= value <= high:
        raise NumberError(
            f'"{hedge}" is true of {decimal(low, 1)}–{decimal(high, 1)} prosent, but the value is '
            f"{decimal(value, 1)}.\n  To mend it: choose words that fit the value, or correct the data."
        )
    return hedge


def _check_bound(hedge: str, bound: float, value: float, stated_as_bound: bool) -> None:
    ratio = WITH_BOUND[hedge.lower()]
    if ratio.holds(value, bound):
        return
    if stated_as_bound and hedge.lower() in STATED_AS_BOUND and value == bound:
        return
    raise NumberError(
        f'"{hedge} {decimal(bound)}" is true from {decimal(bound * ratio.low, 1)} to '
        f"{decimal(bound * ratio.high, 1)}{' (the bound left out)' if ratio.open_ else ''}, "
        f"but the value is {decimal(value, 1)}.\n"
        "  To mend it: choose a hedge or a bound that fits the value, or correct the data."
    )


def bounded(
    hedge: str, bound: float, value: float, unit: str, *, word: str | None = None, stated_as_bound: bool = False
) -> str:
    """A hedge with its bound, such as "over 60 prosent", checked against the value.

    `word` is the bound as a word, where the text spells it; `stated_as_bound` marks a value that the
    source itself only gives as a bound ("over 100"). Raises NumberError when the hedge is not true.
    """
    _check_bound(hedge, bound, value, stated_as_bound)
    if unit == "prosent":
        return f"{hedge} {percent(bound, _decimals(bound))}"
    return f"{hedge} {word or decimal(bound, _decimals(bound))}"


def _decimals(bound: float) -> int:
    """As many decimals as the bound is written with: what is shown is what is checked."""
    return len(f"{bound:.10g}".partition(".")[2])


def check_known(hedge: str, bound: float | None) -> None:
    """Raises NumberError for a hedge that is in neither table, or lacks the bound it needs."""
    known = WITH_BOUND if bound is not None else {**PHRASES, **WITH_BOUND}
    if hedge.lower() in known:
        return
    remedy = ", ".join(sorted(known))
    raise NumberError(f'unknown hedge "{hedge}".\n  To mend it: use one of: {remedy}.')
