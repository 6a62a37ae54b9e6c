"""The command line. Parses, calls commands, prints errors without a traceback; imports late, for speed.

Exit status: 0 all is well; 1 the engines differ; 2 wrong usage or unusable input. Nothing imports this module.
"""

from __future__ import annotations

from pathlib import Path

import click

from rapport import __version__
from rapport.groups import new, quarto
from rapport.terminal import HELP, UNUSABLE, told
from rapport.terminal import project as project_of

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
    rapport parity      both engines' sites, compared
    rapport new         a figure, a chapter or a number to start from
    rapport doctor      what is installed, what is missing, how to mend it

    Change a cell of a CSV or a sentence of a chapter and run `rapport render`. Errors name file, row or line,
    what was found, what was expected and how to mend it; then nothing has been written.

    Exit status: 0 all is well, 1 the engines differ (parity), 2 wrong usage or input that cannot be used.
    """


@main.command(context_settings=HELP)
@click.pass_context
@told
def figures(context: click.Context) -> None:
    """Compute figures, tables and numbers from data/ into figures/.

    Checks the data package first; a broken value stops everything before a file is touched. Says which files
    changed: commit them together with the data.
    """
    from rapport.commands import run_figures

    run_figures(project_of(context))


@main.command(context_settings=HELP)
@click.option("--engine", type=click.Choice(["pandoc", "quarto"]), default="pandoc", show_default=True,
              help="pandoc needs Python packages alone; quarto needs Quarto 1.9 or newer.")  # fmt: skip
@click.option(
    "--to", "to", default="html,pdf", show_default=True, help="What to make: html, pdf or both, with a comma."
)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="The site's folder; replaced as a whole when all is done.  [default: _site]")  # fmt: skip
@click.pass_context
@told
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
    paths = project_of(context)
    run_render(paths, engine, formats, output or paths.site)


@main.command(context_settings=HELP)
@click.argument("sites", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
@told
def parity(context: click.Context, sites: tuple[Path, ...]) -> None:
    """Build with both engines and compare: addresses, text, numbers, captions, references, PDF.

    SITES are two built sites, ours and Quarto's, to compare instead. Differences that are accepted stand in
    tests/parity.toml with a reason. Exit status 1 when anything else differs.
    """
    from rapport.commands import run_parity

    if len(sites) not in (0, 2):
        raise click.UsageError("name two sites, or none to build both")
    if not run_parity(project_of(context), (sites[0], sites[1]) if sites else None):
        raise SystemExit(1)


@main.command(context_settings=HELP)
@click.pass_context
@told
def doctor(context: click.Context) -> None:
    """Say what is installed, which engine would run, what is missing and the command that mends it."""
    from rapport.doctor import report

    text, good = report(project_of(context))
    click.echo(text)
    if not good:
        raise SystemExit(UNUSABLE)


main.add_command(quarto)
main.add_command(new)
