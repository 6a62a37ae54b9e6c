"""Numbers, dates and enumerations as readers write them, in bokmål unless told otherwise. Knows languages only.

In bokmål thousands and units are set off with no-break spaces and decimals with a comma; minus is a minus sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from rapport.languages import BOOK, LANGUAGES, NBSP

__all__ = [
    "MISSING", "NBSP", "capital", "decimal", "file_size", "listed", "long_date", "percent",
    "percent_sign", "place", "quantity", "size_mark", "small", "spelled", "year_runs",
]  # fmt: skip

MISSING = LANGUAGES[BOOK].missing
SINGULAR = {  # what one of a unit is called
    "antall": "antall", "brukersituasjoner": "brukersituasjon", "funn": "funn", "intervjuer": "intervju",
    "måneder": "måned", "organisasjoner": "organisasjon", "personer": "person", "prosent": "prosent",
    "studier": "studie", "uker": "uke", "veiledere": "veileder", "verk": "verk", "virksomheter": "virksomhet",
    "år": "år",
}  # fmt: skip


def decimal(value: float, decimals: int = 0, lang: str = BOOK) -> str:
    """5515.0 → "5 515"; 63.196 with one decimal → "63,2".

    >>> decimal(14986), decimal(63.196, 1), decimal(-0.5, 1), decimal(14986.5, 1, "en")
    ('14\\xa0986', '63,2', '−0,5', '14,986.5')
    """
    known = LANGUAGES[lang]
    text = f"{value:,.{decimals}f}".translate({ord(","): known.thousands, ord("."): known.point})
    return text.replace("-", "\u2212")


def percent(value: float, decimals: int = 0, lang: str = BOOK) -> str:
    """38.0 → "38 prosent", held together."""
    return f"{decimal(value, decimals, lang)}{LANGUAGES[lang].percent}"


def percent_sign(value: float, decimals: int = 0, lang: str = BOOK) -> str:
    """38.0 → "38 %", for charts and tables."""
    return f"{decimal(value, decimals, lang)}{LANGUAGES[lang].percent_sign}"


def long_date(iso: str, lang: str = BOOK) -> str:
    """A date as readers write it.

    >>> long_date("2026-11-23"), long_date("2026-11-23", "en")
    ('23. november 2026', '23 November 2026')
    """
    day, known = date.fromisoformat(iso), LANGUAGES[lang]
    return known.date.format(day=day.day, month=known.months[day.month - 1], year=day.year)


def quantity(value: float, decimals: int, unit: str) -> str:
    """A number with its unit, in the singular of one; what is merely counted has none.

    >>> quantity(5515, 0, "personer"), quantity(1, 0, "personer"), quantity(6, 0, "antall")
    ('5\\xa0515 personer', '1 person', '6')
    """
    unit = SINGULAR.get(unit, unit) if value == 1 else unit
    return f"{decimal(value, decimals)} {unit}".removesuffix(" antall")


def spelled(value: float, lang: str = BOOK) -> str | None:
    """The word for a whole number from zero to twelve; None for any other.

    >>> spelled(6), spelled(13), spelled(2.5), spelled(6, "en")
    ('seks', None, None, 'six')
    """
    words = LANGUAGES[lang].words.get(int(value)) if value == int(value) else None
    return words[0] if words else None


def listed(parts: Iterable[str], lang: str = BOOK) -> str:
    """Parts as an enumeration: "a, b og c"; a dash when there are none.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed(["a", "b"], "en")
    ('a, b og c', 'a', 'a and b')
    """
    *head, last = list(parts) or ["–"]
    return f"{', '.join(head)}{LANGUAGES[lang].conjunction}{last}" if head else last


def file_size(size: int, lang: str = BOOK) -> str:
    """Bytes as a reader is told them: "1 kB" at least, thousands as in SI."""
    if round(size / 1000) < 1000:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    return f"{decimal(size / 1_000_000, 1, lang)}{NBSP}MB"


def size_mark(address: str) -> str:
    """What stands for the size of a file of the site until it is there; `address` begins at the site's root."""
    return f"@SIZE {address}@"


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


def place(source: str) -> str:
    """A place in the report as a reader sees it; the data write it with hyphens.

    >>> place("5.1, linje 2944-2952; 5.2, linje 3022")
    '5.1, linje 2944–2952; 5.2, linje 3022'
    """
    return re.sub(r"(?<=\d)-(?=\d)", "–", source)


def capital(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]
