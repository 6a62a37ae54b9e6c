"""One build with the embedded engine, from data/ to _site/: check, compute, execute, convert, put in place.

Everything is a step of its own; the whole site is one too, so that a build with nothing to do only looks.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rapport.book import Book, load_book
from rapport.engine.chapters import LIBRARIES as KERNEL
from rapport.engine.chapters import Shelf, run_chapters
from rapport.engine.check import check
from rapport.engine.facts import build_facts
from rapport.engine.leftovers import prefix, recover
from rapport.engine.place import place
from rapport.engine.reads import calls
from rapport.engine.revision import Revision, revision
from rapport.engine.search import LIBRARIES as SEARCH
from rapport.engine.stage import Stage
from rapport.engine.work import COMMIT, DATES, Build
from rapport.fonts import web_fonts
from rapport.inputs import Inputs, changed_since, font_files, read_inputs, require_same
from rapport.paths import Paths
from rapport.steps import Content, Files, Step, Steps, code, digest, one_of_a_kind, versions
from rapport.steps.digests import combined
from rapport.steps.lock import alone
from rapport.workers import Workers

TOOLS = ("pypandoc-binary", "typst", "fonttools", "brotli", "pillow", "vl-convert-python", "arro3-core", "arro3-io",
         "xlsxwriter", "PyYAML", *KERNEL, *SEARCH)  # fmt: skip


class Computed(Protocol):
    """What follows from the data."""

    @property
    def figures(self) -> Files:
        """The files of figures/, by name."""
        ...


class Figures(Protocol):
    """Where figures come from; the engine knows no more of them."""

    def make(self, inputs: Inputs, steps: Steps) -> Computed:
        """Everything that follows from the data."""
        ...

    def write(self, made: Any) -> object:
        """Bring figures/ up to date with what `make` gave."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is to make, and of what."""

    paths: Paths
    book: Book
    sources: Mapping[str, str]
    formats: tuple[str, ...]
    inputs: Inputs
    figures: Files
    revision: Revision


@dataclass(frozen=True, slots=True)
class Means:
    """What a build works with."""

    steps: Steps
    workers: Workers


def _chapters(wanted: Wanted, means: Means, folder: Path) -> Files:
    """The chapters with their cells run, the revision left open."""
    texts = {name: blob.text() for name, blob in wanted.figures.items()}
    facts = build_facts(wanted.paths, wanted.book, wanted.sources, texts) | {"commit": COMMIT, "dates": DATES}
    shelf = Shelf(wanted.figures, facts, wanted.inputs.pick("theme/tokens.json", "_quarto.yml"))
    stage = Stage(wanted.paths, folder)
    stage.lay(wanted.figures, facts)
    with stage.kernel() as kernel:
        return run_chapters(wanted.sources, wanted.book.echo, shelf, kernel, means.steps)


def _site(wanted: Wanted, means: Means) -> dict[str, Content]:
    from rapport.engine.assemble import assemble  # what converts and draws is loaded when something is made

    paths = wanted.paths
    (paths.cache / "build").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=paths.cache / "build", prefix=prefix()))
    try:
        with ThreadPoolExecutor(1) as pool:
            fonts = pool.submit(web_fonts, paths, means.steps, means.workers)
            chapters = _chapters(wanted, means, folder)
            build = Build(paths, wanted.book, wanted.revision, wanted.inputs, means.steps, wanted.figures, chapters,
                          folder)  # fmt: skip
            return assemble(build, wanted.formats, fonts.result(), means.workers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _site_step(wanted: Wanted, means: Means) -> Step:
    """The whole site. What it reads is all the project's files, the figures, the engine and the commit."""
    figures = combined({name: blob.digest for name, blob in wanted.figures.items()})
    inputs = {**wanted.inputs.files, "figures/": figures, "commit": str(wanted.revision), **font_files(),
              "the book": digest(repr(wanted.book)), **code("rapport.engine.build", "rapport.english"),
              **versions(*TOOLS)}  # fmt: skip
    if any(calls(source) is None for source in wanted.sources.values()):
        inputs["a cell that may read anything"] = one_of_a_kind()
    for name in (wanted.book.bibliography, *wanted.sources):  # a file that lies elsewhere than inputs.py looks
        inputs.setdefault(name, digest((wanted.paths.root / name).read_bytes()))
    return Step(f"site {' '.join(wanted.formats)}", inputs, lambda _r: _site(wanted, means))


def render(paths: Paths, output: Path, formats: tuple[str, ...], figures: Figures, means: Means) -> Path:
    """Build the site, the PDF, the Word file and the e-book into `output`, and return it.

    Raises RapportError and leaves `output` and figures/ untouched when anything is wrong.
    """
    steps = means.steps
    with alone(paths.cache):
        recover(paths.cache / "build", output, (paths.root, paths.theme, paths.figures))
        inputs = read_inputs(paths)
        book = load_book(paths)
        sources = check(paths, book)
        try:
            made = figures.make(inputs, steps)
            wanted = Wanted(paths, book, sources, formats, inputs, made.figures, revision(paths.root, book.date))
            site = steps.run(_site_step(wanted, means))
        finally:
            if not changed_since(paths, inputs):
                steps.commit()
        require_same(paths, inputs)
        figures.write(made)
        place(site, output, paths.cache / "build", alone="html" not in formats)
    return output
