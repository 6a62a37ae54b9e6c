"""Which commit the report is built from, and when it was made. Knows git and wording.

Times come from the commit, never from the clock, so that two builds of one commit are equal.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rapport.wording import long_date

ARCHIVED = ".git_archival.txt"  # .gitattributes lets `git archive` fill it in


@dataclass(frozen=True, slots=True)
class Revision:
    """Short commit id (with «+» when the tree has uncommitted changes) and the commit's time in UTC."""

    commit: str
    time: datetime

    @property
    def day(self) -> str:
        """The date in ISO 8601."""
        return self.time.date().isoformat()

    @property
    def shown_date(self) -> str:
        """The date as Norwegian readers write it."""
        return long_date(self.day)


def _git(root: Path, *args: str) -> str | None:
    try:
        done = subprocess.run(["git", *args], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _archived(root: Path) -> Revision | None:
    """What `git archive` wrote of the commit; None in a working tree, where nothing is written."""
    try:
        commit, seconds = (root / ARCHIVED).read_text(encoding="utf-8").split()
        return Revision(commit, datetime.fromtimestamp(int(seconds), UTC))
    except (OSError, ValueError):
        return None


def revision(root: Path, fallback: str) -> Revision:
    """The revision of the project: of the working tree, or of the archive that it was unpacked from.

    With neither, `fallback`, a date of the form 2026-11-23. An archive may lie inside another project's working tree,
    whose commits are not its own.
    """
    if not (root / ".git").exists() and (archived := _archived(root)):
        return archived
    line = _git(root, "log", "-1", "--format=%h %ct")
    if not line:
        return Revision("ukjent", datetime.fromisoformat(fallback).replace(tzinfo=UTC))
    commit, seconds = line.split()
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    return Revision(commit + ("+" if changed else ""), datetime.fromtimestamp(int(seconds), UTC))
