"""A folder of pages completed in place, such as the one that Quarto leaves."""

from __future__ import annotations

from pathlib import Path

from rapport.metadata.schemaorg import FRONT
from rapport.paths import Paths
from rapport.placing import put
from rapport.remembered import remembered
from rapport.steps import Memory, bytes_of
from rapport.web.complete import completed
from rapport.web.site import known


def complete(paths: Paths, folder: Path, *, pdf: bool) -> None:
    """Complete the pages in `folder`; `pdf` says whether the site has, or will have, one. Twice is as once.

    Does nothing to a folder without pages, such as one with a PDF alone.
    """
    if not (folder / FRONT).is_file():
        return
    pages = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    figures = {path.name: Memory().put(path.read_bytes()) for path in (folder / "figures").iterdir()}
    with remembered(paths) as (steps, workers):
        made = completed(known(paths, pages, figures, pdf=pdf), steps, workers)
    for name, content in made.items():
        put(folder / name, bytes_of(content))
