"""One build with the embedded engine, from data/ to _site/: check, compute, execute, convert, swap.

Everything is made in .cache/ and moved into place at the end. The kernel starts while figures are drawn.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rapport.book import Book, load_book
from rapport.engine.check import check
from rapport.engine.documents import WRITERS, Edition, cover, write_document
from rapport.engine.downloads import downloads, finish, names, size_mark
from rapport.engine.execute import Kernel, execute
from rapport.engine.front import fill_downloads
from rapport.engine.jobs import Job
from rapport.engine.pandoc import convert, write_markdown
from rapport.engine.pdf import compile_pdf, main_file
from rapport.engine.place import place
from rapport.engine.revision import Revision, revision
from rapport.engine.site import write_assets
from rapport.engine.stage import Figures, environment, stage
from rapport.fonts import fonts_ready, make_fonts
from rapport.paths import Paths
from rapport.pictures import make_exports, place_exports
from rapport.web import complete

Report = Callable[[str, int, int], None]


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


def _variables(build: Build, formats: tuple[str, ...]) -> dict[str, Any]:
    variables = {
        "lang": build.book.lang, "site-title": build.book.title, "version": build.data_version,
        "lisens": "CC BY 4.0", "lisens-href": "https://creativecommons.org/licenses/by/4.0/deed.no",
        "dato": build.revision.shown_date, "commit": build.revision.commit, "repo-url": build.book.repo_url,
    }  # fmt: skip
    if "pdf" in formats:
        variables |= {"pdf": build.pdf_name, "pdf-size": size_mark(build.pdf_name)}
    files = {"downloads": downloads(build.book.output_file, formats)}
    return {name: value for name, value in (variables | files).items() if value}


def _pages(build: Build, formats: tuple[str, ...]) -> None:
    convert(build.book, build.paths, build.folder, Job("html", build.site, _variables(build, formats)))


def _pdf(build: Build) -> None:
    body, main = build.folder / "body.typ", build.folder / "main.typ"
    convert(build.book, build.paths, build.folder, Job("typst", body, {}))
    body.write_text('#import "/theme/rapport.typ": *\n' + body.read_text(encoding="utf-8"), encoding="utf-8")
    main.write_text(main_file(build.book, build.revision, build.data_version, body, build.paths.root), encoding="utf-8")
    compile_pdf(build.paths, main, build.folder / build.pdf_name)


def _make(build: Build, formats: tuple[str, ...], exports: Future[dict[str, Path]]) -> None:
    """Pages, PDF and documents side by side."""
    edition = Edition(build.paths, build.book, build.revision, build.data_version, build.folder)
    with ThreadPoolExecutor() as pool:
        apart = [pool.submit(_pdf, build)] if "pdf" in formats else []
        apart += [pool.submit(write_document, kind, edition, exports) for kind in WRITERS if kind in formats]
        if "html" in formats:
            _pages(build, formats)
            made = exports.result()
            write_assets(build.paths, build.folder / "figures", build.site, build.revision.time)
            place_exports(made, build.site / "figures", [name for name in made if name.startswith("fig-")])
            complete(build.paths, build.site, pdf="pdf" in formats)
        for job in apart:
            job.result()
    finish(build.folder, build.site, names(build.book.output_file, formats))
    fill_downloads(build.site)


def render(paths: Paths, output: Path, formats: tuple[str, ...], figures: Figures, report: Report) -> Path:
    """Build the site, the PDF, the Word file and the e-book into `output`, and return it.

    Raises RapportError and leaves `output` and figures/ untouched when anything is wrong.
    """
    book = load_book(paths)
    sources = check(paths, book)
    (paths.cache / "build").mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=paths.cache / "build"))
    try:
        with (
            ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart,
            Kernel(paths.root, environment(folder)) as kernel,
        ):
            fonts = None if fonts_ready(paths) else apart.submit(make_fonts, paths)
            files, version = stage(figures, paths, book, sources, folder)
            exports = apart.submit(make_exports, paths, folder / "figures", cover(book))
            markdown = execute(sources, kernel, echo=book.echo, report=lambda d, t: report("run cells", d, t))
            build = Build(paths, book, revision(paths.root, book.date), version, folder)
            write_markdown(book, markdown, folder)
            report("write pages and PDF", 0, 1)
            if fonts:
                fonts.result()
            _make(build, formats, exports)
        figures.write(files)
        place(build.site, output, None if "html" in formats else names(book.output_file, formats))
        report("write pages and PDF", 1, 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return output
