"""A copy of what a build reads of the project: for tests that change it, and for bench.py, which has no pytest."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = "verification.json"
PARTS = (
    "_quarto.yml", "index.qmd", "references.bib", "CHANGELOG.md", "chapters", "data", "en", "figures", "theme", RECORD,
)  # fmt: skip


def copy_parts(target: Path, *more: str) -> Path:
    """The parts, and `more` that are named, in a new folder; before anything is verified there is no record to copy."""
    target.mkdir(parents=True)
    for part in (*PARTS, *more):
        source = ROOT / part
        if part != RECORD or source.exists():
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target / part)
    return target
