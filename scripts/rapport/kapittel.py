"""What chapters call: `n` for a number, `figure`, `table` and `listing` for what figures/ holds, `term` and
`avvik` to look up a word or a point.

Runs inside the notebook kernel of either engine, so it reads only what `rapport figures` wrote and
imports nothing heavy. Cells print Markdown; nothing here returns text/html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rapport import blocks, hedges, shelf
from rapport.errors import NumberError, RapportError
from rapport.oppslag import avvik, listing, term
from rapport.wording import WORDS, decimal, percent, spelled

if TYPE_CHECKING:
    from IPython.display import Markdown

__all__ = ["avvik", "figure", "listing", "n", "number_text", "small_figure", "table", "term"]

PERCENT = "prosent"


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


def _spelled(value: float, word: str | bool) -> str:
    """The number as a word; a word that is given must mean the number."""
    if isinstance(word, str):
        if word.lower() in WORDS.get(int(value), ()) and value == int(value):
            return word
        raise NumberError(
            f'"{word}" does not mean {decimal(value)}.\n  To mend it: write the word for the value, or word=True.'
        )
    shown = spelled(value)
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
    number: Mapping[str, Any], hedge: str | None = None, bound: float | None = None, word: str | bool = False
) -> str:
    """The words for a register entry. Raises NumberError when they are not true of its value."""
    value, unit = float(number["value"]), str(number["unit"])
    if hedge is not None:
        hedges.check_known(hedge, bound)
        if bound is None and hedge.lower() in hedges.PHRASES:
            _check_share(hedge, unit)
            return hedges.phrase(hedge, value)
        stated = number["basis"] == "omtrentlig"
        limit = value if bound is None else bound
        shown = _spelled(limit, word) if word else None
        return hedges.bounded(hedge, limit, value, unit, word=shown, stated_as_bound=stated)
    if word:
        return _spelled(value, word)
    decimals = int(number["decimals"])
    return percent(value, decimals) if unit == PERCENT else decimal(value, decimals)


def n(key: str, hedge: str | None = None, bound: float | None = None, *, word: str | bool = False) -> Markdown:
    """The number `key` as the text writes it, with its provenance.

    hedge and bound make a checked claim ("over", 60); word=True spells a number up to twelve, word="ett"
    is checked to mean the value. Raises NumberError when the number is unknown or the claim untrue.
    """
    from IPython.display import Markdown

    number = _number(key)
    text = number_text(number, hedge, bound, word)
    return Markdown(f'[{text}]{{.tall data-id="{key}" data-verdi="{number["value"]:.10g}"}}')


def figure(key: str) -> None:
    """Print the figure or diagram `key` as Markdown, for a cell with `#| output: asis`."""
    item = shelf.item(key, "fig")
    block = blocks.diagram_block if item.get("form") == "diagram" else blocks.figure_block
    print(block(key, item, shelf.folder(), shelf.read("manifest.json")["data_version"]))


def small_figure(key: str) -> Markdown:
    """The figure `key` in small, to stand with the sentence that tells its finding."""
    from IPython.display import Markdown

    if ".liten.html" not in shelf.item(key, "fig")["sizes"]:
        raise RapportError(
            f"{key} has no small drawing.\n  To mend it: give its Figure `small`, as figures/formaal.py does."
        )
    return Markdown(blocks.small_block(key, shelf.folder()))


def table(key: str) -> None:
    """Print the table `key` as Markdown, for a cell with `#| output: asis`."""
    item = shelf.item(key, "tbl")
    print(blocks.table_block(key, item, shelf.folder()))
