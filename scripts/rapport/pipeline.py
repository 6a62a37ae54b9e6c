"""Data in, figures/ out: the first half of every build, and Quarto's pre-render step.

Everything is computed before anything is written; each file is then moved into place, and only if it
changed, so that a watcher or a cache downstream sees nothing where nothing happened.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from rapport import manifest
from rapport.data import Data, load
from rapport.design import Tokens, load_tokens, tokens_css
from rapport.draw import Drawer, canonical
from rapport.figures import builders, diagrams
from rapport.flows import html_flows, typst_flows
from rapport.fonts import print_fonts
from rapport.listings import BUILDERS as LISTINGS
from rapport.listings import terms_json
from rapport.markdown import markdown_table
from rapport.metadata import committed
from rapport.numbers import register
from rapport.paths import Paths
from rapport.records import Diagram, Figure, Table
from rapport.scss import quarto_scss
from rapport.tables import BUILDERS
from rapport.tabulate import csv_table, html_table, json_table
from rapport.typeset import typst_table

Report = Callable[[str, int, int], None]  # (what, number done, number in all)


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did: names of all files in figures/, of those that changed or went, and of changes in the root."""

    files: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    beside: tuple[str, ...]


def quiet(_what: str, _done: int, _total: int) -> None:
    """A report that says nothing."""


def _table_files(item: Figure | Diagram | Table) -> dict[str, str]:
    values = {".csv": csv_table(item.table, item.columns), ".json": json_table(item.table, item.columns)}
    if isinstance(item, Table) and item.download:
        return values
    if any(column.refs for column in item.columns):
        return values | {".md": markdown_table(item.table, item.columns)}
    return values | {
        ".html": html_table(item.key, item.table, item.columns),
        ".typ": typst_table(item.table, item.columns, sentences=isinstance(item, Table) and item.sentences),
    }


def _pictures(figure: Figure, drawer: Drawer) -> dict[str, Future[str]]:
    return {
        ".svg": drawer.svg(figure.wide, figure.key),
        ".smal.svg": drawer.svg(figure.narrow, f"{figure.key}-smal"),
    }


def _figure_files(figure: Figure, pictures: dict[str, Future[str]]) -> dict[str, str]:
    drawn = {suffix: picture.result() for suffix, picture in pictures.items()}
    small = {".liten.html": figure.small} if figure.small else {}
    return _table_files(figure) | {".vl.json": canonical(figure.wide)} | drawn | small


def _diagram_files(diagram: Diagram) -> dict[str, str]:
    shown = {".diagram.html": html_flows(diagram.flows), ".diagram.typ": typst_flows(diagram.flows)}
    return _table_files(diagram) | shown


def _files(item: Figure | Diagram | Table, pictures: dict[str, dict[str, Future[str]]]) -> dict[str, str]:
    if isinstance(item, Figure):
        return _figure_files(item, pictures[item.key])
    return _diagram_files(item) if isinstance(item, Diagram) else _table_files(item)


def compute(data: Data, tokens: Tokens, drawer: Drawer, report: Report = quiet) -> dict[str, str]:
    """Every file of figures/ as text, by name; the manifest last."""
    numbers = register(data)
    figures = [build(data, tokens) for build in builders(data)]
    pictures = {figure.key: _pictures(figure, drawer) for figure in figures}
    # Figures last: they are being drawn.
    items = [*(build(data, numbers) for build in BUILDERS), *(build(data) for build in diagrams(data)), *figures]
    files: dict[str, str] = {}
    entries = {}
    for done, item in enumerate(items):
        report(item.key, done, len(items))
        made = _files(item, pictures)
        entries[item.key] = manifest.entry(item, made, data)
        files |= {f"{item.key}{suffix}": text for suffix, text in made.items()}
    for listing in (build(data) for build in LISTINGS):
        entries[listing.key] = manifest.listing_entry(listing, listing.body, data)
        files[f"{listing.key}.md"] = listing.body
    report("manifest", len(items), len(items))
    files["terms.json"] = terms_json(data)
    files["numbers.json"] = manifest.numbers_json(numbers)
    files["manifest.json"] = manifest.manifest(entries, data)
    return files


def put(path: Path, text: str) -> bool:
    """Write a file by moving it into place; True if it changed."""
    new = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == new:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as out:
        out.write(new)
    Path(name).chmod(0o644)
    Path(name).replace(path)
    return True


def write(paths: Paths, files: Mapping[str, str]) -> Written:
    """Bring figures/, the metadata files in the root and the theme's files made of tokens.json up to date."""
    documents = committed(paths, files["manifest.json"])
    tokens = load_tokens(paths.theme)
    for name, text in {"tokens.css": tokens_css(tokens), **quarto_scss(tokens)}.items():
        put(paths.theme / name, text)
    print_fonts(paths)  # Quarto reads them there
    folder = paths.figures
    changed = tuple(name for name, text in files.items() if put(folder / name, text))
    stale = sorted(p for p in folder.iterdir() if p.is_file() and p.name not in files and p.name != ".gitkeep")
    for path in stale:
        path.unlink()
    beside = tuple(name for name, text in documents.items() if put(paths.root / name, text))
    return Written(tuple(files), changed, tuple(path.name for path in stale), beside)


def compute_all(paths: Paths, drawer: Drawer, report: Report = quiet) -> dict[str, str]:
    """Every file of figures/ as text, from data/. Raises DataError or NumberError."""
    return compute(load(paths.data), load_tokens(paths.theme), drawer, report)
