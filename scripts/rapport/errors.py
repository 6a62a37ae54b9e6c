"""Errors a user can mend. Knows nothing of the rest of the package.

Every error is a list of faults, so that all of them are told at once; the command line prints them
without a traceback and leaves with exit status 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 120  # letters of a cell that a message shows
MOST = 12  # faults of one file that a message tells; the rest is counted


def excerpt(text: str) -> str:
    r"""Text as a message shows it: cut where it is long, and nothing in it that could steer a terminal.

    >>> excerpt("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"
    return "".join(mark if mark.isprintable() or mark == "\u00a0" else ascii(mark)[1:-1] for mark in cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: where, what was found, what was expected, how to mend it.

    `row` is the row as a spreadsheet or an editor counts it (the header is row 1).
    """

    file: str
    expected: str
    remedy: str
    row: int | None = None
    column: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        where = [self.file]
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column is not None:
            where.append(f'column "{excerpt(self.column)}"')
        found = "" if self.found is None else f'found "{excerpt(self.found)}", '
        return f"{', '.join(where)}: {found}expected {self.expected}.\n  To mend it: {self.remedy}"


def row_number(index: object) -> int:
    """The row of a frame's index (0, 1, …) as `Fault.row` counts it."""
    return int(str(index)) + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One thing that is wrong in a text file, at a line (1-based)."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}\n  To mend it: {self.remedy}"


def _told(faults: Sequence[Fault | Place | str]) -> list[str]:
    """Every fault as text, `MOST` of each file, and how many more there are."""
    seen: Counter[str] = Counter()
    lines = []
    for fault in faults:
        file = "" if isinstance(fault, str) else fault.file
        seen[file] += 1
        if not file or seen[file] <= MOST:
            lines.append(str(fault))
    return lines + [f"{file}: … and {count - MOST} more" for file, count in seen.items() if file and count > MOST]


class RapportError(Exception):
    """Anything the user can mend; carries every fault found, in order."""

    def __init__(self, *faults: Fault | Place | str) -> None:
        self.faults: Sequence[Fault | Place | str] = faults
        super().__init__("\n".join(_told(faults)))


class DataError(RapportError):
    """The data package breaks its schema or its own arithmetic."""


class NumberError(RapportError):
    """A number is asked for that is not in the register, is unknown, or does not fit its words."""


class DialectError(RapportError):
    """A chapter uses something outside the dialect, or refers to something that is not there."""


class BookError(RapportError):
    """`_quarto.yml` cannot be read as a book."""


class EngineError(RapportError):
    """A rendering tool is missing or failed."""
