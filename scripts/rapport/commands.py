"""What the commands of `rapport` do, with progress on the terminal. Called by cli alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.address import VARIABLE
from rapport.errors import RapportError
from rapport.paths import Paths

if TYPE_CHECKING:
    from rapport.pipeline import Written

Report = Callable[[str, int, int], None]


@contextmanager
def progress(title: str) -> Iterator[Report]:
    """A progress bar on standard error, one line a stage; nothing moves where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        report(title, 0, 1)
        yield report
        report(title, 1, 1)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


@dataclass(frozen=True, slots=True)
class FigureMaker:
    """Figures for a build: computed first, written when all else holds."""

    paths: Paths
    report: Report

    def compute(self) -> dict[str, str]:
        """The drawer starts before pandas and Altair are loaded, beside them."""
        from rapport.draw import Drawer

        with Drawer() as drawer:
            from rapport.pipeline import compute_all

            return compute_all(self.paths, drawer, lambda _key, done, total: self.report("draw figures", done, total))

    def write(self, files: Mapping[str, str]) -> Written:
        """Bring figures/ up to date."""
        from rapport.pipeline import write

        return write(self.paths, files)


def run_figures(paths: Paths) -> None:
    """`rapport figures`: compute, write, say what changed."""
    started = time.perf_counter()
    with progress("figures") as report:
        maker = FigureMaker(paths, report)
        written = maker.write(maker.compute())
    for name in written.changed:
        _say(f"  figures/{name}")
    for name in written.removed:
        _say(f"  figures/{name} (taken away)")
    for name in written.beside:
        _say(f"  {name}")
    _say(
        f"{len(written.files)} files in figures/: {len(written.changed)} changed, "
        f"{len(written.removed)} taken away ({time.perf_counter() - started:.1f} s)"
    )


def run_render(paths: Paths, engine: str, formats: tuple[str, ...], output: Path, site_url: str = "") -> None:
    """`rapport render`: the whole book with one engine; `site_url` goes before the address of _quarto.yml."""
    if site_url:
        os.environ[VARIABLE] = site_url  # read where the book is, also by the steps that Quarto runs
    _check_output(paths, output)
    started = time.perf_counter()
    if engine == "quarto":
        from rapport.engine.quarto import render as quarto_render

        site = quarto_render(paths, output, formats)
    else:
        from rapport.engine.build import render

        with progress("render") as report:
            site = render(paths, output, formats, FigureMaker(paths, report), report)
    pages = len(list(site.rglob("*.html")))
    files = [path.name for kind in ("pdf", "docx", "epub") for path in site.glob(f"*.{kind}")]
    made = ", ".join(filter(None, [f"{pages} pages" if pages else "", *files]))
    _say(f"{made} in {paths.shown(site)}/ ({time.perf_counter() - started:.1f} s, engine {engine})")


def run_parity(paths: Paths, sites: tuple[Path, Path] | None) -> bool:
    """`rapport parity`: print where the engines differ; whether they agree."""
    from rapport.parity.run import parity

    text, agree = parity(paths, sites, lambda folder: run_render(paths, "pandoc", ("html", "pdf"), folder))
    print(text)
    return agree


# What a site made here may hold at its top; anything else in a folder is somebody's own.
OURS = {
    "404.html", "index.html", "assets", "chapters", "data", "figures", "manifest.webmanifest",
    "robots.txt", "search.json", "site_libs", "sitemap.xml", "theme", "versjoner.xml",
}  # fmt: skip
KEPT = ("data", "chapters", "scripts", "theme", "tests", "figures", ".git")


def _check_output(paths: Paths, output: Path) -> None:
    """The output folder is replaced as a whole: it may not hold the project or anything not made here."""
    from rapport.book import load_book

    target = output.resolve()
    if paths.root.is_relative_to(target) or any(target.is_relative_to(paths.root / name) for name in KEPT):
        raise RapportError(
            f"--output {output} would overwrite the project.\n  To mend it: name a folder for the site alone."
        )
    names = {path.name for path in target.iterdir()} if target.is_dir() else set()
    foreign = names - OURS - {f"{load_book(paths).output_file}.{kind}" for kind in ("pdf", "docx", "epub")}
    if foreign and target != paths.site:
        raise RapportError(
            f"--output {output} holds files that are not a site made by this command ({min(foreign)}).\n"
            "  To mend it: name an empty or new folder."
        )
