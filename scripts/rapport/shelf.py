"""What lies in figures/, for chapters: as files for a kernel, which loads nothing heavy, or as the build has it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from rapport.errors import RapportError
from rapport.paths import Paths, find_project

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """What chapters read that run in the build's own process: files of figures/ by name, None where there is none."""

    project: Paths
    text: Callable[[str], str | None]
    json: Callable[[str], Mapping[str, Any] | None]
    facts: Mapping[str, Any]


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


@lru_cache(maxsize=64)
def _text(path: Path, _stamp: int) -> str:
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _json(path: Path, _stamp: int) -> Mapping[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _read(path: Path, how: Callable[[Path, int], T]) -> T | None:
    """A file, read again when it changed, as a preview keeps the kernel alive."""
    return how(path, path.stat().st_mtime_ns) if path.is_file() else None


def _file(name: str) -> Path:
    """A file of figures/, or of the folder where a build keeps the new figures until all of it holds."""
    staged = os.environ.get("RAPPORT_FIGURES")
    return (Path(staged) if staged else find_project().figures) / name


def _there(name: str, found: T | None) -> T:
    if found is None:
        raise RapportError(f"figures/{name} is missing.\n  To mend it: run `rapport figures`.")
    return found


def text(name: str) -> str:
    """A file of figures/ as text. Raises RapportError when there is none."""
    place = _told.get()
    return _there(name, place.text(name) if place else _read(_file(name), _text))


def read(name: str) -> Mapping[str, Any]:
    """A JSON file of figures/. Raises RapportError when there is none."""
    place = _told.get()
    return _there(name, place.json(name) if place else _read(_file(name), _json))


def facts() -> Mapping[str, Any]:
    """What the build knows of itself (engine/facts.py), as told to this kernel; nothing where no build has told."""
    if place := _told.get():
        return place.facts
    told = os.environ.get("RAPPORT_FACTS")
    return _read(Path(told) if told else find_project().cache / "quarto" / "fakta.json", _json) or {}


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
