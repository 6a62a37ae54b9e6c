"""What verification says: a verdict per item and layer, with the differences found. Knows nothing of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Layer = Literal["data", "values", "spec", "picture", "numbers", "text", "chapters"]

LAYERS: tuple[Layer, ...] = ("data", "values", "spec", "picture", "numbers", "text", "chapters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that does not hold: where in the item, what stands there, what was expected, how to mend it."""

    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{where}found {self.found}, expected {self.expected}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether one item holds in one layer. `item` is a figure, a table, a number or a file of the project."""

    layer: Layer
    item: str
    differences: tuple[Difference, ...] = ()

    @property
    def holds(self) -> bool:
        """True when nothing differs."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Verification:
    """All verdicts of one run, by layer and item, and what was verified."""

    verdicts: tuple[Verdict, ...]
    commit: str
    date: str
    data_version: str
    tools: dict[str, str]

    @property
    def holds(self) -> bool:
        """True when every verdict holds."""
        return all(verdict.holds for verdict in self.verdicts)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The verdicts that do not hold."""
        return tuple(verdict for verdict in self.verdicts if not verdict.holds)

    def of(self, layer: Layer) -> tuple[Verdict, ...]:
        """The verdicts of one layer."""
        return tuple(verdict for verdict in self.verdicts if verdict.layer == layer)


def verdict(layer: Layer, item: str, differences: Iterable[Difference] = ()) -> Verdict:
    """A verdict from whatever differences there are."""
    return Verdict(layer=layer, item=item, differences=tuple(differences))
