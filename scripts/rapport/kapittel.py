"""What chapters call: `n` for a number, `figure` and `table` for what figures/ holds.

Runs inside the notebook kernel of either engine, so it reads only what `rapport figures` wrote and
imports nothing heavy. Cells print Markdown; nothing here returns text/html.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapport import blocks, hedges
from rapport.errors import NumberError, RapportError
from rapport.paths import find_project
from rapport.wording import WORDS, decimal, percent, spelled

if TYPE_CHECKING:
    from IPython.display import Markdown

__all__ = ["figure", "n", "number_text", "table"]

PERCENT = "prosent"


@lru_cache(maxsize=4)
def _json(path: Path, _stamp: int) -> Mapping[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _folder() -> Path:
    """figures/, or the folder where a build keeps the new figures until all of it holds."""
    staged = os.environ.get("RAPPORT_FIGURES")
    return Path(staged) if staged else find_project().figures


def _read(name: str) -> Mapping[str, Any]:
    """A JSON file of figures/; read again when it changed, as a preview keeps the kernel alive."""
    path = _folder() / name
    if not path.is_file():
        raise RapportError(f"figures/{name} is missing.\n  To mend it: run `rapport figures`.")
    return _json(path, path.stat().st_mtime_ns)


def _number(key: str) -> Mapping[str, Any]:
    numbers = _read("numbers.json")
    if key not in numbers:
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(key, numbers, n=3)) or "see the Tallregister"
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


def _item(key: str, kind: str) -> Mapping[str, Any]:
    items = _read("manifest.json")["items"]
    if key in items and key.startswith(f"{kind}-"):
        return items[key]
    known = ", ".join(sorted(name for name in items if name.startswith(f"{kind}-")))
    raise RapportError(f'no {"figure" if kind == "fig" else "table"} "{key}".\n  To mend it: use one of: {known}.')


def figure(key: str) -> None:
    """Print the figure or diagram `key` as Markdown, for a cell with `#| output: asis`."""
    item = _item(key, "fig")
    block = blocks.diagram_block if item.get("form") == "diagram" else blocks.figure_block
    print(block(key, item, _folder(), _read("manifest.json")["data_version"]))


def table(key: str) -> None:
    """Print the table `key` as Markdown, for a cell with `#| output: asis`."""
    item = _item(key, "tbl")
    print(blocks.table_block(key, item, _folder()))
