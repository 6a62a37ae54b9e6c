"""Both engines build into folders of their own, and the two sites are compared.

Nothing of _site/ is touched. Quarto runs with a copy's worth of care: into a folder of .cache/.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rapport.engine.quarto import render as quarto_render
from rapport.engine.quarto import require_quarto
from rapport.parity.accepted import Accepted, read_accepted, sift
from rapport.parity.compare import compare_sites
from rapport.parity.difference import Difference
from rapport.paths import Paths

ACCEPTED = "tests/parity.toml"
FORMATS = ("html", "pdf")


def build_both(paths: Paths, folder: Path, embedded: Callable[[Path], object]) -> tuple[Path, Path]:
    """(our site, Quarto's) in `folder`. `embedded` builds with the embedded engine into the folder it is given.

    Raises EngineError when Quarto is missing or fails.
    """
    require_quarto()
    ours, theirs = folder / "pandoc", folder / "quarto"
    embedded(ours)
    quarto_render(paths, theirs, FORMATS)
    return ours, theirs


def check(paths: Paths, ours: Path, theirs: Path) -> tuple[list[Difference], list[Accepted], int]:
    """(differences that stand, accepted entries that fit nothing, number of accepted differences)."""
    found = compare_sites(ours, theirs)
    left, idle = sift(found, read_accepted(paths.root / ACCEPTED))
    return left, idle, len(found) - len(left)


def told(left: Sequence[Difference], idle: Sequence[Accepted], accepted: int) -> str:
    """The verdict as text: each difference with file, facet, ours and theirs."""
    lines = [str(difference) for difference in left]
    lines += [f"{ACCEPTED}: nothing differs any longer as in: {entry.file}, {entry.what}\n"
              "  To mend it: take the entry out." for entry in idle]  # fmt: skip
    what = "difference" if len(left) == 1 else "differences"
    lines.append(f"{len(left)} {what} between the engines ({accepted} accepted in {ACCEPTED})")
    return "\n".join(lines)


def parity(paths: Paths, sites: tuple[Path, Path] | None, embedded: Callable[[Path], object]) -> tuple[str, bool]:
    """(verdict, whether the engines agree); of two built sites, or of two built here when `sites` is None."""
    (paths.cache / "build").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=paths.cache / "build"))
    try:
        ours, theirs = sites or build_both(paths, folder, embedded)
        left, idle, accepted = check(paths, ours, theirs)
        return told(left, idle, accepted), not left and not idle
    finally:
        shutil.rmtree(folder, ignore_errors=True)
