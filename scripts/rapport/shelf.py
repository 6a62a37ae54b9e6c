"""What lies in figures/, for chapters: read from files, so that the kernel of a chapter loads nothing heavy."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapport.errors import RapportError
from rapport.paths import Paths, find_project


@dataclass(frozen=True, slots=True)
class Place:
    """Where a build has put what its chapters read."""

    project: Paths
    figures: Path
    facts: Path


_told: ContextVar[Place | None] = ContextVar("_told", default=None)


@contextmanager
def reading(place: Place) -> Iterator[None]:
    """Chapters that run in this process read from there; those in a kernel are told by its environment."""
    token = _told.set(place)
    try:
        yield
    finally:
        _told.reset(token)


def project() -> Paths:
    """The project whose chapters run."""
    place = _told.get()
    return place.project if place else find_project()


@lru_cache(maxsize=8)
def _json(path: Path, _stamp: int) -> Mapping[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def folder() -> Path:
    """figures/, or the folder where a build keeps the new figures until all of it holds."""
    place, staged = _told.get(), os.environ.get("RAPPORT_FIGURES")
    if place:
        return place.figures
    return Path(staged) if staged else find_project().figures


def read(name: str) -> Mapping[str, Any]:
    """A JSON file of figures/; read again when it changed, as a preview keeps the kernel alive."""
    path = folder() / name
    if not path.is_file():
        raise RapportError(f"figures/{name} is missing.\n  To mend it: run `rapport figures`.")
    return _json(path, path.stat().st_mtime_ns)


def facts() -> Mapping[str, Any]:
    """What the build knows of itself (engine/facts.py), as told to this kernel; nothing where no build has told."""
    place, told = _told.get(), os.environ.get("RAPPORT_FACTS")
    path = place.facts if place else Path(told) if told else find_project().cache / "quarto" / "fakta.json"
    return _json(path, path.stat().st_mtime_ns) if path.is_file() else {}


KINDS = {"fig": "figure", "tbl": "table", "lst": "listing"}


def item(key: str, kind: str) -> Mapping[str, Any]:
    """The manifest's entry of a figure, table or listing. Raises RapportError with those that exist."""
    items = read("manifest.json")["items"]
    if key in items and key.startswith(f"{kind}-"):
        return items[key]
    known = ", ".join(sorted(name for name in items if name.startswith(f"{kind}-")))
    raise RapportError(f'no {KINDS[kind]} "{key}".\n  To mend it: use one of: {known}.')


def near(key: str, known: Iterable[str]) -> str:
    """The known keys that are most like a mistyped one, or nothing."""
    from difflib import get_close_matches

    return ", ".join(get_close_matches(key, list(known), n=3))
