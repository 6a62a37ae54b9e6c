"""What a comparison says: changes by section and item, old beside new. Knows nothing of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Section = Literal["claims", "data", "numbers", "figures", "chapters"]

# What breaks first, then the order in which one change follows from another.
SECTIONS: dict[Section, str] = {
    "claims": "words that the new numbers do not support",
    "data": "rows and cells of the CSVs, by primary key",
    "numbers": "the register, and the sentences that hold its numbers",
    "figures": "tables behind figures, headlines and alt texts, pictures",
    "chapters": "sentences, but not where lines are broken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One place in an item: what stood there and what stands there now; None where a side has nothing.

    `prose` marks sentences, which are read word by word; in other edits old and new are values.
    """

    where: str
    old: str | None
    new: str | None
    prose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item that differs: a CSV, a number, a figure, a table or a chapter. `about` says what it is, in words."""

    section: Section
    item: str
    about: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The two drawings of a figure, as SVG."""

    item: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs between `old`, a revision, and `new`, the working tree.

    `notes` say what could not be compared, or what the reader must know of either side.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    pictures: tuple[Pictures, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, section: Section) -> tuple[Change, ...]:
        """The changes of one section."""
        return tuple(change for change in self.changes if change.section == section)

    @property
    def headline(self) -> str:
        """How many items differ, in words."""
        count = len(self.changes)
        return f"{count} {'item differs' if count == 1 else 'items differ'}" if count else "Nothing differs"


def appeared(where: str, old: str | None, new: str | None, *, prose: bool = False) -> Edit:
    """An edit whose sides may be empty texts, which count as nothing."""
    return Edit(where=where, old=old or None, new=new or None, prose=prose)
