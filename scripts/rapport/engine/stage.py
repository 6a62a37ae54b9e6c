"""What the cells of one build read: the new figures and what the build knows of itself, in the build's own folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from rapport.book import Book
from rapport.engine.facts import FILE, build_facts, write_facts
from rapport.paths import Paths


class Figures(Protocol):
    """Where figures come from; the engine knows no more of them."""

    def compute(self) -> Mapping[str, str]:
        """Every file of figures/ as text, by name."""
        ...

    def write(self, files: Mapping[str, str]) -> None:
        """Bring figures/ up to date with the computed files."""
        ...


def environment(folder: Path) -> dict[str, str]:
    """Where the cells find it."""
    return {"RAPPORT_FIGURES": str(folder / "figures"), "RAPPORT_FACTS": str(folder / FILE)}


def stage(
    figures: Figures, paths: Paths, book: Book, sources: Mapping[str, str], folder: Path
) -> tuple[Mapping[str, str], str]:
    """Compute the figures into `folder`, and the facts beside them: (files by name, version of the data package)."""
    files = figures.compute()
    (folder / "figures").mkdir()
    for name, text in files.items():
        (folder / "figures" / name).write_text(text, encoding="utf-8", newline="")
    write_facts(folder / FILE, build_facts(paths, book, sources, files))
    return files, str(json.loads(files["manifest.json"])["data_version"])
