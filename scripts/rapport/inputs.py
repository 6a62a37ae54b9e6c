"""The files that a build reads, by digest: read once, and again at the end to see that nothing changed meanwhile.

Light on purpose: with these alone a build finds out that nothing has to be done. Knows paths and fonts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rapport.errors import RapportError
from rapport.paths import FILES, FOLDERS, Paths
from rapport.steps import digest, folder_digests, one_of_a_kind
from rapport.steps.digests import file_digest

# What a build writes into theme/, made of tokens.json.
MADE = ("theme/fonts/", "theme/tokens.css", "theme/quarto-lys.scss", "theme/quarto-mork.scss")
FONT_PACKAGES = ("font_source_sans_pro", "font_source_serif_pro")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The digest of each file, by its path from the project's root."""

    files: Mapping[str, str]

    def pick(self, *wanted: str) -> dict[str, str]:
        """The inputs of a step that reads these files; a name that ends with / means all that lies in the folder."""
        return {
            path: value
            for path, value in self.files.items()
            if any(path == name or (name.endswith("/") and path.startswith(name)) for name in wanted)
        }


def _no_input(path: str) -> bool:
    """Whether a build writes the file itself, or the file is hidden or an editor's copy."""
    return path.startswith(MADE) or any(part.startswith(".") or part.endswith("~") for part in path.split("/"))


def read_inputs(paths: Paths) -> Inputs:
    """The project's files as they are now."""
    return Inputs(folder_digests(paths.root, FOLDERS, FILES, _no_input))


def file_input(root: Path, name: str) -> dict[str, str]:
    """One file as an input of steps, wherever in the project it lies; one that is not there is never the same."""
    path = root / name
    return {name: file_digest(path) if path.is_file() else one_of_a_kind()}


def changed_since(paths: Paths, inputs: Inputs) -> list[str]:
    """The files that are no longer what they were: then no result may be kept."""
    now = read_inputs(paths).files
    return sorted(path for path in now.keys() | inputs.files.keys() if now.get(path) != inputs.files.get(path))


def require_same(changed: Sequence[str]) -> None:
    """Raises RapportError when a file changed while it was read: then nothing may be put in place."""
    if changed:
        raise RapportError(
            f"{', '.join(changed)} changed while the report was being built.\n"
            "  To mend it: run the command again; when it changes each time, find what writes it, such as a program "
            "that a cell starts."
        )


@cache
def font_files() -> Mapping[str, str]:
    """The digests of the installed fonts, by file name: inputs of what sets or measures text; read once."""
    places = [Path(str(spec.origin)).parent / "files" for name in FONT_PACKAGES if (spec := find_spec(name))]
    fonts = sorted(path for place in places for path in place.glob("*.[ot]tf"))
    return {f"font {path.name}": digest(path.read_bytes()) for path in fonts}
