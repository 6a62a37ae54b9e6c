"""The book as `_quarto.yml` describes it: one list of chapters, for both engines.

Knows the outline, paths and errors. Only what this book uses of Quarto's book format is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.address import site_address
from rapport.config import FILE, check_config
from rapport.errors import BookError, Place
from rapport.legible import lines
from rapport.outline import Chapter, read_pages
from rapport.paths import Paths
from rapport.yaml_text import read_yaml

__all__ = ["FILE", "Book", "Chapter", "load_book", "read_config"]


@dataclass(frozen=True, slots=True)
class Book:
    """Title page facts, chapters in order, and the parts of `_quarto.yml` that engines need."""

    title: str
    subtitle: str
    author: str
    date: str
    description: str
    output_file: str
    output_dir: str
    bibliography: str
    lang: str
    site_url: str
    repo_url: str
    chapters: tuple[Chapter, ...]
    echo: bool
    alone: tuple[Chapter, ...] = ()

    @property
    def pages(self) -> tuple[Chapter, ...]:
        """Every page of the site: the chapters, and the pages that stand alone."""
        return (*self.chapters, *self.alone)


def read_config(path: Path) -> dict[str, Any]:
    """`_quarto.yml` as a dictionary. Raises BookError when it is not YAML, or holds what it must not."""
    text = lines(FILE, path.read_bytes())
    if isinstance(text, Place):
        raise BookError(text)
    config = read_yaml(FILE, text)
    check_config(config)
    return config


def load_book(paths: Paths) -> Book:
    """The book in the project. Raises BookError when it cannot be read as one."""
    config = read_config(paths.root / FILE)
    book, lang = config["book"], config["lang"]
    pages = read_pages(paths, book, lang)
    return Book(
        title=book["title"], subtitle=book.get("subtitle") or "", author=book["author"], date=str(book["date"]),
        description=(book.get("description") or "").strip(), output_file=book["output-file"],
        output_dir=(config.get("project") or {}).get("output-dir") or "_book", bibliography=config["bibliography"],
        lang=lang, site_url=site_address(book.get("site-url")), repo_url=book.get("repo-url") or "",
        chapters=tuple(page for page in pages if not page.alone), alone=tuple(page for page in pages if page.alone),
        echo=(config.get("execute") or {}).get("echo", True),
    )  # fmt: skip
