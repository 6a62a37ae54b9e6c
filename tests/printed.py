"""PDFs read back: their text by PDFium, which takes a twentieth of the time of a reader in Python, and their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2


def printed(path: Path) -> str:
    """All text of all pages, lines ended as they end on paper; a hyphen at the end of a line is kept."""
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return "\n".join(pages).replace("\ufffe", "-").replace("\r\n", "\n")


def squeeze(text: str) -> str:
    """Letters and digits only: line ends and hyphens are the printer's own."""
    return re.sub(r"[\W\u00ad]+", "", text)


def elements(node: object) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree below a node."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def of_kind(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """The elements of a kind, "/Figure", in reading order."""
    return [element for element in elements(pdf.Root.StructTreeRoot.K) if kind == element.S]


def attribute(element: pikepdf.Dictionary, name: str) -> str:
    """An attribute of a structure element, wherever among its attributes it stands; empty when it has none."""
    sets = element.get("/A", [])
    sets = sets if isinstance(sets, pikepdf.Array) else [sets]
    return next((str(one[name]) for one in sets if isinstance(one, pikepdf.Dictionary) and name in one), "")


def levels(pdf: pikepdf.Pdf) -> list[int]:
    """The level of each heading, in reading order."""
    kinds = (str(element.S) for element in elements(pdf.Root.StructTreeRoot.K))
    return [int(kind[2]) for kind in kinds if re.fullmatch(r"/H\d", kind)]


def below(path: Path, foot: float) -> list[tuple[int, str]]:
    """(page, text) of each piece of text that reaches lower than `foot`, in points from the foot of the page."""
    found = []
    with pypdfium2.PdfDocument(path) as pdf:
        for number, page in enumerate(pdf, start=1):
            text = page.get_textpage()
            boxes = [text.get_rect(i) for i in range(text.count_rects())]
            found += [(number, text.get_text_bounded(*box).strip()) for box in boxes if box[1] < foot]
    return found
