"""The versions of CHANGELOG.md, read strictly: what is not written as it should be is told, never left out.

Knows texts and errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from rapport.errors import BookError, Place, excerpt
from rapport.legible import lines as read_lines
from rapport.legible import unseen

FILE = "CHANGELOG.md"
# A heading of a version, or what was meant as one.
MEANT = re.compile(r" {0,3}##(?!#)|(?:#+ *)?[\[*]*v?\d+\.\d+\.\d+")
VERSION = re.compile(r"## (?P<number>\d+\.\d+\.\d+) – (?P<date>\d{4}-\d\d-\d\d)")
POINT = re.compile(r"^[-*+] (.+(?:\n(?![-*+#] ?).+)*)", re.MULTILINE)
HEADING = "write a number, a dash and a date, as in “## 1.2.0 – 2026-11-25”"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the data: number, date of the form 2026-11-24, and what is new, as plain text in English."""

    number: str
    date: str
    changes: tuple[str, ...]

    @property
    def order(self) -> tuple[list[int], str]:
        """What puts versions in their order."""
        return [int(part) for part in self.number.split(".")], self.date


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _place(line: int, problem: str, remedy: str) -> Place:
    return Place(file=FILE, line=line, problem=problem, remedy=remedy)


def _sections(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Line, heading and body of everything that is meant as a version."""
    starts = [number for number, line in enumerate(lines, start=1) if MEANT.match(line)]
    for start, end in pairwise([*starts, len(lines) + 1]):
        yield start, lines[start - 1].rstrip(), "\n".join(lines[start : end - 1])


def _version(line: int, heading: str, body: str) -> Version | Place:
    match = VERSION.fullmatch(heading)
    if not match:
        return _place(line, f"“{excerpt(heading)}” is no heading of a version", HEADING)
    if not _is_date(match["date"]):
        return _place(line, f"{match['date']} is no date", "correct the date")
    points = tuple(" ".join(point.split()).replace("`", "") for point in POINT.findall(body))
    if not points:
        return _place(line, f"version {match['number']} has no point", "say what is new, each on a line after “- ”")
    return Version(match["number"], match["date"], points)


def _order_faults(versions: list[tuple[int, Version]]) -> Iterator[Place]:
    for (_line, above), (line, below) in pairwise(versions):
        if not (above.order[0] > below.order[0] and above.order[1] >= below.order[1]):
            yield _place(line, f"version {below.number} of {below.date} stands below {above.number} of {above.date}",
                         "put the newest first, each once, or correct the number or the date")  # fmt: skip


def parse(text: str) -> tuple[Version, ...]:
    """The versions, newest first. Raises BookError with every line that is not as it should be."""
    faults = unseen(FILE, text)
    read = [(section[0], _version(*section)) for section in _sections(text.split("\n"))]
    versions = [(line, version) for line, version in read if isinstance(version, Version)]
    faults += [place for _line, place in read if isinstance(place, Place)]
    faults += _order_faults(versions)
    if not read:
        faults.append(_place(1, "no version", HEADING))
    if faults:
        raise BookError(*sorted(faults, key=lambda fault: fault.line))
    return tuple(version for _line, version in versions)


def read_versions(root: Path) -> tuple[Version, ...]:
    """The versions of the project's CHANGELOG.md, newest first; none where there is no such file."""
    path = root / FILE
    text = read_lines(FILE, path.read_bytes()) if path.is_file() else None
    if isinstance(text, Place):
        raise BookError(text)
    return () if text is None else parse(text)
