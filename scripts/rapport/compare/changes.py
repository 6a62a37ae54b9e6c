"""What a comparison says: changes by section and item, old beside new. Knows nothing of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Section = Literal["claims", "schema", "data", "numbers", "figures", "chapters"]

# What breaks first, then the order in which one change follows from another.
SECTIONS: dict[Section, str] = {
    "claims": "words that the new numbers do not support",
    "schema": "tables, columns, types and rules of the data package",
    "data": "rows and cells of the CSVs, by primary key",
    "numbers": "the register, and the sentences that hold its numbers",
    "figures": "figures, tables and listings: values, words, pictures",
    "chapters": "sentences, wherever their lines are broken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One place in an item: what stood there and what stands there now; None where a side has nothing.

    `prose` marks sentences, which are read word by word; in other edits old and new are values. Both sides of a
    sentence may be equal: it holds a number that changed, in words that are still true.
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
    """The two drawings of a figure, as SVG, and what each shows in words."""

    item: str
    old: str | None
    new: str | None
    old_alt: str = ""
    new_alt: str = ""


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

    def drawn(self, item: str) -> Pictures | None:
        """The two drawings of a figure, if they differ."""
        return next((pictures for pictures in self.pictures if pictures.item == item), None)

    @property
    def headline(self) -> str:
        """How many items differ, in words."""
        count = len(self.changes)
        return f"{count} {'item differs' if count == 1 else 'items differ'}" if count else "Nothing differs"
