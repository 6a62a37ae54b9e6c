"""`rapport bundle`: everything that a rebuild needs, in one archive."""

from __future__ import annotations

from pathlib import Path

import click

from rapport.cli.common import HELP, project, told


@click.command(context_settings=HELP)
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="The folder that the archive is written to.  [default: dist]")  # fmt: skip
@click.pass_context
@told
def bundle(context: click.Context, output: Path | None) -> None:
    """Pack all that a rebuild needs: the committed source, the site it gives, the data, and every locked package.

    The report can be rebuilt from the archive without a package index or network, and compared with the site in it,
    byte for byte: its README says how. Its wheels are for this Python and this kind of machine. What is not committed
    is not in it.
    """
    from rapport.bundle.run import run_bundle

    paths = project(context)
    run_bundle(paths, output or paths.root / "dist")
