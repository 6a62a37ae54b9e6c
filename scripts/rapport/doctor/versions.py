"""Installed packages against requirements.lock, pyproject.toml's lower bounds and the versions that made the figures.

Knows nothing of the rest: what is installed is asked of Python, what is locked is read as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+?))?(?: \\)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One package: the version found (None: missing), locked, and in the manifest (None: not named there).

    `direct` says that our own code asks for it; `fits` that the version found is not below the oldest that will do.
    """

    name: str
    found: str | None
    locked: str | None
    made: str | None
    direct: bool
    fits: bool

    @property
    def usable(self) -> bool:
        """Whether the report can be made with what is found."""
        return self.found is not None and self.fits

    @property
    def same(self) -> bool:
        """Whether what is found is what is locked and what made the figures."""
        return self.found is not None and {self.locked, self.made} <= {self.found, None}

    def __str__(self) -> str:
        if self.found is None:
            return f"missing (locked: {self.locked or 'not at all'})"
        told = [compared(self.found, self.locked, "locked")] if self.locked else ["not in requirements.lock"]
        told += [compared(self.found, self.made, "that made the figures")] if self.made else []
        return f"{self.found}, {'; '.join(told)}{'' if self.fits else '; too old'}"


def compared(found: str, other: str, what: str) -> str:
    """A version against another, in words.

    >>> compared("6.3.0", "6.3.0", "locked"), compared("6.10.0", "6.3.0", "locked")
    ('as locked', 'newer than 6.3.0, locked')
    """
    if found == other or Version(found) == Version(other):
        return "as locked" if what == "locked" else f"the one {what}"
    return f"{'newer' if Version(found) > Version(other) else 'older'} than {other}, {what}"


def locked_versions(lock: str) -> dict[str, str]:
    """What a lock file holds for this machine and Python: version by canonical name."""
    return {
        canonicalize_name(match["name"]): match["version"]
        for match in LOCKED.finditer(lock)
        if not match["marker"] or Marker(match["marker"]).evaluate()
    }


def installed(name: str) -> str | None:
    """The version of an installed package, or None."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def compare(
    lock: str, made: Mapping[str, str], requires: Iterable[str], found: Callable[[str], str | None] = installed
) -> list[Package]:
    """Every package that is locked, that made the figures or that our code asks for; ours first, then by name.

    lock: the text of requirements.lock. made: version by name, from the manifest. requires: lines such as `pandas>=3`.
    """
    locked, tools = locked_versions(lock), {canonicalize_name(name): version for name, version in made.items()}
    wanted = [Requirement(line) for line in requires]
    oldest = {
        canonicalize_name(one.name): one for one in wanted if not one.marker or one.marker.evaluate({"extra": ""})
    }
    packages = []
    for name in sorted(oldest.keys() | locked.keys() | tools.keys(), key=lambda name: (name not in oldest, name)):
        version = found(name)
        fits = version is None or name not in oldest or oldest[name].specifier.contains(version, prereleases=True)
        packages.append(
            Package(
                name=name,
                found=version,
                locked=locked.get(name),
                made=tools.get(name),
                direct=name in oldest,
                fits=fits,
            )
        )
    return packages
