"""What the doctor says of packages: installed, locked, and what made the figures. Knows paths only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from rapport.doctor.check import INSTALL, LOCK, Check
from rapport.doctor.versions import Package, compare
from rapport.paths import Paths

PROJECT = "rapport-arbeidstrening"
MANIFEST = "figures/manifest.json"
ACCEPT = f"{INSTALL}; or, when the new version is wanted, see with rapport verify what it changes"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _tools(paths: Paths) -> dict[str, str]:
    """The versions that made the figures, as the manifest has them."""
    try:
        return dict(json.loads(_text(paths.root / MANIFEST))["tools"])
    except (ValueError, KeyError, TypeError):
        return {}


def _package(package: Package) -> Check:
    """What cannot be done without is needed; another version of what made the figures differs; the rest is told."""
    if not package.usable:
        return Check(package.name, str(package), False, remedy=INSTALL)
    matters = package.made is not None and not package.same
    return Check(
        package.name, str(package), package.same or not package.locked, needed=False, differs=matters, remedy=ACCEPT
    )


def package_checks(paths: Paths) -> Iterator[Check]:
    """A line for each package that our code asks for, and for each other one that is not as locked."""
    lock, tools = _text(paths.root / LOCK), _tools(paths)
    for name, there in ((LOCK, lock), (MANIFEST, tools)):
        if not there:
            remedy = f"git checkout {name}"
            yield Check(name, "missing: versions are not compared with it", False, needed=False, remedy=remedy)
    try:
        requires = metadata.requires(PROJECT) or []
    except metadata.PackageNotFoundError:
        yield Check(PROJECT, "not installed", False, remedy="pip install --no-deps --no-build-isolation -e .")
        requires = []
    packages = compare(lock, tools, requires)
    yield from (_package(package) for package in packages if package.direct or not package.same)
    others = [package for package in packages if not package.direct]
    same = sum(package.same for package in others)
    yield Check("other locked packages", f"{same} of {len(others)} as locked", True)
