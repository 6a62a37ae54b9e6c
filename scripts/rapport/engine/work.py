"""What one build works with, as its parts share it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from rapport.book import Book
from rapport.engine.pandoc import write_markdown
from rapport.engine.press import Press
from rapport.engine.revision import Revision
from rapport.inputs import Inputs, file_input
from rapport.languages import LANGUAGES
from rapport.paths import Paths
from rapport.steps import Files, Steps, code, digest, versions

# Filled in when all is made, so that a commit does not convert every page again.
COMMIT = "@COMMIT@"
DATES = {lang: f"@DATE {lang}@" for lang in LANGUAGES}
LUA = ("theme/bok.lua", "theme/bok/", "theme/rapport.lua")


@dataclass(frozen=True, slots=True)
class Build:
    """One build of `formats`. `folder` is its own corner of .cache/, `chapters` the executed text by path."""

    paths: Paths
    book: Book
    formats: tuple[str, ...]
    revision: Revision
    inputs: Inputs
    steps: Steps
    figures: Files
    chapters: Files
    folder: Path
    press: Press

    @property
    def data_version(self) -> str:
        """The version of the data package."""
        return str(self.figures["manifest.json"].json()["data_version"])

    @property
    def bibliography(self) -> dict[str, str]:
        """Inputs of what cites or lists works."""
        return file_input(self.paths.root, self.book.bibliography)

    def laid(self, name: str, chapters: Collection[str] | None = None) -> Path:
        """The folder `name` in the build's corner with these chapters in it, or all of them, for pandoc."""
        folder = self.folder / name
        wanted = self.chapters.keys() if chapters is None else chapters
        write_markdown(self.book, {file: self.chapters[file].text() for file in wanted}, folder)
        return folder

    def converter(self, *theme: str) -> dict[str, str]:
        """Inputs of every conversion by pandoc; `theme` names what this one reads besides."""
        return {**self.inputs.pick(*LUA, *theme), **code("rapport.engine.press"), **versions("pypandoc-binary")}

    def whole(self, *theme: str) -> dict[str, str]:
        """Inputs of a conversion of all chapters into one document."""
        texts = {f"text of {file}": blob.digest for file, blob in self.chapters.items()}
        return {
            **texts,
            **self.bibliography,
            "the book's list of chapters": digest(repr(self.book)),
            **self.converter(*theme),
        }
