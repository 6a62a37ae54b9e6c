"""What English chapters call: `n` writes a number in English, `figure` and `small_figure` show a figure's English twin.

The rest is as in rapport.kapittel: the same register, the same rules for words, the same files of figures/.
"""

from __future__ import annotations

from rapport import kapittel
from rapport.markup import Markdown

__all__ = ["figure", "n", "small_figure"]

LANG = "en"


def n(key: str, hedge: str | None = None, bound: float | None = None, *, word: str | bool = False) -> Markdown:
    """The number `key` as an English text writes it, with its provenance.

    hedge and bound make a checked claim ("over", 60; "two thirds"); word as in rapport.kapittel.n. Raises NumberError
    when the number is unknown or the claim untrue.
    """
    return kapittel.number(key, hedge, bound, word, LANG)


def figure(key: str) -> None:
    """Print the English figure `key` ("fig-deltakere-en"), for a cell with `#| output: asis`."""
    kapittel.figure(key, LANG)


def small_figure(key: str) -> Markdown:
    """The English figure `key` in small, to stand with the sentence that tells its finding."""
    return kapittel.small_figure(key, LANG)
