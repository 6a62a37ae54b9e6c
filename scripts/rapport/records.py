"""The records that the report is made of. Knows nothing of the rest.

Units, bases and sources have no defaults, so that none can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Basis = Literal["oppgitt", "omtrentlig", "avledet", "antatt", "ukjent"]

# From the firmest to the weakest: what is computed is never firmer than what it is computed from.
BASES: tuple[Basis, ...] = ("oppgitt", "avledet", "omtrentlig", "antatt", "ukjent")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one CSV: `key` names the row as "column=value" pairs; `value` is None when unknown."""

    resource: str
    key: str
    column: str
    value: float | None
    basis: Basis
    source: str

    def __str__(self) -> str:
        return f"{self.resource}[{self.key}].{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number that the text may use.

    `value` is in `unit` and None when it cannot be read in the source; `decimals` says how it is
    written; `formula` says in words how it follows from `cells`; `source` names sections and lines.
    """

    key: str
    description: str
    value: float | None
    unit: str
    decimals: int
    formula: str
    cells: tuple[Cell, ...]
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column of a table is shown: heading, unit and decimals (None: text).

    `group`: the rows of equal value stand together under it as a heading; in downloads it is a column like others.
    `refs`: its cells hold ids of sections, figures and tables ("sec-a; fig-b"), shown as links.
    """

    name: str
    title: str
    decimals: int | None = None
    group: bool = False
    refs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: its words, the tidy table behind it and its drawing in two widths.

    `table` holds what is drawn, one row a mark or bar; `columns` are those a reader sees; `wide` and `narrow` are
    Vega-Lite specifications with the data inside; `inputs` are resources; `small` is HTML (small.py).
    """

    key: str
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    columns: tuple[Column, ...]
    wide: dict
    narrow: dict
    notes: tuple[str, ...]
    source: str
    inputs: tuple[str, ...]
    module: str
    small: str = ""
    lang: str = "nb"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a diagram: what it is (a label) and what it holds."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """One diagram of words: steps that lead to one another, shown as text and not as a picture.

    Each flow is one way through the diagram; flows that begin with the same step branch off from it.
    `table` and `columns` hold the same words as rows, for who would rather read a table.
    """

    key: str
    title: str
    subtitle: str
    alt: str
    flows: tuple[tuple[Step, ...], ...]
    table: pd.DataFrame
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    source: str
    inputs: tuple[str, ...]
    module: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: title, the rows a reader sees, and the columns' headings.

    `sentences`: the cells are sentences, set smaller; `download`: the rows are shown otherwise, and this is a file.
    """

    key: str
    title: str
    table: pd.DataFrame
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    source: str
    inputs: tuple[str, ...]
    module: str
    sentences: bool = False
    download: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A long text made from data: `body` is Markdown, `anchors` the ids in it, one for each entry."""

    key: str
    title: str
    body: str
    anchors: tuple[str, ...]
    inputs: tuple[str, ...]
    module: str
