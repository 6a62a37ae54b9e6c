"""Commands that make something: figures and the site."""

from __future__ import annotations

from pathlib import Path

import click

from rapport.cli.common import HELP, project, told

FORMATS = ("html", "pdf", "docx", "epub", "chapters")


def formats_of(to: str) -> tuple[str, ...]:
    """What --to asks for, each once. Raises click.BadParameter for what is not made."""
    formats = tuple(dict.fromkeys(part.strip() for part in to.split(",") if part.strip()))
    unknown = [part for part in formats if part not in FORMATS]
    if unknown or not formats:
        raise click.BadParameter(f"{to!r} is not one or more of {', '.join(FORMATS)}", param_hint="--to")
    return formats


@click.command(context_settings=HELP)
@click.pass_context
@told
def figures(context: click.Context) -> None:
    """Compute figures, tables and numbers from data/ into figures/.

    Checks the data package first; a broken value stops everything before a file is touched. Says which files
    changed: commit them together with the data.
    """
    from rapport.commands import run_figures

    run_figures(project(context))


@click.command(context_settings=HELP)
@click.option("--engine", type=click.Choice(["pandoc", "quarto"]), default="pandoc", show_default=True,
              help="pandoc needs Python packages alone; quarto needs Quarto 1.9 or newer.")  # fmt: skip
@click.option(
    "--to",
    "to",
    default=",".join(FORMATS),
    show_default=True,
    help="What to make, with commas; chapters: each chapter as a PDF of its own.",
)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="The site's folder; replaced as a whole when all is done.  [default: _site]")  # fmt: skip
@click.option("--site-url", default="", metavar="ADDRESS",
              help="Where the site will be published; goes before book.site-url of _quarto.yml.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Say of each step why it was made or kept, and which were slowest.")
@click.pass_context
@told
def render(context: click.Context, engine: str, to: str, output: Path | None, site_url: str, explain: bool) -> None:
    """Build the site, the PDF, the Word file, the e-book and a PDF of each chapter into _site/.

    \b
    rapport render                    all of it with the embedded engine
    rapport render --to html          pages only
    rapport render --explain          say why each step was made or kept
    rapport render --engine quarto    the same with Quarto

    Canonical addresses, shared pictures and sitemap.xml need the site's address; without it they are left out.
    The last good site stays where it is until the new one is whole.
    """
    from rapport.commands import run_render

    paths = project(context)
    run_render(paths, engine, formats_of(to), output or paths.site, site_url, explain)
