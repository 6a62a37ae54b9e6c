"""`rapport new`: a figure, a chapter or a number to start from."""

from __future__ import annotations

import click

from rapport.cli.common import HELP, project, told


@click.group(context_settings=HELP)
def new() -> None:
    """Start a figure, a chapter or a number that works as it is, to be changed.

    \b
    rapport new figure antall-avtaler      a module, its place in the list of figures
    rapport new chapter 08-oppsummering    a chapter, its place in _quarto.yml
    rapport new number avtaler.antall      a row of data/opplysninger.csv

    Nothing that is there is overwritten.
    """


@new.command(context_settings=HELP)
@click.argument("name")
@click.pass_context
@told
def figure(context: click.Context, name: str) -> None:
    """A figure module NAME, such as antall-avtaler: the figure fig-NAME, in the list of figures."""
    from rapport.scaffold.figure import new_figure

    click.echo(new_figure(project(context), name), err=True)


@new.command(context_settings=HELP)
@click.argument("name")
@click.option("--title", default=None, help="The chapter's heading.  [default: from NAME]")
@click.pass_context
@told
def chapter(context: click.Context, name: str, title: str | None) -> None:
    """A chapter chapters/NAME.qmd, such as 08-oppsummering, last in the list of chapters."""
    from rapport.scaffold.chapter import new_chapter

    click.echo(new_chapter(project(context), name, title), err=True)


@new.command(context_settings=HELP)
@click.argument("name")
@click.option("--value", required=True, help="The value, with a point for decimals.")
@click.option("--unit", default="antall", show_default=True, help="The unit, such as prosent.")
@click.option("--source", required=True, help="Where the report has it: 3.3, linje 1264-1268.")
@click.option("--description", required=True, help="What the number is, in bokmål.")
@click.pass_context
@told
def number(context: click.Context, name: str, value: str, unit: str, source: str, description: str) -> None:
    """A number NAME, such as avtaler.antall: a row of data/opplysninger.csv, in its place."""
    from rapport.scaffold.number import new_number

    row = {"id": name, "verdi": value, "enhet": unit, "beskrivelse": description, "kilde": source}
    click.echo(new_number(project(context), row), err=True)
