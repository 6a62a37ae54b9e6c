"""Numbers as Norwegian readers write them. Knows nothing of the rest.

Thousands and units are set off with no-break spaces, decimals with a comma, and minus is a minus sign.
"""

from __future__ import annotations

from collections.abc import Iterable

NBSP = "\u00a0"
MISSING = "ikke lesbar i kilden"

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip

WORDS: dict[int, tuple[str, ...]] = {
    0: ("null", "ingen"),
    1: ("én", "ett", "en", "et", "ei"),
    2: ("to",),
    3: ("tre",),
    4: ("fire",),
    5: ("fem",),
    6: ("seks",),
    7: ("sju", "syv"),
    8: ("åtte",),
    9: ("ni",),
    10: ("ti",),
    11: ("elleve",),
    12: ("tolv",),
}


def decimal(value: float, decimals: int = 0) -> str:
    """5515.0 → "5 515"; 63.196 with one decimal → "63,2".

    >>> decimal(14986), decimal(63.196, 1), decimal(-0.5, 1)
    ('14\\xa0986', '63,2', '−0,5')
    """
    text = f"{value:,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return text.replace("-", "\u2212")


def percent(value: float, decimals: int = 0) -> str:
    """38.0 → "38 prosent", held together."""
    return f"{decimal(value, decimals)}{NBSP}prosent"


def percent_sign(value: float, decimals: int = 0) -> str:
    """38.0 → "38 %", for charts and tables."""
    return f"{decimal(value, decimals)}{NBSP}%"


def spelled(value: float) -> str | None:
    """The word for a whole number from zero to twelve; None for any other.

    >>> spelled(6), spelled(13), spelled(2.5)
    ('seks', None, None)
    """
    words = WORDS.get(int(value)) if value == int(value) else None
    return words[0] if words else None


def listed(parts: Iterable[str]) -> str:
    """Parts as a Norwegian enumeration: "a, b og c".

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b og c', 'a')
    """
    *head, last = list(parts)
    return f"{', '.join(head)} og {last}" if head else last


def file_size(size: int) -> str:
    """Bytes as a reader is told them: "1 kB" at least, thousands as in SI."""
    if round(size / 1000) < 1000:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    return f"{decimal(size / 1_000_000, 1)}{NBSP}MB"


def small(text: str) -> str:
    """The text with a small first letter, the rest (NAV, IKEA) untouched."""
    return text[:1].lower() + text[1:]


def year_runs(years: Iterable[int]) -> str:
    """Years as runs: "2018, 2020–2021".

    >>> year_runs([2021, 2018, 2020]), year_runs([2019])
    ('2018, 2020–2021', '2019')
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def capital(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]
