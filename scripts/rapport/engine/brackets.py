"""Square brackets that are opened and not closed: each nearly doubles the time that pandoc reads their paragraph in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.errors import Place

MOST = 6  # in one paragraph: pandoc reads twelve in half a second, and fifty never
MARK = re.compile(r"\\.|[\[\]]")


def bracket_faults(file: str, prose: list[str]) -> Iterator[Place]:
    """Each paragraph with more of them than `MOST`, at the line of the first. prose: the masked lines."""
    opened: list[int] = []
    for number, text in enumerate([*prose, ""], start=1):
        for mark in MARK.findall(text):
            if mark == "[":
                opened.append(number)
            elif mark == "]" and opened:
                opened.pop()
        if not text.strip():
            if len(opened) > MOST:
                yield Place(file=file, line=opened[0], problem=f"{len(opened)} square brackets that are never closed",
                            remedy="close them, or write \\[ where a bracket is meant")  # fmt: skip
            opened = []
