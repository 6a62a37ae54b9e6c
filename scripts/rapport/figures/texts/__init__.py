"""The words of figures that are made in more than one language: one module a figure family, with the same keys in each.

Labels come from the data in bokmål, and by their code from here in other languages. Knows languages and errors.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapport.errors import DataError, Fault
from rapport.languages import BOOK

Texts = Mapping[str, Mapping[str, str]]
Labels = Mapping[str, Mapping[str, str]]

SOURCE = {
    "nb": "Oslo Economics og Frischsenteret (2023), avsnitt {sections}",
    "en": "Oslo Economics and the Frisch Centre (2023), section {sections}, in Norwegian",
}
BASIS = {
    "en": {"oppgitt": "stated", "avledet": "derived", "omtrentlig": "approximate", "antatt": "inferred",
           "ukjent": "unknown"},
}  # fmt: skip


def twin(key: str, lang: str) -> str:
    """The id of a figure in a language: that of the book's language, or with the language behind it."""
    return key if lang == BOOK else f"{key}-{lang}"


def label(labels: Labels, code: str, said: str, lang: str) -> str:
    """The label of `code`: as the data have it in bokmål (`said`), else its translation.

    Raises DataError when there is none: a label in the wrong language would go unseen.
    """
    if lang == BOOK:
        return said
    if code in labels[lang]:
        return labels[lang][code]
    raise DataError(
        Fault(
            file="scripts/rapport/figures/texts/", found=f"{code} (“{said}”) without a word in the language {lang}",
            expected="a translation of every label that a figure in that language shows",
            remedy=f'add "{code}" to the labels of that figure\'s texts',
        )
    )  # fmt: skip


def note(notes: Labels, text: str, lang: str) -> str:
    """A note of the data in a language; one that is new or changed stands as it is until it is translated."""
    return text if lang == BOOK else notes[lang].get(text, f"In Norwegian: {text}")
