"""Commands that check something and change nothing, unless told to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rapport.cli.common import DIFFERS, HELP, project, told


def _target(form: str, what: str) -> Callable[..., Any]:
    return click.option(f"--{form}", type=click.Path(path_type=Path, dir_okay=False), default=None, help=what)


@click.command(context_settings=HELP)
@_target("json", "Write everything found as JSON to this file.")
@_target("junit", "Write JUnit XML, for CI systems.")
@_target("markdown", "Write Markdown, for a job summary or a comment on a pull request.")
@_target("html", "Write a self-contained page, with old and new pictures side by side.")
@click.option("--site", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="The built site to read back.  [default: _site]")  # fmt: skip
@click.option(
    "--update", is_flag=True, help="Say what would change in figures/, then accept it: write what was recomputed."
)
@click.option("--record", is_flag=True, help="When all holds, write verification.json, from which the pages tell.")
@click.pass_context
@told
def verify(context: click.Context, site: Path | None, update: bool, record: bool, **targets: Path | None) -> None:
    """Recompute everything from data/ and compare it with what is committed and built.

    Seven layers, a verdict per item: data, values, spec, picture, numbers, text (pages and PDF) and chapters.
    Needs a built site: run `rapport render` first.

    \b
    rapport verify                              print the verdicts
    rapport verify --html report.html           with pictures, old and new
    rapport verify --update                     accept what the data now give
    rapport verify --record                     let the pages say that this was verified

    Exit status: 0 all holds, 1 something differs, 2 input that cannot be used.
    """
    from rapport.verify.command import run_verify

    paths = project(context)
    wanted = {form: path for form, path in targets.items() if path}
    if not run_verify(paths, site or paths.site, wanted, update=update, record=record):
        raise SystemExit(DIFFERS)


@click.command(context_settings=HELP)
@click.argument("revision", metavar="REV")
@_target("json", "Write everything found as JSON to this file.")
@_target("markdown", "Write Markdown, for a job summary or a comment on a pull request, within its largest size.")
@_target("html", "Write a self-contained page, with both pictures of each figure side by side.")
@click.pass_context
@told
def diff(context: click.Context, revision: str, **targets: Path | None) -> None:
    """Say what the working tree changes since the revision REV: a commit, a branch or a tag.

    Rows and cells, schemas, numbers and the sentences that hold them, hedges that no longer hold, figures and
    tables, chapters. REV... is where this branch left REV. No code of REV is run.

    \b
    rapport diff HEAD                            what is not committed yet
    rapport diff origin/main... --markdown FILE  what a pull request changes

    Exit status: 0 nothing differs, 1 something differs, 2 no such revision, or data that cannot be read.
    """
    from rapport.compare.command import run_diff

    if not run_diff(project(context), revision, {form: path for form, path in targets.items() if path}):
        raise SystemExit(DIFFERS)


@click.command(context_settings=HELP)
@click.option("--text", "of_text", is_flag=True, help="Say instead how hard each chapter is to read: words, LIX.")
@click.pass_context
@told
def doctor(context: click.Context, of_text: bool) -> None:
    """Say what is installed, which engine would run, what is missing and the command that mends it.

    Versions are compared with those of requirements.lock and with those that made the figures (figures/manifest.json).

    Exit status: 0 the report can be made, 1 other versions than these made the figures, 2 something needed is missing.
    """
    from rapport.doctor.report import report, text_report

    text, status = (text_report if of_text else report)(project(context))
    click.echo(text)
    if status:
        raise SystemExit(status)
