"""The words of pages and figures in each language: one module a language, with the same keys in each.

The page template and the Lua filters are told them by engine/jobs.py. Knows nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport.words import en, nb

WORDS: Mapping[str, Mapping[str, Any]] = {"nb": nb.WORDS, "en": en.WORDS}


def words(lang: str) -> Mapping[str, Any]:
    """Those of one language; of files and bases by their code."""
    return WORDS[lang]
