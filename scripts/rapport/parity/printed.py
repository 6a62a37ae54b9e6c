"""A PDF as facets: outline, captions, language, and the text of each chapter. Needs pypdf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapport.parity.page import Facets, plain

CAPTION = re.compile(r"^(?:Figur|Tabell) (?:[A-Z0-9]+\.)?\d+$", re.MULTILINE)


def _outline(entries: list[Any], reader: Any, level: int = 1) -> Iterator[tuple[int, str, int]]:
    """(level, title, page number from 0) of each entry."""
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, reader, level + 1)
        else:
            yield level, plain(str(entry.title)), reader.get_destination_page_number(entry)


def _captions(pages: list[str]) -> list[str]:
    """Number and first line of each figure's and table's headline."""
    found = []
    for page in pages:
        for match in CAPTION.finditer(page):
            headline = page[match.end() :].strip().split("\n", 1)[0]
            found.append(plain(f"{match.group()} {headline}"))
    return found


def read_pdf(path: Path) -> Facets:
    """The facets of the PDF; "text of <chapter>" holds the lines of one chapter."""
    from pypdf import PdfReader

    reader = PdfReader(path)
    pages = [page.extract_text() for page in reader.pages]
    outline = list(_outline(reader.outline, reader))
    facets = {
        "language": [str(reader.root_object.get("/Lang", ""))],
        "pages": [str(len(pages))],
        "outline": [f"{level} {title}" for level, title, _ in outline],
        "captions": _captions(pages),
    }
    starts = [(title, page) for level, title, page in outline if level == 1]
    for (title, first), (_, end) in pairwise([*starts, ("", len(pages))]):
        lines = [plain(line) for page in pages[first : max(end, first + 1)] for line in page.split("\n")]
        facets[f"text of {title}"] = [line for line in lines if line]
    return facets
