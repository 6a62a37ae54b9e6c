"""What the commands of `rapport` do, with progress on the terminal. Called by cli alone."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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

        def report(stage: str, done: int, total: int, item: str = "") -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        report(title, 0, 1)
        yield report
        report(title, 1, 1)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def figures(paths: Paths, report: Report) -> Written:
    """Bring figures/ up to date. The drawer starts before pandas and Altair are loaded, beside them."""
    from rapport.draw import Drawer

    with Drawer() as drawer:
        from rapport.pipeline import make_figures

        return make_figures(paths, drawer, lambda _key, done, total: report("draw figures", done, total))


def run_figures(paths: Paths) -> None:
    """`rapport figures`: compute, write, say what changed."""
    started = time.perf_counter()
    with progress("figures") as report:
        written = figures(paths, report)
    for name in written.changed:
        _say(f"  figures/{name}")
    for name in written.removed:
        _say(f"  figures/{name} (taken away)")
    _say(
        f"{len(written.files)} files in figures/: {len(written.changed)} changed, "
        f"{len(written.removed)} taken away ({time.perf_counter() - started:.1f} s)"
    )


def _fresh_figures(paths: Paths, report: Report) -> str:
    """Bring figures/ up to date and return the data package's version."""
    figures(paths, report)
    return json.loads((paths.figures / "manifest.json").read_text(encoding="utf-8"))["data_version"]


def run_render(paths: Paths, engine: str, formats: tuple[str, ...], output: Path) -> None:
    """`rapport render`: the whole book with one engine."""
    _check_output(paths, output)
    started = time.perf_counter()
    if engine == "quarto":
        from rapport.engine.quarto import render as quarto_render

        site = quarto_render(paths, output, formats)
    else:
        from rapport.engine.build import render

        with progress("render") as report:
            site = render(paths, output, formats, lambda: _fresh_figures(paths, report), report)
    pages = len(list(site.rglob("*.html")))
    pdfs = [path.name for path in site.glob("*.pdf")]
    made = " and ".join(filter(None, [f"{pages} pages" if pages else "", *pdfs]))
    _say(f"{made} in {paths.shown(site)}/ ({time.perf_counter() - started:.1f} s, engine {engine})")


OURS = {"index.html", "assets"}  # what only a site made here holds together
KEPT = ("data", "chapters", "scripts", "theme", "tests", "figures", ".git")


def _check_output(paths: Paths, output: Path) -> None:
    """The output folder is replaced as a whole: it may not hold the project or anything not made here."""
    target = output.resolve()
    if paths.root.is_relative_to(target) or any(target.is_relative_to(paths.root / name) for name in KEPT):
        raise RapportError(
            f"--output {output} would overwrite the project.\n  To mend it: name a folder for the site alone."
        )
    names = {path.name for path in target.iterdir()} if target.is_dir() else set()
    if names and not (names & OURS or all(name.endswith(".pdf") for name in names)):
        raise RapportError(
            f"--output {output} holds files that are not a site made by this command.\n"
            "  To mend it: name an empty or new folder."
        )
