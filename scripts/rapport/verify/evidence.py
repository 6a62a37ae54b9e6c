"""What is compared: the committed figures/ and the built site on one side, everything recomputed on the other.

Reads and computes; judges nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rapport.book import Book, load_book
from rapport.calculation import compute_here
from rapport.data import Data
from rapport.engine.check import read_sources
from rapport.engine.facts import build_facts
from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.steps import Memory, Steps, text_of
from rapport.verified import digests, hashes

FIGURE_SUFFIXES = (".vl.json", ".smal.svg", ".svg", ".csv", ".json", ".html", ".typ", ".md")


@dataclass(frozen=True)
class Evidence:
    """Both sides. `recomputed` and `committed` map names of files in figures/ to their text."""

    paths: Paths
    data: Data
    book: Book
    sources: Mapping[str, str]
    recomputed: Mapping[str, str]
    committed: Mapping[str, str]
    site: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """figures/manifest.json as committed; empty when it is gone or broken."""
        return _json(self.committed.get("manifest.json"))

    @cached_property
    def expected_manifest(self) -> dict[str, Any]:
        """The manifest that follows from data/."""
        return _json(self.recomputed["manifest.json"])

    @cached_property
    def numbers(self) -> dict[str, Any]:
        """The register that follows from data/, by key."""
        return _json(self.recomputed["numbers.json"])

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the pages may say of the last verification and of the uses of numbers."""
        return build_facts(self.paths, self.book, self.sources, self.recomputed)

    @cached_property
    def digests(self) -> dict[str, str]:
        """The hash of everything that is verified, by what it is called in the record."""
        return digests(self.expected_manifest, hashes(self.recomputed), self.sources)

    @cached_property
    def items(self) -> dict[str, Any]:
        """The expected manifest's entries, by figure or table."""
        return self.expected_manifest["items"]

    @cached_property
    def tools_differ(self) -> str:
        """Which libraries are other versions than those that made figures/, in words; empty when none is."""
        made_with = self.manifest.get("tools", {})
        pairs = [(tool, made_with.get(tool), now) for tool, now in self.expected_manifest["tools"].items()]
        return ", ".join(f"{tool} {now} here, {then} in the manifest" for tool, then, now in pairs if then != now)


def _json(text: str | None) -> dict[str, Any]:
    try:
        return json.loads(text or "{}")
    except json.JSONDecodeError:
        return {}


def read_committed(folder: Path) -> dict[str, str]:
    """The files of figures/ as text; bytes that are no text are kept as replacement characters, so that they differ."""
    files = sorted(path for path in folder.glob("*") if path.is_file() and path.name != ".gitkeep")
    return {path.name: path.read_bytes().decode("utf-8", errors="replace") for path in files}


def recompute(paths: Paths) -> tuple[Data, dict[str, str]]:
    """The data package and every file of figures/ that follows from it. Raises DataError or NumberError."""
    data, made = compute_here(paths, Steps(Memory()))
    return data, {name: text_of(content) for name, content in made.items()}


def gather(paths: Paths, site: Path) -> Evidence:
    """Everything recomputed, and everything committed and built.

    Raises RapportError when data or chapters cannot be used, or when there is no site to verify.
    """
    if not (site / "index.html").is_file():
        raise RapportError(
            f"{paths.shown(site)}/ holds no built site.\n  To mend it: run `rapport render`, then verify again."
        )
    data, recomputed = recompute(paths)
    book = load_book(paths)
    committed = read_committed(paths.figures)
    return Evidence(paths, data, book, read_sources(paths, book), recomputed, committed, site)
