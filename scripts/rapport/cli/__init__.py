"""The command line. Parses, calls commands, prints errors without a traceback; imports late, for speed.

Exit status: 0 all is well; 1 a difference was found; 2 wrong usage or unusable input. Nothing imports this package.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rapport import __version__
from rapport.cli.build import figures, render
from rapport.cli.bundle import bundle
from rapport.cli.check import diff, doctor, verify
from rapport.cli.common import HELP, told
from rapport.cli.new import new
from rapport.cli.parity import parity
from rapport.cli.preview import preview
from rapport.cli.quarto import quarto
from rapport.errors import RapportError


@click.group(context_settings=HELP)
@click.option("--project", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="The project's folder; the working directory or one above it when left out.")  # fmt: skip
@click.option("--debug", is_flag=True, help="Show the traceback of errors.")
@click.version_option(__version__, prog_name="rapport")
@told
def main(project: Path | None, debug: bool) -> None:
    """The report on Arbeidstrening: every figure and every number computed from data/.

    \b
    rapport figures     data/ -> figures/ (charts, tables, numbers)
    rapport render      chapters + figures -> _site/ (pages and PDF)
    rapport preview     show the report in a browser, built again after every change
    rapport verify      do figures, numbers and texts follow from the data?
    rapport diff REV    what changed since a revision: data, numbers, figures, text
    rapport parity      do both engines make the same report?
    rapport new         a figure, a chapter or a number to start from
    rapport bundle      all that a rebuild without a package index needs, in one archive
    rapport quarto      the steps that `quarto render` runs before and after
    rapport doctor      what is installed, what is missing, how to mend it

    Change a cell of a CSV or a sentence of a chapter and run `rapport render`. Errors name file, row or line,
    what was found, what was expected and how to mend it; then nothing has been written.

    Exit status: 0 all is well, 1 a difference was found (verify, diff, parity, doctor), 2 wrong usage or input that
    cannot be used.
    """
    if sys.flags.optimize > 1:
        raise RapportError("Python leaves out docstrings (PYTHONOPTIMIZE=2 or -OO), and Altair draws nothing without.\n"
                           "  To mend it: unset PYTHONOPTIMIZE, and run the command again.")  # fmt: skip


for command in (figures, render, preview, verify, diff, parity, new, bundle, doctor, quarto):
    main.add_command(command)
