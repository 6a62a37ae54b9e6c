"""One build with the embedded engine, from data/ to _site/: check, compute, execute, convert, put in place.

Everything is a step of its own; the whole site is one too, so that a build with nothing to do only looks.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rapport.book import Book, load_book
from rapport.engine.chapters import LIBRARIES, run_chapters
from rapport.engine.check import check
from rapport.engine.kernel import Kernel
from rapport.engine.parts import COMMIT, DATE, PDF_SIZE, Build, pages, pdf
from rapport.engine.place import place
from rapport.engine.revision import Revision, revision
from rapport.engine.site import assets, web_fonts
from rapport.engine.uses import uses
from rapport.inputs import Inputs, changed_since, font_files, read_inputs, require_same
from rapport.paths import Paths
from rapport.steps import Step, Steps, code, digest, one_of_a_kind, versions
from rapport.steps.digests import combined
from rapport.steps.lock import alone
from rapport.steps.step import Content, Files
from rapport.wording import file_size

Report = Callable[[str, int, int], None]
TOOLS = ("pypandoc-binary", "typst", "fonttools", "brotli", *LIBRARIES)


class Figures(Protocol):
    """Where figures come from; the engine knows no more of them."""

    def make(self, inputs: Inputs, steps: Steps) -> Files:
        """Every file of figures/, by name."""
        ...

    def write(self, files: Files) -> object:
        """Bring figures/ up to date with the computed files."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is to make, and of what."""

    paths: Paths
    book: Book
    formats: tuple[str, ...]
    inputs: Inputs
    figures: Files
    revision: Revision


@contextmanager
def _kernel(paths: Paths, figures: Files, folder: Path) -> Iterator[Callable[[], Kernel]]:
    """A kernel that starts when it is first asked for; it finds the new figures in `folder`."""
    with ExitStack() as stack:
        started: list[Kernel] = []

        def kernel() -> Kernel:
            if not started:
                (folder / "figures").mkdir()
                for name, blob in figures.items():
                    (folder / "figures" / name).write_bytes(blob.read())
                started.append(stack.enter_context(Kernel(paths.root, {"RAPPORT_FIGURES": str(folder / "figures")})))
            return started[0]

        yield kernel


def _filled(page: str, revised: Revision, size: int | None) -> str:
    page = page.replace(COMMIT, revised.commit).replace(DATE, revised.shown_date)
    return page if size is None else page.replace(PDF_SIZE, file_size(size))


def _made(build: Build, formats: tuple[str, ...]) -> dict[str, Content]:
    """Pages and PDF side by side; then all that stands beside them."""
    with ThreadPoolExecutor() as pool:
        printing = pool.submit(pdf, build) if "pdf" in formats else None
        converted = pages(build, formats) if "html" in formats else {}
        web = web_fonts(build.paths, build.steps) if "html" in formats else {}
        files: dict[str, Content] = dict(printing.result()) if printing else {}
    size = next((blob.size for name, blob in files.items() if name == build.pdf_name), None)  # type: ignore[union-attr]
    files |= {name: _filled(blob.text(), build.revision, size) for name, blob in converted.items()}
    return files | (assets(build.paths, build.inputs, build.figures, web) if "html" in formats else {})


def _site(wanted: Wanted, sources: Mapping[str, str], steps: Steps, report: Report) -> dict[str, Content]:
    paths, book, inputs = wanted.paths, wanted.book, wanted.inputs
    (paths.cache / "build").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=paths.cache / "build"))
    try:
        with _kernel(paths, wanted.figures, folder) as kernel:
            chapters = run_chapters(sources, book.echo, wanted.figures, inputs.pick("theme/tokens.json"), kernel,
                                    steps, lambda done, total: report("run cells", done, total))  # fmt: skip
        report("write pages and PDF", 0, 1)
        build = Build(paths, book, wanted.revision, inputs, steps, wanted.figures, chapters, folder)
        return _made(build, wanted.formats)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _site_step(wanted: Wanted, sources: Mapping[str, str], steps: Steps, report: Report) -> Step:
    """The whole site. What it reads is all the project's files, the figures, the engine and the commit."""
    figures = combined({name: blob.digest for name, blob in wanted.figures.items()})
    inputs = {**wanted.inputs.files, "figures/": figures, "commit": str(wanted.revision), **font_files(),
              **code("rapport.engine.build", "rapport.kapittel"), **versions(*TOOLS)}  # fmt: skip
    if any(uses(source) is None for source in sources.values()):
        inputs["a cell that may read anything"] = one_of_a_kind()
    for name in (wanted.book.bibliography, *sources):  # a file that lies elsewhere than inputs.py looks
        inputs.setdefault(name, digest((wanted.paths.root / name).read_bytes()))
    return Step(f"site {' '.join(wanted.formats)}", inputs, lambda _r: _site(wanted, sources, steps, report))


def render(
    paths: Paths, output: Path, formats: tuple[str, ...], figures: Figures, steps: Steps, report: Report
) -> Path:
    """Build the site and the PDF into `output`, and return it.

    Raises RapportError and leaves `output` and figures/ untouched when anything is wrong.
    """
    with alone(paths.cache):
        inputs = read_inputs(paths)
        book = load_book(paths)
        sources = check(paths, book)
        try:
            made = figures.make(inputs, steps)
            wanted = Wanted(paths, book, formats, inputs, made, revision(paths.root, book.date))
            site = steps.run(_site_step(wanted, sources, steps, report))
        finally:
            if not changed_since(paths, inputs):
                steps.commit()
        require_same(paths, inputs)
        figures.write(made)
        place(site, output, paths.cache / "build", None if "html" in formats else f"{book.output_file}.pdf")
        report("write pages and PDF", 1, 1)
    return output
