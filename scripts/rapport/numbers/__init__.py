"""The number register: every number that the text may use, computed from the data package.

Imports data and records. Chapters never compute; they ask for a key.
"""

from __future__ import annotations

from collections import Counter

from rapport.data import Data
from rapport.errors import NumberError
from rapport.numbers.assessments import cases, reasons
from rapport.numbers.chains import chains
from rapport.numbers.people import informants, participants, traits
from rapport.numbers.research import research
from rapport.numbers.rules import durations, facts, purposes
from rapport.records import Number

PARTS = (participants, traits, purposes, informants, durations, chains, cases, reasons, research, facts)


def register(data: Data) -> dict[str, Number]:
    """All numbers by key, sorted. Raises NumberError when two have the same key."""
    numbers = [number for part in PARTS for number in part(data)]
    keys = Counter(number.key for number in numbers)
    double = sorted(key for key, count in keys.items() if count > 1)
    if double:
        raise NumberError(
            f"two numbers have the key {', '.join(double)}.\n"
            "  To mend it: give the row in data/opplysninger.csv another id; the other tables come first."
        )
    return {number.key: number for number in sorted(numbers, key=lambda number: number.key)}
