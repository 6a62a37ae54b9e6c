"""Steps of `quarto render`: called by _quarto.yml and _extensions/rapport, not by hand."""

from __future__ import annotations

import json
import sys

import click

from rapport.cli.common import HELP, project, told


@click.group(context_settings=HELP, hidden=True)
def quarto() -> None:
    """Steps of `quarto render`: called by _quarto.yml and _extensions/rapport, not by hand."""


@quarto.command(context_settings=HELP)
@click.pass_context
@told
def prepare(context: click.Context) -> None:
    """Before: figures, and the fonts, names and facts that Quarto's pages and PDF need."""
    from rapport.commands import run_figures
    from rapport.engine.prepare import prepare as prepared

    paths = project(context)
    run_figures(paths)
    prepared(paths)


@quarto.command(context_settings=HELP)
@click.pass_context
@told
def cells(context: click.Context) -> None:
    """The chapters with their cells run, as JSON on standard output."""
    from rapport.engine.cells import run_cells

    json.dump(run_cells(project(context)), sys.stdout)


@quarto.command(context_settings=HELP)
@click.pass_context
@told
def finish(context: click.Context) -> None:
    """After: the data in every format, and the PDF set once more, as PDF/UA-1."""
    from rapport.engine.prepare import finish as finished

    finished(project(context))
