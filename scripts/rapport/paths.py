"""Where things are, from the project's root. Knows nothing of the rest but errors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rapport.errors import BookError

# What a report is made of: folders, and files of the root by pattern.
FOLDERS = ("data", "chapters", "en", "theme")
FILES = ("_quarto.yml", "*.qmd", "*.bib", "CHANGELOG.md", "verification.json")


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one project; nothing is created here."""

    root: Path

    @property
    def data(self) -> Path:
        """The data package."""
        return self.root / "data"

    @property
    def figures(self) -> Path:
        """What `rapport figures` makes; committed."""
        return self.root / "figures"

    @property
    def theme(self) -> Path:
        """Everything visual."""
        return self.root / "theme"

    @property
    def cache(self) -> Path:
        """Everything that can be made again."""
        return self.root / ".cache"

    @property
    def site(self) -> Path:
        """The built site and PDF."""
        return self.root / "_site"

    def shown(self, path: Path) -> str:
        """The path as a user types it: relative to the root where it lies under it."""
        resolved = path.resolve()
        if resolved.is_relative_to(self.root):
            return resolved.relative_to(self.root).as_posix()
        return str(path)


def find_project(start: Path | None = None) -> Paths:
    """The project that `start` (default: the working directory) lies in.

    Raises BookError when no folder upwards holds a `_quarto.yml`.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "_quarto.yml").is_file():
            return Paths(folder)
    raise BookError(
        f"{here}: no _quarto.yml here or in any folder above.\n"
        "  To mend it: run the command inside the project, or name the project with --project FOLDER."
    )
