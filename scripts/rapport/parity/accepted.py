"""Differences that are accepted, each with a reason: tests/parity.toml.

Every entry names file, what, ours and theirs as patterns; one that no difference fits any longer is itself a fault.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from rapport.errors import RapportError
from rapport.parity.difference import Difference

KEYS = ("file", "what", "ours", "theirs", "reason")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A kind of difference that may stand: `file` is a glob, the rest regular expressions for the whole text.

    A number after a backslash in `theirs` stands for what that group of `ours` found.
    """

    file: str
    what: str
    ours: str
    theirs: str
    reason: str

    def fits(self, difference: Difference) -> bool:
        """Whether this entry speaks of the difference."""
        ours = re.fullmatch(self.ours, difference.ours, re.DOTALL)
        if ours is None or not fnmatch(difference.file, self.file) or not re.fullmatch(self.what, difference.what):
            return False
        theirs = re.sub(r"\\(\d)", lambda number: re.escape(ours[int(number[1])]), self.theirs)
        return re.fullmatch(theirs, difference.theirs, re.DOTALL) is not None


def _entry(path: Path, number: int, entry: dict[str, str]) -> Accepted:
    missing = [key for key in KEYS if not entry.get(key) and key not in ("ours", "theirs")]
    extra = sorted(set(entry) - set(KEYS))
    if missing or extra:
        found = f"without {', '.join(missing)}" if missing else f"with {', '.join(extra)}"
        raise RapportError(
            f"{path.name}, entry {number}: found an entry {found}, expected {', '.join(KEYS)}.\n"
            "  To mend it: give every accepted difference all of these, the reason above all."
        )
    return Accepted(**{key: str(entry.get(key, "")) for key in KEYS})


def read_accepted(path: Path) -> list[Accepted]:
    """The entries of a TOML file; none where there is no file. Raises RapportError for an entry without a reason."""
    if not path.is_file():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("accepted", [])
    except tomllib.TOMLDecodeError as error:
        raise RapportError(f"{path.name}: not TOML: {error}\n  To mend it: correct the file at that place.") from error
    return [_entry(path, number, entry) for number, entry in enumerate(entries, start=1)]


def sift(found: Sequence[Difference], accepted: Sequence[Accepted]) -> tuple[list[Difference], list[Accepted]]:
    """(differences that nothing accepts, entries that accept nothing)."""
    left = [difference for difference in found if not any(entry.fits(difference) for entry in accepted)]
    idle = [entry for entry in accepted if not any(entry.fits(difference) for difference in found)]
    return left, idle
