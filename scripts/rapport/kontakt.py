"""Where a reader reports what does not work: what `_quarto.yml` says of it. Chapters call it. Knows the book's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.book import FILE, read_config
from rapport.markup import address
from rapport.paths import find_project

if TYPE_CHECKING:
    from IPython.display import Markdown

UNKNOWN = "Adressen du kan skrive til, blir oppgitt her når nettstedet er publisert."


def meld_fra() -> Markdown:
    """A sentence with the address, made of `repo-url`; without one, a sentence that says so."""
    from IPython.display import Markdown

    url = str(read_config(find_project().root / FILE)["book"].get("repo-url") or "").rstrip("/")
    return Markdown(f"Meld fra som en [sak i kodelageret]({address(f'{url}/issues')})." if url else UNKNOWN)
