"""What a page may say of the last verification: of a figure in its own language, of all else in bokmål.

Knows the facts of the build (engine/facts.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport.languages import BOOK
from rapport.verified import CHANGED, NEW, SAME
from rapport.wording import long_date

Facts = Mapping[str, Any]

OF_ITEM = {
    "nb": {
        SAME: "Etterprøvd {date} uten avvik, og ikke endret siden.",
        CHANGED: "Ikke etterprøvd siden den ble endret. Forrige etterprøving var {date}.",
        NEW: "Ikke etterprøvd ennå.",
    },
    "en": {
        SAME: "Verified without a difference on {date}, and not changed since.",
        CHANGED: "Not verified since it was changed. The last verification was on {date}.",
        NEW: "Not verified yet.",
    },
}
OF_NUMBERS = {
    SAME: "Alle tallene ble regnet ut på nytt og kontrollert {date}. De er ikke endret siden.",
    CHANGED: "Tallene er endret siden de ble etterprøvd {date}.",
    NEW: "Tallene er ikke etterprøvd ennå.",
}


def state(facts: Facts, name: str) -> str:
    """Whether what is called `name` is as it was verified."""
    return facts["states"].get(name, NEW) if facts.get("verified") else NEW


def _said(texts: Mapping[str, str], facts: Facts, name: str, lang: str) -> str:
    found = state(facts, name)
    return texts[found] if found == NEW else texts[found].format(date=long_date(facts["verified"]["day"], lang))


def item_verdict(facts: Facts, key: str, lang: str = BOOK) -> str:
    """The sentence for a figure."""
    return _said(OF_ITEM[lang], facts, key, lang)


def numbers_verdict(facts: Facts) -> str:
    """The sentence for the register."""
    return _said(OF_NUMBERS, facts, "numbers.json", BOOK)
