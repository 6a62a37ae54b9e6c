"""Long texts made from data: the glossary, the unclear points of the source, the codebook, what is uncertain, and
how we judge ourselves.
"""

from __future__ import annotations

from collections.abc import Callable

from rapport.data import Data
from rapport.listings import avvik, egenvurdering, kodebok, ordliste, usikkert
from rapport.listings.ordliste import terms_json
from rapport.records import Listing

__all__ = ["BUILDERS", "terms_json"]

BUILDERS: tuple[Callable[[Data], Listing], ...] = tuple(
    module.build for module in (ordliste, avvik, kodebok, usikkert, egenvurdering)
)
