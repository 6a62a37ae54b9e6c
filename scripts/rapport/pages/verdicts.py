"""What a page may say of the last verification, in bokmål. Knows the facts of the build (engine/facts.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport.verified import CHANGED, NEW, SAME

Facts = Mapping[str, Any]

NEVER = "Ikke etterprøvd ennå."
OF_ITEM = {
    SAME: "Etterprøvd {date} uten avvik, og ikke endret siden.",
    CHANGED: "Ikke etterprøvd siden den ble endret. Forrige etterprøving var {date}.",
    NEW: NEVER,
}
OF_NUMBERS = {
    SAME: "Alle tallene ble regnet ut på nytt og kontrollert {date}. De er ikke endret siden.",
    CHANGED: "Tallene er endret siden de ble etterprøvd {date}.",
    NEW: "Tallene er ikke etterprøvd ennå.",
}


def state(facts: Facts, name: str) -> str:
    """Whether what is called `name` is as it was verified."""
    return facts["states"].get(name, NEW) if facts.get("verified") else NEW


def _said(words: Mapping[str, str], facts: Facts, name: str) -> str:
    found = state(facts, name)
    return words[found] if found == NEW else words[found].format(date=facts["verified"]["date"])


def item_verdict(facts: Facts, key: str) -> str:
    """The sentence for a figure."""
    return _said(OF_ITEM, facts, key)


def numbers_verdict(facts: Facts) -> str:
    """The sentence for the register."""
    return _said(OF_NUMBERS, facts, "numbers.json")
