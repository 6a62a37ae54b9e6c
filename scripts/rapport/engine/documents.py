"""The Word file and the e-book: what pandoc needs beside the chapters. Knows the book and its texts.

Both come from the same chapters as the pages, by way of bok.lua, and hold the same numbers and captions.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.book import Book
from rapport.engine.jobs import Job
from rapport.engine.pdf import KEYWORDS
from rapport.engine.press import Press
from rapport.engine.revision import Revision
from rapport.engine.word_reference import reference_docx
from rapport.errors import EngineError
from rapport.paths import Paths

INDEPENDENT = (
    "Dette er en uavhengig og etterprøvbar gjengivelse av en offentlig evaluering. Den er verken laget eller godkjent "
    "av evaluatorene eller av Arbeids- og velferdsdirektoratet."
)
LICENCE = "Tekst, figurer og data: CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/deed.no). Programkode: MIT."
SUMMARY = (
    "Alle figurer har tekst som sier hva de viser, tabeller har overskriftsrader, og overskriftene gir innholdet. "
    "Ingenting blinker eller spilles av."
)


@dataclass(frozen=True, slots=True)
class Edition:
    """The book in one revision, the folder where its chapters and figures lie, and what runs pandoc."""

    paths: Paths
    book: Book
    revision: Revision
    data_version: str
    folder: Path
    press: Press

    @property
    def words(self) -> list[str]:
        """What a reader must know of this edition, a paragraph each."""
        book, made = self.book, self.revision
        cite = f"{book.author} ({made.time.year}). {book.title}. Versjon {self.data_version}, revisjon {made.commit}."
        return [
            INDEPENDENT,
            f"Versjon {self.data_version} av dataene, revisjon {made.commit} av tekst og program, {made.shown_date}.",
            f"Slik siterer du: {cite} Gjelder det et funn, bør du sitere originalrapporten.",
            LICENCE,
        ]

    def meta(self) -> dict[str, Any]:
        """What both documents say of themselves."""
        book = self.book
        return {
            "title": book.title, "subtitle": book.subtitle, "author": [book.author], "lang": "nb-NO",
            "description": book.description, "subject": book.subtitle, "keywords": list(KEYWORDS),
            "abstract-title": "Om denne utgaven",
        }  # fmt: skip


def cover(book: Book) -> dict[str, Any]:
    """The words on the e-book's cover, for theme/eksport.typ."""
    return {"tittel": book.title, "undertittel": book.subtitle, "merknad": "En uavhengig og etterprøvbar gjengivelse"}


def write_docx(edition: Edition, figures: Path, out: Path) -> None:
    """The Word file. figures: where fig-x.png lie. Raises EngineError with pandoc's words."""
    reference = reference_docx(edition.paths, edition.book.title, edition.folder / "reference.docx")
    meta = edition.meta() | {"date": edition.revision.shown_date}
    _convert(edition, "docx", figures, out, {"meta": meta, "reference": str(reference)})


def _epub_meta(edition: Edition, cover: Path) -> dict[str, Any]:
    made = edition.revision
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.book.title} {edition.data_version} {made.commit}")
    return edition.meta() | {
        "date": f"{made.time:%Y-%m-%d}", "identifier": f"urn:uuid:{identifier}", "rights": LICENCE,
        "publisher": edition.book.author, "toc-title": "Innhold", "cover-image": str(cover),
        "css": [str(edition.paths.theme / "bok.css")],
        "accessModes": ["textual", "visual"], "accessModeSufficient": ["textual"],
        "accessibilityFeatures": [
            "alternativeText", "readingOrder", "structuralNavigation", "tableOfContents", "displayTransformability",
        ],
        "accessibilityHazards": ["none"], "accessibilitySummary": SUMMARY,
    }  # fmt: skip


def write_epub(edition: Edition, figures: Path, out: Path) -> None:
    """The e-book. figures: where fig-x.trykk.svg and omslag.png lie. Raises EngineError with pandoc's words."""
    meta = _epub_meta(edition, figures / "omslag.png")
    _convert(edition, "epub", figures, out, {"meta": meta})


WRITERS = {"docx": write_docx, "epub": write_epub}


def _convert(edition: Edition, kind: str, figures: Path, out: Path, more: Mapping[str, Any]) -> None:
    more = dict(more) | {"figures": f"{figures}/", "abstract": edition.words}
    edition.press.convert(edition.book, edition.folder, Job(kind, out, {}, more))
    if not out.is_file():
        raise EngineError(f"pandoc said that all was well but made no {out.name}.")
