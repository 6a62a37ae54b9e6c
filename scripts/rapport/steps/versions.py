"""Versions of what is installed, as inputs of steps. Knows the names of folders; imports none of the packages.

A distribution's folder says its name and version (`pandas-3.1.1.dist-info`): reading each one's metadata for it took
an eighth of a build with nothing to do.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from functools import cache

SUFFIX = ".dist-info"


def _plain(name: str) -> str:
    """A distribution's name as all of its spellings have it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _folders() -> Iterator[str]:
    """The names of what Python finds modules among, in its own order."""
    for place in sys.path:
        try:
            yield from os.listdir(place or ".")  # noqa: PTH208 — names alone, of hundreds of folders
        except OSError:  # an archive, or nothing
            continue


@cache
def _installed() -> dict[str, str]:
    """The version of each distribution, by its plain name: of several, the one that Python would import."""
    found: dict[str, str] = {}
    for folder in _folders():
        if folder.endswith(SUFFIX):
            name, _, version = folder.removesuffix(SUFFIX).partition("-")
            found.setdefault(_plain(name), version)
    return found


@cache
def version_of(package: str) -> str:
    """The installed version of a distribution; "missing" when there is none."""
    return _installed().get(_plain(package), "missing")


def versions(*packages: str) -> dict[str, str]:
    """Inputs of a step that calls these distributions: the version of each, and of Python."""
    python = f"{platform.python_implementation()} {sys.version_info.major}.{sys.version_info.minor}"
    return {"Python": python, **{f"{package} (library)": version_of(package) for package in packages}}
