"""Errors a user can mend. Knows nothing of the rest of the package.

Every error is a list of faults, so that all of them are told at once; the command line prints them
without a traceback and leaves with exit status 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 120  # letters of a cell that a message shows
PHRASE = 600  # letters of what was expected, of a remedy or of a file's name: the columns of the widest table and more
MOST = 12  # faults of one file that a message tells; the rest is counted


def harmless(text: str) -> str:
    r"""Text with nothing in it that could steer a terminal; a line break stays one.

    >>> harmless("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return "".join(mark if mark.isprintable() or mark in "\n\u00a0" else ascii(mark)[1:-1] for mark in text)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text)} characters)"


def excerpt(text: str, longest: int = LONGEST) -> str:
    r"""Text as a message shows it: on one line, cut where it is long, and nothing in it that could steer a terminal.

    >>> excerpt("a\nb"), excerpt("abcd", 2)
    ('a\\nb', 'ab… (4 characters)')
    """
    return harmless(_cut(text, longest)).replace("\n", "\\n")


def _phrase(text: str) -> str:
    """What is told in words of our own, which may take several lines."""
    return harmless(_cut(text.expandtabs(), PHRASE))


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
        where = [excerpt(self.file, PHRASE)]
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column is not None:
            where.append(f'column "{excerpt(self.column)}"')
        found = "" if self.found is None else f'found "{excerpt(self.found)}", '
        expected, remedy = excerpt(self.expected, PHRASE), excerpt(self.remedy, PHRASE)
        return f"{', '.join(where)}: {found}expected {expected}.\n  To mend it: {remedy}"


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
        file, problem, remedy = excerpt(self.file, PHRASE), _phrase(self.problem), _phrase(self.remedy)
        return f"{file}:{self.line}: {problem}\n  To mend it: {remedy}"


def _told(faults: Sequence[Fault | Place | str]) -> list[str]:
    """Every fault as text, `MOST` of each file, and how many more there are."""
    seen: Counter[str] = Counter()
    lines = []
    for fault in faults:
        file = "" if isinstance(fault, str) else fault.file
        seen[file] += 1
        if not file or seen[file] <= MOST:
            lines.append(harmless(fault.expandtabs()) if isinstance(fault, str) else str(fault))
    more = {file: count - MOST for file, count in seen.items() if file and count > MOST}
    return lines + [f"{excerpt(file, PHRASE)}: … and {count} more" for file, count in more.items()]


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
