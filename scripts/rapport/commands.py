"""What the commands of `rapport` do, with progress on the terminal. Called by cli alone."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from rapport.address import VARIABLE
from rapport.errors import RapportError
from rapport.paths import Paths

DOCUMENTS = ("pdf", "docx", "epub")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def run_figures(paths: Paths) -> None:
    """`rapport figures`: compute, write, say what changed."""
    from rapport.figure_files import FigureMaker
    from rapport.inputs import changed_since, read_inputs, require_same
    from rapport.progress import progress
    from rapport.remembered import remembered

    started = time.perf_counter()
    with progress("figures") as tell, remembered(paths, tell) as (steps, _workers):
        maker, inputs = FigureMaker(paths), read_inputs(paths)
        made = maker.make(inputs, steps)
        require_same(changed_since(paths, inputs))
        written = maker.write(made)
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


def _embedded(paths: Paths, formats: tuple[str, ...], output: Path, explain: bool) -> Path:
    from rapport.account import counted, explained
    from rapport.engine.build import render
    from rapport.engine.means import Means
    from rapport.figure_files import FigureMaker
    from rapport.progress import progress
    from rapport.remembered import kept_steps
    from rapport.workers import Workers

    with progress("render") as tell, Workers() as workers:
        steps = kept_steps(paths, tell)
        site = render(paths, output, formats, FigureMaker(paths), Means(steps, workers))
    _say(explained(steps.events, site) if explain else counted(steps.events))
    return site


def run_render(
    paths: Paths, engine: str, formats: tuple[str, ...], output: Path, site_url: str = "", explain: bool = False
) -> None:
    """`rapport render`: the whole book with one engine; `site_url` goes before the address of _quarto.yml.

    `explain` says of each step why it was made or kept.
    """
    if site_url:
        os.environ[VARIABLE] = site_url  # read where the book is, also by the steps that Quarto runs
    _check_output(paths, output)
    started = time.perf_counter()
    if engine == "quarto":
        from rapport.engine.quarto import render as quarto_render

        site = quarto_render(paths, output, formats)
    else:
        site = _embedded(paths, formats, output, explain)
    pages = len(list(site.rglob("*.html")))
    files = [path.name for kind in DOCUMENTS for path in site.glob(f"*.{kind}")]
    parts = len(list((site / "chapters").glob("*.pdf")))
    counts = [f"{pages} pages" if pages else "", *files, f"{parts} chapters as PDF" if parts else ""]
    made = ", ".join(filter(None, counts))
    _say(f"{made} in {paths.shown(site)}/ ({time.perf_counter() - started:.1f} s, engine {engine})")


def run_parity(paths: Paths, sites: tuple[Path, Path] | None) -> bool:
    """`rapport parity`: print where the engines differ; whether they agree."""
    from rapport.parity.run import parity

    text, agree = parity(paths, sites, lambda folder: run_render(paths, "pandoc", ("html", "pdf"), folder))
    print(text)
    return agree


# What a site made here may hold at its top; anything else in a folder is somebody's own.
OURS = {
    "404.html", "index.html", "assets", "chapters", "data", "en", "figures", "manifest.webmanifest", "pagefind",
    "robots.txt", "search.json", "site_libs", "sitemap.xml", "sok.html", "theme", "versjoner.xml",
}  # fmt: skip
KEPT = ("data", "chapters", "en", "scripts", "theme", "tests", "figures", ".git")


def _check_output(paths: Paths, output: Path) -> None:
    """The output folder is replaced as a whole: it may not hold the project or anything not made here."""
    target = output.resolve()
    if paths.root.is_relative_to(target) or any(target.is_relative_to(paths.root / name) for name in KEPT):
        raise RapportError(
            f"--output {output} would overwrite the project.\n  To mend it: name a folder for the site alone."
        )
    if target.exists() and not target.is_dir():
        raise RapportError(f"{paths.shown(output)} is a file.\n  To mend it: move it away, or name a folder.")
    names = {path.name for path in target.iterdir()} if target.is_dir() else set()
    if target == paths.site or not names:
        return
    from rapport.book import load_book

    foreign = names - OURS - {f"{stem}.{kind}" for stem in [load_book(paths).output_file] for kind in DOCUMENTS}
    if foreign:
        raise RapportError(
            f"--output {output} holds files that are not a site made by this command ({min(foreign)}).\n"
            "  To mend it: name an empty or new folder."
        )
