"""What was computed, put into figures/, theme/ and the root: each file moved into place, and only if it changed.

So a watcher or a cache downstream sees nothing where nothing happened. Knows paths and tokens; computes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rapport.design import load_tokens, tokens_css
from rapport.paths import Paths
from rapport.print_fonts import print_fonts
from rapport.scss import quarto_scss
from rapport.steps.beside import write_beside
from rapport.steps.step import Blob

# How the name of what is made here begins; what else lies there is somebody's.
MADE = re.compile(r"(fig|tbl|lst)-|\.new-")


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did: names of all files in figures/, of those that changed or went, and of changes in the root."""

    files: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    beside: tuple[str, ...]


def put(path: Path, content: str | bytes) -> bool:
    """Write a file by moving it into place; True if it changed."""
    new = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == new:
        return False
    write_beside(path, new)
    path.chmod(0o644)
    return True


def theme_files(paths: Paths) -> dict[str, str]:
    """The texts of the theme's files that are made of tokens.json, by name."""
    tokens = load_tokens(paths.theme)
    return {"tokens.css": tokens_css(tokens), **quarto_scss(tokens)}


def write(paths: Paths, files: Mapping[str, Blob], root: Mapping[str, Blob]) -> Written:
    """Bring figures/, the files `root` of the project's root and the theme's files made of tokens.json up to date."""
    for name, text in theme_files(paths).items():
        put(paths.theme / name, text)
    print_fonts(paths)  # Quarto reads them there
    folder = paths.figures
    changed = tuple(name for name, blob in files.items() if put(folder / name, blob.read()))
    stale = sorted(p for p in folder.iterdir() if p.is_file() and p.name not in files and MADE.match(p.name))
    for path in stale:
        path.unlink()
    beside = tuple(name for name, blob in root.items() if put(paths.root / name, blob.read()))
    return Written(tuple(files), changed, tuple(path.name for path in stale), beside)
