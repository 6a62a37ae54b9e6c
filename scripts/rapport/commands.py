"""What the commands of `rapport` do, with progress on the terminal. Called by cli alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.errors import RapportError
from rapport.paths import Paths

if TYPE_CHECKING:
    from rapport.steps import Steps

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


def run_figures(paths: Paths) -> None:
    """`rapport figures`: compute, write, say what changed."""
    from rapport.figure_files import FigureMaker
    from rapport.inputs import read_inputs, require_same
    from rapport.steps import Steps, Store
    from rapport.steps.lock import alone

    started = time.perf_counter()
    with alone(paths.cache), progress("figures") as report:
        maker, inputs, steps = FigureMaker(paths, report), read_inputs(paths), Steps(Store(paths.cache / "steps"))
        files = maker.make(inputs, steps)
        require_same(paths, inputs)
        written = maker.write(files)
        steps.commit()
    for name in written.changed:
        _say(f"  figures/{name}")
    for name in written.removed:
        _say(f"  figures/{name} (taken away)")
    _say(
        f"{len(written.files)} files in figures/: {len(written.changed)} changed, "
        f"{len(written.removed)} taken away ({time.perf_counter() - started:.1f} s)"
    )


def _explain(steps: Steps, every: bool) -> None:
    """How many steps were made and kept; with `every`, each with its reason, and the slowest five."""
    made = [event for event in steps.events if event.made]
    if every:
        for event in steps.events:
            _say(f"  {'made' if event.made else 'kept'}  {event.step}: {event.why} ({event.seconds:.2f} s)")
        slowest = sorted(made, key=lambda event: -event.seconds)[:5]
        told = ", ".join(f"{event.step} {event.seconds:.2f} s" for event in slowest)
        _say(f"slowest, each with the steps within it: {told or 'none was made'}")
    _say(f"{len(made)} steps made, {len(steps.events) - len(made)} kept")


def run_render(paths: Paths, engine: str, formats: tuple[str, ...], output: Path, explain: bool = False) -> None:
    """`rapport render`: the whole book with one engine; `explain` says of each step why it ran or not."""
    _check_output(paths, output)
    started = time.perf_counter()
    if engine == "quarto":
        from rapport.engine.quarto import render as quarto_render

        site = quarto_render(paths, output, formats)
    else:
        from rapport.engine.build import render
        from rapport.figure_files import FigureMaker
        from rapport.steps import Steps, Store

        with progress("render") as report:
            steps = Steps(Store(paths.cache / "steps"))
            try:
                site = render(paths, output, formats, FigureMaker(paths, report), steps, report)
            finally:
                _explain(steps, explain)
    pages = len(list(site.rglob("*.html")))
    pdfs = [path.name for path in site.glob("*.pdf")]
    made = " and ".join(filter(None, [f"{pages} pages" if pages else "", *pdfs]))
    _say(f"{made} in {paths.shown(site)}/ ({time.perf_counter() - started:.1f} s, engine {engine})")


def run_parity(paths: Paths, sites: tuple[Path, Path] | None) -> bool:
    """`rapport parity`: print where the engines differ; whether they agree."""
    from rapport.parity.run import parity

    text, agree = parity(paths, sites, lambda folder: run_render(paths, "pandoc", ("html", "pdf"), folder))
    print(text)
    return agree


# What a site made here may hold at its top; anything else in a folder is somebody's own.
OURS = {
    "index.html", "assets", "chapters", "data", "figures",
    "robots.txt", "search.json", "site_libs", "sitemap.xml", "theme",
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
    foreign = names - OURS - {f"{load_book(paths).output_file}.pdf"}
    if foreign and target != paths.site:
        raise RapportError(
            f"--output {output} holds files that are not a site made by this command ({min(foreign)}).\n"
            "  To mend it: name an empty or new folder."
        )
