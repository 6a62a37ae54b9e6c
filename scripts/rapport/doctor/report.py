"""The doctor's whole report: every check in the order a build would meet it, and what follows from them."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Iterator

from rapport import __version__
from rapport.doctor.check import INSTALL, Check
from rapport.doctor.packages import package_checks
from rapport.engine.quarto import ADVICE, OLDEST, find_quarto, quarto_version, too_old
from rapport.errors import RapportError
from rapport.paths import Paths

DIFFERS, UNUSABLE = 1, 2
FOLDERS = ("data/datapackage.json", "_quarto.yml", "references.bib", "theme/tokens.json", "chapters")


def _python() -> Check:
    good = sys.version_info >= (3, 11)
    return Check("Python", platform.python_version(), good, remedy="install Python 3.11 or newer")


def _pandoc() -> Check:
    from rapport.engine.pandoc import pandoc_path

    try:
        done = subprocess.run([pandoc_path(), "--version"], capture_output=True, text=True, check=True)
    except (RapportError, OSError, subprocess.SubprocessError):
        return Check("pandoc", "missing, or it does not run", False, remedy=INSTALL)
    return Check("pandoc", done.stdout.split()[1], True)


def _quarto() -> Check:
    quarto = find_quarto()
    remedy = ADVICE.strip().removeprefix("To mend it: ")
    if quarto is None:
        return Check("Quarto", "not found", False, needed=False, remedy=remedy)
    found = quarto_version(quarto)
    good = bool(found) and not too_old(found)
    return Check(
        "Quarto", f"{found or 'does not run'} ({quarto})", good, needed=False, remedy=f"{OLDEST} or newer: {remedy}"
    )


def _files(paths: Paths) -> Iterator[Check]:
    for name in FOLDERS:
        there = (paths.root / name).exists()
        yield Check(name, "there" if there else "missing", there, remedy=f"git checkout {name}")


def _data(paths: Paths) -> Check:
    from rapport.data import load

    try:
        data = load(paths.data)
    except RapportError as error:
        return Check("data package", f"{len(error.faults)} faults", False, remedy="rapport figures tells each of them")
    return Check("data package", f"version {data.descriptor['version']}, {len(data.frames)} tables, valid", True)


def examine(paths: Paths) -> list[Check]:
    """Every check, in the order a build would meet it."""
    return [_python(), *package_checks(paths), _pandoc(), _quarto(), *_files(paths), _data(paths)]


def report(paths: Paths) -> tuple[str, int]:
    """The whole report as text, and the exit status: 1 when figures may come out otherwise, 2 when none can be made."""
    checks = examine(paths)
    lines = [f"rapport {__version__} on {platform.system()} {platform.machine()}", ""]
    for check in checks:
        lines.append(f"{check.mark} {check.name:<22} {check.found}")
        if not check.good:
            lines.append(f"      to mend it: {check.remedy}")
    missing = any(check.needed and not check.good for check in checks)
    differs = any(check.differs for check in checks)
    lines += [
        "",
        f"rapport render uses the engine pandoc{', once the lines marked “no” are mended' if missing else ''}.",
    ]
    if any(check.name == "Quarto" and check.good for check in checks):
        lines.append("rapport render --engine quarto works as well.")
    if differs:
        lines.append("The figures were made by other versions, marked “!”: they may come out otherwise.")
    return "\n".join(lines), UNUSABLE if missing else DIFFERS if differs else 0


def text_report(paths: Paths) -> tuple[str, int]:
    """Sentences, words and LIX of each chapter, and that this stops nothing."""
    from rapport.book import load_book
    from rapport.engine.check import read_sources
    from rapport.engine.readability import report as readability

    return readability(read_sources(paths, load_book(paths))), 0
