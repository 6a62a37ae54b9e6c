"""The command line. Parses, calls commands, prints errors without a traceback; imports late, for speed.

Exit status: 0 all is well; 2 wrong usage or unusable input. Nothing imports this module.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from rapport import __version__
from rapport.errors import RapportError
from rapport.paths import Paths, find_project

HELP = {"help_option_names": ["-h", "--help"]}
UNUSABLE = 2


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """Errors that the user can mend are printed, all at once, and end with status 2."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except RapportError as error:
            if click.get_current_context().find_root().params.get("debug"):
                raise
            count = len(error.faults)
            click.echo(f"{error}\n\n{count} {'error' if count == 1 else 'errors'}; nothing was written.", err=True)
            raise SystemExit(UNUSABLE) from None

    return run


def _project(context: click.Context) -> Paths:
    return find_project(context.find_root().params["project"])


@click.group(context_settings=HELP)
@click.option("--project", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="The project's folder; the working directory or one above it when left out.")  # fmt: skip
@click.option("--debug", is_flag=True, help="Show the traceback of errors.")
@click.version_option(__version__, prog_name="rapport")
def main(project: Path | None, debug: bool) -> None:
    """The report on Arbeidstrening: every figure and every number computed from data/.

    \b
    rapport figures     data/ -> figures/ (charts, tables, numbers)
    rapport render      chapters + figures -> _site/ (pages and PDF)
    rapport doctor      what is installed, what is missing, how to mend it

    Change a cell of a CSV or a sentence of a chapter and run `rapport render`. Errors name file, row or line,
    what was found, what was expected and how to mend it; then nothing has been written.

    Exit status: 0 all is well, 2 wrong usage or input that cannot be used.
    """


@main.command(context_settings=HELP)
@click.pass_context
@_told
def figures(context: click.Context) -> None:
    """Compute figures, tables and numbers from data/ into figures/.

    Checks the data package first; a broken value stops everything before a file is touched. Says which files
    changed: commit them together with the data.
    """
    from rapport.commands import run_figures

    run_figures(_project(context))


@main.command(context_settings=HELP)
@click.option("--engine", type=click.Choice(["pandoc", "quarto"]), default="pandoc", show_default=True,
              help="pandoc needs Python packages alone; quarto needs Quarto 1.9 or newer.")  # fmt: skip
@click.option(
    "--to", "to", default="html,pdf", show_default=True, help="What to make: html, pdf or both, with a comma."
)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="The site's folder; replaced as a whole when all is done.  [default: _site]")  # fmt: skip
@click.pass_context
@_told
def render(context: click.Context, engine: str, to: str, output: Path | None) -> None:
    """Build the site and the PDF into _site/.

    \b
    rapport render                    pages and PDF with the embedded engine
    rapport render --to html          pages only
    rapport render --engine quarto    the same with Quarto

    The last good site stays where it is until the new one is whole.
    """
    from rapport.commands import run_render

    formats = tuple(dict.fromkeys(part.strip() for part in to.split(",") if part.strip()))
    unknown = [part for part in formats if part not in ("html", "pdf")]
    if unknown or not formats:
        raise click.BadParameter(f"{to!r} is not html, pdf or html,pdf", param_hint="--to")
    paths = _project(context)
    run_render(paths, engine, formats, output or paths.site)


@main.command(context_settings=HELP, hidden=True)
@click.pass_context
@_told
def prepare(context: click.Context) -> None:
    """Quarto's pre-render step: figures, and the fonts and title page's facts that its pages and PDF need."""
    from rapport.commands import run_prepare

    run_prepare(_project(context))


@main.command(context_settings=HELP, hidden=True)
@click.pass_context
@_told
def finish(context: click.Context) -> None:
    """Quarto's post-render step: the PDF set as PDF/UA-1."""
    from rapport.engine.prepare import finish

    finish(_project(context))


@main.command(context_settings=HELP, hidden=True)
@click.pass_context
@_told
def cells(context: click.Context) -> None:
    """Print the chapters with their cells run, as JSON; Quarto's part of _extensions/rapport asks for it."""
    from rapport.commands import run_cells

    run_cells(_project(context))


@main.command(context_settings=HELP)
@click.argument("sites", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
@_told
def parity(context: click.Context, sites: tuple[Path, ...]) -> None:
    """Build with both engines and compare: addresses, text, numbers, captions, references, PDF.

    SITES are two built sites, ours and Quarto's, to compare instead. Differences that are accepted stand in
    tests/parity.toml with a reason. Exit status 1 when anything else differs.
    """
    from rapport.commands import run_parity

    if len(sites) not in (0, 2):
        raise click.UsageError("name two sites, or none to build both")
    if not run_parity(_project(context), (sites[0], sites[1]) if sites else None):
        raise SystemExit(1)


@main.command(context_settings=HELP)
@click.pass_context
@_told
def doctor(context: click.Context) -> None:
    """Say what is installed, which engine would run, what is missing and the command that mends it."""
    from rapport.doctor import report

    text, good = report(_project(context))
    click.echo(text)
    if not good:
        raise SystemExit(UNUSABLE)
