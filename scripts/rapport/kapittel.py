"""What chapters call: `n` for a number, `figure`, `table` and `listing` for what figures/ holds, `term` and
`avvik` to look up a word or a point, `register` and `verification` for where all numbers come from.

Runs inside the notebook kernel of either engine, so it reads only what `rapport figures` wrote and
imports nothing heavy. Cells print Markdown; nothing here returns text/html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport import blocks, shelf
from rapport.errors import NumberError, RapportError
from rapport.languages import BOOK, language_of
from rapport.markup import Markdown
from rapport.oppslag import avvik, listing, term
from rapport.pages.register import register_text
from rapport.pages.verification import verification_text
from rapport.phrasing import number_text

__all__ = [
    "avvik", "figure", "listing", "n", "number_text", "register", "small_figure", "table", "term", "verification",
]  # fmt: skip


def _number(key: str) -> Mapping[str, Any]:
    numbers = shelf.read("numbers.json")
    if key not in numbers:
        near = shelf.near(key, numbers) or "see the Tallregister"
        raise NumberError(f'no number "{key}" in the register.\n  To mend it: use a key that exists ({near}).')
    if numbers[key]["value"] is None:
        raise NumberError(
            f'the number "{key}" is ukjent: it cannot be read in the source.\n'
            "  To mend it: write around it, or fill the cell in data/ when the number is found."
        )
    return numbers[key]


def number(key: str, hedge: str | None, bound: float | None, word: str | bool, lang: str) -> Markdown:
    """`n` in a language of rapport.languages."""
    found = _number(key)
    text = number_text(found, hedge, bound, word, lang)
    return Markdown(f'[{text}]{{.tall data-id="{key}" data-verdi="{found["value"]:.10g}"}}')


def n(key: str, hedge: str | None = None, bound: float | None = None, *, word: str | bool = False) -> Markdown:
    """The number `key` as the text writes it, with its provenance.

    hedge and bound make a checked claim ("over", 60); word=True spells a number up to twelve, word="ett"
    is checked to mean the value. Raises NumberError when the number is unknown or the claim untrue.
    """
    return number(key, hedge, bound, word, BOOK)


def _figure(key: str, lang: str) -> Mapping[str, Any]:
    item = shelf.item(key, "fig")
    if language_of(item) != lang:
        raise RapportError(
            f"{key} is in another language than the chapter.\n"
            f'  To mend it: in an English chapter write its id with "-en", in others without.'
        )
    return item


def figure(key: str, lang: str = BOOK) -> None:
    """Print the figure or diagram `key` as Markdown, for a cell with `#| output: asis`.

    Raises RapportError when it is not in the language `lang`.
    """
    item = _figure(key, lang)
    block = blocks.diagram_block if item.get("form") == "diagram" else blocks.figure_block
    print(block(key, item, shelf.read("manifest.json")["data_version"], shelf.facts()))


def small_figure(key: str, lang: str = BOOK) -> Markdown:
    """The figure `key` in small, to stand with the sentence that tells its finding."""
    if ".liten.html" not in _figure(key, lang)["sizes"]:
        raise RapportError(
            f"{key} has no small drawing.\n  To mend it: give its Figure `small`, as figures/formaal.py does."
        )
    return Markdown(blocks.small_block(key))


def table(key: str) -> None:
    """Print the table `key` as Markdown, for a cell with `#| output: asis`."""
    item = shelf.item(key, "tbl")
    print(blocks.table_block(key, item))


def register() -> None:
    """Print the number register as Markdown, for a cell with `#| output: asis`."""
    print(register_text(shelf.read("numbers.json"), shelf.read("manifest.json"), shelf.facts()))


def verification() -> None:
    """Print what was verified last and whether it still is the same, for a cell with `#| output: asis`."""
    print(verification_text(shelf.read("manifest.json"), shelf.facts()))
