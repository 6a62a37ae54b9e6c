"""Where a reader reports what does not work: what `_quarto.yml` says of it. Chapters call it. Knows the book's file."""

from __future__ import annotations

from rapport.book import FILE, read_config
from rapport.markup import Markdown, address
from rapport.shelf import project

UNKNOWN = "Adressen du kan skrive til, blir oppgitt her når nettstedet er publisert."


def meld_fra() -> Markdown:
    """A sentence with the address, made of `repo-url`; without one, a sentence that says so."""
    url = str(read_config(project().root / FILE)["book"].get("repo-url") or "").rstrip("/")
    return Markdown(f"Meld fra som en [sak i kodelageret]({address(f'{url}/issues')})." if url else UNKNOWN)
