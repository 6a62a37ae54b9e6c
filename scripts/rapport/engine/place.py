"""A finished site in place of the old one. Knows folders only."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path


def swap(new: Path, target: Path) -> None:
    """Move a finished folder into place; the old one goes when the new one stands."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.replace(old)
    shutil.move(new, target)
    shutil.rmtree(old, ignore_errors=True)


def place(site: Path, output: Path, alone: Iterable[str] | None) -> None:
    """The finished site in place of the old one; `alone` names files that go beside what is there."""
    if alone is None:
        swap(site, output)
        return
    output.mkdir(parents=True, exist_ok=True)
    for name in alone:
        new = output / f".{name}.new"
        shutil.copyfile(site / name, new)
        new.replace(output / name)
