"""Valid data that the code was not made for: told in words, with the place in the code. Knows errors only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb

from rapport.errors import DataError, Fault, RapportError

PACKAGE = Path(__file__).parent


def place(error: BaseException) -> str:
    """The innermost line of the package's own code that the error came through."""
    own = [step for step in extract_tb(error.__traceback__) if Path(step.filename).is_relative_to(PACKAGE)]
    if not own:
        return "scripts/rapport"
    step = own[-1]
    return f"scripts/rapport/{Path(step.filename).relative_to(PACKAGE).as_posix()}:{step.lineno}"


@contextmanager
def guarded() -> Iterator[None]:
    """An error that nobody foresaw becomes a DataError: the schema holds, and yet the code cannot use the data.

    Rows may be gone that a figure asks for, or columns have other types than the code expects.
    """
    try:
        yield
    except RapportError:
        raise
    except Exception as error:
        raise DataError(
            Fault(
                file="data/", found=f"tables that {place(error)} cannot use ({type(error).__name__}: {error})",
                expected="the rows, columns and types that the code was made for",
                remedy="put back what was changed (git diff data/ shows it), or change the code with it; "
                "--debug before the command shows where it fails",
            )
        ) from error  # fmt: skip
