"""What all commands share: errors without a traceback, exit statuses, and the project they work on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from rapport.errors import RapportError
from rapport.paths import Paths, find_project

HELP = {"help_option_names": ["-h", "--help"]}
DIFFERS = 1
UNUSABLE = 2


def _message(error: Exception) -> str:
    """What is wrong, and what of it: a user's slip is found before anything is written, a full disk may be not."""
    if isinstance(error, RapportError):
        count = len(error.faults)
        return f"{error}\n\n{count} {'error' if count == 1 else 'errors'}; nothing was written."
    from rapport.mishaps import told as mishap

    return f"{mishap(error)}\n\n1 error; the site is as it was."


def told(function: Callable[..., Any]) -> Callable[..., Any]:
    """Errors that the user can mend are printed, all at once, and end with status 2."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click ends these as shells expect
        except Exception as error:
            if click.get_current_context().find_root().params.get("debug"):
                raise
            click.echo(_message(error), err=True)
            raise SystemExit(UNUSABLE) from None

    return run


def project(context: click.Context) -> Paths:
    """The project that --project names, or that the working directory lies in."""
    return find_project(context.find_root().params["project"])
