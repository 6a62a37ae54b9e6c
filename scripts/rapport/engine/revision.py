"""Which commit the report is built from, and when it was made. Knows git and the names of months.

Times come from the commit, never from the clock, so that two builds of one commit are equal.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rapport.wording import MONTHS


@dataclass(frozen=True, slots=True)
class Revision:
    """Short commit id (with «+» when the tree has uncommitted changes) and the commit's time in UTC."""

    commit: str
    time: datetime

    @property
    def shown_date(self) -> str:
        """The date as Norwegian readers write it: "23. november 2026"."""
        return f"{self.time.day}. {MONTHS[self.time.month - 1]} {self.time.year}"


def _git(root: Path, *args: str) -> str | None:
    try:
        done = subprocess.run(["git", *args], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def revision(root: Path, fallback: str) -> Revision:
    """The revision of the project; without git (a downloaded archive) `fallback`, a date of the form 2026-11-23."""
    line = _git(root, "log", "-1", "--format=%h %ct")
    if not line:
        return Revision("ukjent", datetime.fromisoformat(fallback).replace(tzinfo=UTC))
    commit, seconds = line.split()
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    return Revision(commit + ("+" if changed else ""), datetime.fromtimestamp(int(seconds), UTC))
