"""The headings of a chapter, each with its line, level, words and id. Knows the notation of a chapter's source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapport.source import masked

HEADING = re.compile(r"^(?P<marks>#+)(?=\s|$)(?:\s+(?P<title>\S.*?))??(?:\s*\{(?P<attributes>[^{}]*)\})?\s*$")
ID = re.compile(r"#(?P<id>sec-[\w-]+)")
WITHOUT_NUMBER = {".unnumbered", "-"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading outside code and comments: `level` is 1 for the chapter's title; `id` is empty when it has none."""

    line: int
    level: int
    title: str
    attributes: str

    @property
    def id(self) -> str:
        """What references call it: "sec-formal"."""
        found = ID.search(self.attributes)
        return found["id"] if found else ""

    @property
    def numbered(self) -> bool:
        """Whether it may have a number: it does not ask to be without one."""
        return WITHOUT_NUMBER.isdisjoint(self.attributes.split())


@lru_cache(maxsize=64)  # the outline and three checks ask for it
def headings(source: str) -> tuple[Heading, ...]:
    """Every heading of a chapter, in order; titles of callouts are among them."""
    lines = enumerate(masked(source, keep_code=True).split("\n"), start=1)
    found = ((number, HEADING.match(line)) for number, line in lines if line.startswith("#"))
    return tuple(
        Heading(number, len(match["marks"]), match["title"] or "", match["attributes"] or "")
        for number, match in found if match
    )  # fmt: skip
