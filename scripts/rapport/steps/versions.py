"""Versions of what is installed, as inputs of steps. Knows package metadata; imports none of the packages."""

from __future__ import annotations

import platform
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def version_of(package: str) -> str:
    """The installed version of a distribution; "missing" when there is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def versions(*packages: str) -> dict[str, str]:
    """Inputs of a step that calls these distributions: the version of each, and of Python."""
    python = f"{platform.python_implementation()} {sys.version_info.major}.{sys.version_info.minor}"
    return {"Python": python, **{f"{package} (library)": version_of(package) for package in packages}}
