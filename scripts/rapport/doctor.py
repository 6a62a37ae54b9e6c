"""`rapport doctor`: what is installed, which engine would run, what is missing and how to mend it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rapport import __version__
from rapport.engine.quarto import ADVICE, OLDEST, find_quarto, quarto_version, too_old
from rapport.errors import RapportError
from rapport.paths import Paths

NEEDED = (
    "altair", "font-source-sans-pro", "font-source-serif-pro", "fonttools", "great-tables",
    "ipykernel", "jsonschema", "nbclient", "pandas", "pypandoc_binary", "pyyaml", "typst", "vl-convert-python",
)  # fmt: skip
INSTALL = "make report, or pip install --require-hashes -r requirements.lock in the environment"
FOLDERS = ("data/datapackage.json", "_quarto.yml", "references.bib", "theme/tokens.json", "chapters")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report. `needed` says whether the report cannot be made without it."""

    name: str
    found: str
    good: bool
    needed: bool = True
    remedy: str = ""


def _python() -> Check:
    good = sys.version_info >= (3, 11)
    return Check("Python", platform.python_version(), good, remedy="install Python 3.11 or newer")


def _packages() -> Iterator[Check]:
    for name in NEEDED:
        try:
            yield Check(name, version(name), True)
        except PackageNotFoundError:
            yield Check(name, "missing", False, remedy=INSTALL)


def _pandoc() -> Check:
    from rapport.engine.pandoc import pandoc_path

    try:
        import pypandoc

        pandoc_path()
        return Check("pandoc", str(pypandoc.get_pandoc_version()), True)
    except RapportError:
        return Check("pandoc", "missing", False, remedy=INSTALL)


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
    return [_python(), *_packages(), _pandoc(), _quarto(), *_files(paths), _data(paths)]


def report(paths: Paths) -> tuple[str, bool]:
    """The whole report as text, and whether the report can be made."""
    checks = examine(paths)
    lines = [f"rapport {__version__} on {platform.system()} {platform.machine()}", ""]
    for check in checks:
        mark = "ok " if check.good else "no " if check.needed else "-  "
        lines.append(f"{mark} {check.name:<22} {check.found}")
        if not check.good:
            lines.append(f"      to mend it: {check.remedy}")
    good = all(check.good for check in checks if check.needed)
    lines += [
        "",
        "rapport render uses the engine pandoc" + ("." if good else ", once the lines marked “no” are mended."),
    ]
    if any(check.name == "Quarto" and check.good for check in checks):
        lines.append("rapport render --engine quarto works as well.")
    return "\n".join(lines), good


def text_report(paths: Paths) -> tuple[str, bool]:
    """Sentences, words and LIX of each chapter, and that this stops nothing."""
    from rapport.book import load_book
    from rapport.engine.check import read_sources
    from rapport.engine.readability import report as readability

    return readability(read_sources(paths, load_book(paths))), True
