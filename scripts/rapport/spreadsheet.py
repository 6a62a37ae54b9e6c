"""Cells that a spreadsheet would run as a formula, made harmless. Knows nothing of the rest."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run a cell of this text."""
    return text.startswith(FORMULA)


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it.

    >>> harmless("=1+1"), harmless("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{text}" if is_formula(text) else text
