"""The whole site as a step: chapters checked, cells run, everything converted and drawn. Loads what that takes."""

from __future__ import annotations

import shutil
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from importlib import import_module
from pathlib import Path

from rapport.book import Book
from rapport.engine.chapters import LIBRARIES as KERNEL
from rapport.engine.chapters import Shelf, run_chapters
from rapport.engine.check import read_sources
from rapport.engine.checked import check_all
from rapport.engine.facts import figure_facts, text_facts
from rapport.engine.means import Computed, Means, Wanted
from rapport.engine.place import own_folder
from rapport.engine.press import Press
from rapport.engine.reads import MODULES, calls
from rapport.engine.revision import revision
from rapport.engine.search import LIBRARIES as SEARCH
from rapport.engine.stage import Stage
from rapport.engine.work import COMMIT, DATES, Build
from rapport.fonts import web_fonts
from rapport.inputs import Inputs, file_input, font_files
from rapport.paths import Paths
from rapport.steps import Content, Files, Step, digest, one_of_a_kind, program, versions
from rapport.steps.digests import combined

TOOLS = ("pypandoc-binary", "typst", "uharfbuzz", "fonttools", "brotli", "pillow", "vl-convert-python", "arro3-core",
         "arro3-io", "xlsxwriter", "PyYAML", *KERNEL, *SEARCH)  # fmt: skip

GLANCE = 0.02  # seconds that figures take to come that are kept


def _chapters(wanted: Wanted, means: Means, folder: Path) -> Files:
    """The chapters with their cells run, the revision left open."""
    files = {name: blob.digest for name, blob in wanted.figures.items()}
    shown = figure_facts(wanted.paths, wanted.sources, wanted.figures["manifest.json"].json(), files)
    facts = wanted.told() | shown | {"commit": COMMIT, "dates": DATES}
    shelf = Shelf(wanted.figures, facts, wanted.inputs.pick("theme/tokens.json", "_quarto.yml"))
    with Stage(wanted.paths, folder, wanted.figures, facts, shelf.content).open() as stage:
        return run_chapters(wanted.sources, wanted.book.echo, shelf, stage, means.steps)


def _site(wanted: Wanted, means: Means) -> dict[str, Content]:
    from rapport.engine.assemble import assemble  # what converts and draws is loaded when something is made

    paths = wanted.paths
    folder = own_folder(paths.cache / "build")
    try:
        with Press(paths, wanted.revision.time, means.free) as press, ThreadPoolExecutor(1) as pool:
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
    for name in (wanted.book.bibliography, *wanted.sources):  # those that lie elsewhere than inputs.py looks
        inputs |= file_input(wanted.paths.root, name)
    return Step(f"site {' '.join(wanted.formats)}", inputs, lambda _r: _site(wanted, means))


def checked_site(
    paths: Paths, book: Book, formats: tuple[str, ...], inputs: Inputs, coming: Future[Computed], means: Means
) -> Files:
    """Every file of the site by its address, of chapters without fault and of what is computed meanwhile.

    Raises DialectError or BookError for what is wrong in the text, and what `coming` raises.
    """
    sources = read_sources(paths, book)
    check_all(paths, book, inputs, sources, means.steps)
    revised, told = revision(paths.root, book.date), cache(lambda: text_facts(paths, book, sources))
    if not wait((coming,), GLANCE).done:  # they are computed: time for what would have to be done after
        for module in ("rapport.engine.assemble", *MODULES):
            import_module(module)
        told()
    wanted = Wanted(paths, book, sources, formats, inputs, coming.result().figures, revised, told)
    return means.steps.run(_site_step(wanted, means))
