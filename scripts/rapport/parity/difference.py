"""One difference between the engines, and the differences between two lists. Knows nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A facet of a file that is not the same: what the embedded engine has, and what Quarto has."""

    file: str
    what: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}\n  ours:   {self.ours or '–'}\n  theirs: {self.theirs or '–'}"


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Entries that differ, side by side; an entry without a partner is paired with nothing."""
    for tag, start, end, other, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left, right = list(ours[start:end]), list(theirs[other:last])
        length = max(len(left), len(right))
        left += [""] * (length - len(left))
        right += [""] * (length - len(right))
        yield from zip(left, right, strict=True)


def differences(file: str, what: str, ours: Sequence[str], theirs: Sequence[str]) -> list[Difference]:
    """Where two lists of entries differ, in order."""
    return [Difference(file, what, left, right) for left, right in _pairs(ours, theirs)]
