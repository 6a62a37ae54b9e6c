"""One build with the embedded engine, from data/ to _site/: check, compute, execute, convert, put in place.

Everything is a step of its own; the whole site is one too, so that a build with nothing to do only looks.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rapport.book import load_book
from rapport.engine.ahead import Ahead
from rapport.engine.chapters import LIBRARIES as KERNEL
from rapport.engine.chapters import Shelf, run_chapters
from rapport.engine.check import read_sources
from rapport.engine.checked import check_all
from rapport.engine.facts import build_facts
from rapport.engine.leftovers import recover
from rapport.engine.means import Figures, Means, Wanted
from rapport.engine.place import own_folder, place
from rapport.engine.press import Press
from rapport.engine.reads import calls
from rapport.engine.revision import revision
from rapport.engine.search import LIBRARIES as SEARCH
from rapport.engine.stage import Stage
from rapport.engine.work import COMMIT, DATES, Build, pictured
from rapport.fonts import web_fonts
from rapport.inputs import changed_since, font_files, read_inputs, require_same
from rapport.paths import Paths
from rapport.steps import Content, Files, Step, digest, one_of_a_kind, program, versions
from rapport.steps.digests import combined
from rapport.steps.lock import alone

TOOLS = ("pypandoc-binary", "typst", "uharfbuzz", "fonttools", "brotli", "pillow", "vl-convert-python", "arro3-core",
         "arro3-io", "xlsxwriter", "PyYAML", *KERNEL, *SEARCH)  # fmt: skip


def _chapters(wanted: Wanted, means: Means, folder: Path) -> Files:
    """The chapters with their cells run, the revision left open."""
    texts = {name: blob.text() for name, blob in wanted.figures.items()}
    facts = build_facts(wanted.paths, wanted.book, wanted.sources, texts) | {"commit": COMMIT, "dates": DATES}
    shelf = Shelf(wanted.figures, facts, wanted.inputs.pick("theme/tokens.json", "_quarto.yml"))
    with Stage(wanted.paths, folder, wanted.figures, facts).open() as stage:
        return run_chapters(wanted.sources, wanted.book.echo, shelf, stage, means.steps)


def _site(wanted: Wanted, means: Means) -> dict[str, Content]:
    from rapport.engine.assemble import assemble  # what converts and draws is loaded when something is made

    paths = wanted.paths
    folder = own_folder(paths.cache / "build")
    try:
        with Press(paths, wanted.revision.time) as press, ThreadPoolExecutor(1) as pool:
            fonts = pool.submit(web_fonts, paths, means.steps, means.workers)
            chapters = _chapters(wanted, means, folder)
            build = Build(paths, wanted.book, wanted.formats, wanted.revision, wanted.inputs, means.steps,
                          wanted.figures, chapters, folder, press)  # fmt: skip
            return assemble(build, fonts, means.workers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _site_step(wanted: Wanted, means: Means) -> Step:
    """The whole site. What it reads is all the project's files, the figures, the engine and the commit."""
    figures = combined({name: blob.digest for name, blob in wanted.figures.items()})
    inputs = {**wanted.inputs.files, "figures/": figures, "commit": str(wanted.revision), **font_files(),
              "the book": digest(repr(wanted.book)), **program(),
              **versions(*TOOLS)}  # fmt: skip
    if any(calls(source) is None for source in wanted.sources.values()):
        inputs["a cell that may read anything"] = one_of_a_kind()
    for name in (wanted.book.bibliography, *wanted.sources):  # a file that lies elsewhere than inputs.py looks
        inputs.setdefault(name, digest((wanted.paths.root / name).read_bytes()))
    return Step(f"site {' '.join(wanted.formats)}", inputs, lambda _r: _site(wanted, means))


def render(paths: Paths, output: Path, formats: tuple[str, ...], figures: Figures, means: Means) -> Path:
    """Build the site, the PDF, the Word file, the e-book and the chapters' PDFs into `output`, and return it.

    Raises RapportError and leaves `output` and figures/ untouched when anything is wrong.
    """
    steps = means.steps
    with alone(paths.cache):
        recover(paths.cache / "build", output, (paths.root, paths.theme, paths.figures))
        inputs = read_inputs(paths)
        book = load_book(paths)
        try:
            sources = read_sources(paths, book)
            check_all(paths, book, inputs, sources, steps)
            with Ahead(paths, book, inputs, means) as ahead:
                made = figures.make(inputs, steps, *([ahead.drawn] if pictured(formats) else []))
                wanted = Wanted(paths, book, sources, formats, inputs, made.figures, revision(paths.root, book.date))
                site = steps.run(_site_step(wanted, means))
        finally:
            if not changed_since(paths, inputs):
                steps.commit()
        require_same(paths, inputs)
        figures.write(made)
        place(site, output, paths.cache / "build", alone="html" not in formats)
    return output
