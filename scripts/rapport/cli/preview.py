"""`rapport preview`: the report in a browser, built again after every change."""

from __future__ import annotations

import click

from rapport.cli.build import formats_of
from rapport.cli.common import HELP, project, told


@click.command(context_settings=HELP)
@click.option("--port", type=click.IntRange(0, 65535), default=None,
              help="The port to serve on; 0 for any that is free.  [default: 4848, or a free one]")  # fmt: skip
@click.option("--to", "to", default="html", show_default=True, help="What to make each time, as for render.")
@click.option("--open/--no-browser", "opened", default=None,
              help="Open a browser or not.  [default: where there is a screen]")  # fmt: skip
@click.pass_context
@told
def preview(context: click.Context, port: int | None, to: str, opened: bool | None) -> None:
    """Show the report in a browser, and build it again whenever a file of it is saved.

    The open page reloads where it was being read. An error shows in the page and here, with file and line, and the
    last good page stays until it is mended.

    \b
    rapport preview                  pages only, the fastest
    rapport preview --to html,pdf    with the PDF

    Answers to this machine alone. Builds into .cache/preview/ with `rapport render`; _site/ is left as it is. Ctrl-C
    ends it.
    """
    from rapport.preview.loop import run_preview

    run_preview(project(context), port, ",".join(formats_of(to)), opened)
