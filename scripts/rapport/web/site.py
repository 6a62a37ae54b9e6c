"""A site under completion: its pages, its figures, and what is known of the book and its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapport.book import Book, load_book
from rapport.changelog import Version, read_versions
from rapport.design import Tokens, load_tokens
from rapport.metadata import schemaorg
from rapport.metadata.facts import Facts, read_facts
from rapport.paths import Paths
from rapport.steps import Files

# The page about the data: the first of these that the book has.
ABOUT = ("chapters/datagrunnlag.html", "chapters/kolofon.html", schemaorg.FRONT)


def drawing(key: str) -> str:
    """The file of a figure's narrow drawing, whose letters are largest."""
    return f"{key}.smal.svg"


@dataclass(frozen=True)
class Site:
    """A site under completion: its pages as HTML by address, its figures' files by name, and whether it has a PDF."""

    paths: Paths
    pages: Mapping[str, str]
    figures: Files
    book: Book
    facts: Facts
    tokens: Tokens
    versions: tuple[Version, ...]
    pdf: bool

    @cached_property
    def items(self) -> Mapping[str, dict[str, Any]]:
        """The manifest's entries of the site's own figures."""
        return self.figures["manifest.json"].json()["items"]

    @cached_property
    def drawn(self) -> list[str]:
        """The figures that have a drawing, sorted."""
        return sorted(key for key in self.items if drawing(key) in self.figures)

    @cached_property
    def about(self) -> str:
        """The page about the data."""
        return next(name for name in ABOUT if name in self.pages)

    @property
    def url(self) -> str:
        """The site's address; empty while unknown."""
        return self.book.site_url


def known(paths: Paths, pages: Mapping[str, str], figures: Files, *, pdf: bool) -> Site:
    """The site of the project's book with these pages and figures."""
    tokens, versions = load_tokens(paths.theme), read_versions(paths.root)
    return Site(paths, pages, figures, load_book(paths), read_facts(paths), tokens, versions, pdf)
