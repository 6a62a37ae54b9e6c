"""One build with the embedded engine, from data/ to _site/: check, compute, execute, convert, swap.

Everything is made in .cache/ and moved into place at the end. The kernel starts while figures are drawn.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

from rapport.book import Book, load_book
from rapport.engine.check import check
from rapport.engine.execute import Kernel, execute
from rapport.engine.pandoc import Job, convert, write_markdown
from rapport.engine.pdf import compile_pdf, main_file
from rapport.engine.place import place
from rapport.engine.revision import Revision, revision
from rapport.engine.site import write_assets
from rapport.fonts import fonts_ready, make_fonts
from rapport.paths import Paths
from rapport.wording import file_size

Report = Callable[[str, int, int], None]
PDF_SIZE = "@PDF-SIZE@"  # filled in when the PDF, made beside the pages, is there


class Figures(Protocol):
    """Where figures come from; the engine knows no more of them."""

    def compute(self) -> Mapping[str, str]:
        """Every file of figures/ as text, by name."""
        ...

    def write(self, files: Mapping[str, str]) -> None:
        """Bring figures/ up to date with the computed files."""
        ...


@dataclass(frozen=True, slots=True)
class Build:
    """What one build works with; `folder` is its own corner of .cache/."""

    paths: Paths
    book: Book
    revision: Revision
    data_version: str
    folder: Path

    @property
    def site(self) -> Path:
        """The new site, before it is moved into place."""
        return self.folder / "site"

    @property
    def pdf_name(self) -> str:
        """The PDF's file name."""
        return f"{self.book.output_file}.pdf"


def _variables(build: Build, formats: tuple[str, ...]) -> dict[str, str]:
    variables = {
        "lang": build.book.lang, "site-title": build.book.title, "version": build.data_version,
        "lisens": "CC BY 4.0", "lisens-href": "https://creativecommons.org/licenses/by/4.0/deed.no",
        "dato": build.revision.shown_date, "commit": build.revision.commit, "repo-url": build.book.repo_url,
    }  # fmt: skip
    if "pdf" in formats:
        variables |= {"pdf": build.pdf_name, "pdf-size": PDF_SIZE}
    return {name: value for name, value in variables.items() if value}


def _pages(build: Build, formats: tuple[str, ...]) -> None:
    convert(build.book, build.paths, build.folder, Job("html", build.site, _variables(build, formats)))


def _pdf(build: Build) -> None:
    body, main = build.folder / "body.typ", build.folder / "main.typ"
    convert(build.book, build.paths, build.folder, Job("typst", body, {}))
    body.write_text('#import "/theme/rapport.typ": *\n' + body.read_text(encoding="utf-8"), encoding="utf-8")
    main.write_text(main_file(build.book, build.revision, build.data_version, body, build.paths.root), encoding="utf-8")
    compile_pdf(build.paths, main, build.folder / build.pdf_name)


def _finish(build: Build, formats: tuple[str, ...]) -> None:
    """The PDF into the site, and its size into every page."""
    if "pdf" not in formats:
        return
    build.site.mkdir(parents=True, exist_ok=True)
    pdf = shutil.move(build.folder / build.pdf_name, build.site / build.pdf_name)
    size = file_size(Path(pdf).stat().st_size)
    for page in build.site.rglob("*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace(PDF_SIZE, size), encoding="utf-8")


def _stage(figures: Figures, folder: Path) -> tuple[Mapping[str, str], str]:
    """Compute the figures into the build's own folder: (files by name, version of the data package)."""
    files = figures.compute()
    (folder / "figures").mkdir()
    for name, text in files.items():
        (folder / "figures" / name).write_text(text, encoding="utf-8", newline="")
    return files, str(json.loads(files["manifest.json"])["data_version"])


def _make(build: Build, formats: tuple[str, ...], fonts: Future[None] | None) -> None:
    """Pages and PDF side by side."""
    with ThreadPoolExecutor() as pool:
        pdf = pool.submit(_pdf, build) if "pdf" in formats else None
        if "html" in formats:
            _pages(build, formats)
            if fonts:
                fonts.result()
            write_assets(build.paths, build.folder / "figures", build.site, build.revision.time)
        if pdf:
            pdf.result()
    _finish(build, formats)


def render(paths: Paths, output: Path, formats: tuple[str, ...], figures: Figures, report: Report) -> Path:
    """Build the site and the PDF into `output`, and return it.

    Raises RapportError and leaves `output` and figures/ untouched when anything is wrong.
    """
    book = load_book(paths)
    sources = check(paths, book)
    (paths.cache / "build").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=paths.cache / "build"))
    try:
        with (
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart,
            Kernel(paths.root, {"RAPPORT_FIGURES": str(folder / "figures")}) as kernel,
        ):
            fonts = None if fonts_ready(paths) else apart.submit(make_fonts, paths)
            files, version = _stage(figures, folder)
            markdown = execute(sources, kernel, echo=book.echo, report=lambda d, t: report("run cells", d, t))
            build = Build(paths, book, revision(paths.root, book.date), version, folder)
            write_markdown(book, markdown, folder)
            report("write pages and PDF", 0, 1)
            _make(build, formats, fonts)
        figures.write(files)
        place(build.site, output, None if "html" in formats else build.pdf_name)
        report("write pages and PDF", 1, 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return output
