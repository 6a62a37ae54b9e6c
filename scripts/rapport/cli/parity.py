"""`rapport parity`: whether both engines make the same report."""

from __future__ import annotations

from pathlib import Path

import click

from rapport.cli.common import DIFFERS, HELP, project, told


@click.command(context_settings=HELP)
@click.argument("sites", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
@told
def parity(context: click.Context, sites: tuple[Path, ...]) -> None:
    """Build with both engines and compare: addresses, text, numbers, captions, references, PDF.

    SITES are two built sites, ours and Quarto's, to compare instead. Differences that are accepted stand in
    tests/parity.toml with a reason.

    Exit status: 0 they agree, 1 something differs, 2 Quarto is missing or a build failed.
    """
    from rapport.commands import run_parity

    if len(sites) not in (0, 2):
        raise click.UsageError("name two sites, or none to build both")
    if not run_parity(project(context), (sites[0], sites[1]) if sites else None):
        raise SystemExit(DIFFERS)
