"""Two built sites, file by file and facet by facet. Knows nothing of how they were built."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from rapport.errors import RapportError
from rapport.parity.difference import Difference, differences
from rapport.parity.page import Facets, read_page
from rapport.parity.printed import read_pdf

DOWNLOADS = ("data", "figures")


def _files(site: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob(pattern))


def _facets(file: str, ours: Facets, theirs: Facets) -> list[Difference]:
    names = [*ours, *(name for name in theirs if name not in ours)]
    return [
        difference for name in names for difference in differences(file, name, ours.get(name, []), theirs.get(name, []))
    ]


def _page(path: Path, file: str) -> Facets:
    return read_page(file, (path / file).read_text(encoding="utf-8"))


def _pdf(path: Path, file: str) -> Facets:
    return read_pdf(path / file)


def _kind(ours: Path, theirs: Path, pattern: str, read: Callable[[Path, str], Facets]) -> list[Difference]:
    left, right = _files(ours, pattern), _files(theirs, pattern)
    found = differences("site", f"addresses {pattern}", left, right)
    for file in sorted({*left} & {*right}):
        found += _facets(file, read(ours, file), read(theirs, file))
    return found


def _content(path: Path) -> object:
    """What a download holds; of a ZIP its files, whose dates are those of the commit."""
    if path.suffix != ".zip":
        return path.read_bytes()
    with ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _downloads(ours: Path, theirs: Path) -> list[Difference]:
    """Data and figures: the same files with the same content."""
    found = []
    for folder in DOWNLOADS:
        left, right = _files(ours / folder, "*.*"), _files(theirs / folder, "*.*")
        found += differences("site", f"files of {folder}/", left, right)
        for file in sorted({*left} & {*right}):
            if _content(ours / folder / file) != _content(theirs / folder / file):
                found.append(Difference(f"{folder}/{file}", "content", "one file", "another"))
    return found


def compare_sites(ours: Path, theirs: Path) -> list[Difference]:
    """Every difference between the embedded engine's site and Quarto's.

    Raises RapportError where a folder holds no site, or what reads pages and PDFs is not installed.
    """
    for site in (ours, theirs):
        if not (site / "index.html").is_file():
            raise RapportError(f"{site}: no index.html.\n  To mend it: name the folder of a built site.")
    try:
        return [
            *_kind(ours, theirs, "*.html", _page), *_kind(ours, theirs, "*.pdf", _pdf), *_downloads(ours, theirs),
        ]  # fmt: skip
    except ImportError as error:
        raise RapportError(
            f"{error.name} is not installed.\n  To mend it: pip install --require-hashes -r requirements-dev.lock"
        ) from error
