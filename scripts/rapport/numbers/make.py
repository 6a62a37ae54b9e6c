"""How a Number is made: read from one cell, or derived from several. Knows records and errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapport.errors import DataError, Fault
from rapport.records import BASES, Basis, Cell, Number

READ = "hentet rett fra datafilen"


def weakest(cells: Sequence[Cell]) -> Basis:
    """The basis of what is computed from the cells: derived, or weaker when one of them is."""
    bases: list[Basis] = ["avledet", *(cell.basis for cell in cells)]
    return max(bases, key=BASES.index)


def sources(cells: Sequence[Cell]) -> str:
    """Every section and line range that the cells name, each once, in order."""
    return "; ".join(dict.fromkeys(part for cell in cells for part in cell.source.split("; ")))


def read(key: str, cell: Cell, unit: str, description: str, decimals: int = 0) -> Number:
    """The value of one cell as it stands."""
    return Number(
        key=key, description=description, value=cell.value, unit=unit, decimals=decimals, formula=READ,
        cells=(cell,), basis=cell.basis, source=cell.source,
    )  # fmt: skip


def _no_division(key: str, cells: Sequence[Cell]) -> DataError:
    zero = next(cell for cell in reversed(cells) if cell.value == 0)
    return DataError(
        Fault(
            file=f"data/{zero.resource}.csv", column=zero.column, found=f"0 where {zero.key}",
            expected=f"a number above 0, as {key} divides by it",
            remedy="correct the value, or set grunnlag to ukjent if it is not known",
        )
    )  # fmt: skip


def derive(
    key: str,
    cells: Sequence[Cell],
    compute: Callable[..., float],
    *,
    unit: str,
    description: str,
    formula: str,
    decimals: int = 0,
    basis: Basis | None = None,
) -> Number:
    """A value computed from cells, in their order; unknown as soon as one of them is.

    The basis is the weakest of the cells' unless the caller knows better.
    """
    values = [cell.value for cell in cells]
    try:
        value = None if None in values else float(compute(*values))
    except ZeroDivisionError:
        raise _no_division(key, cells) from None
    return Number(
        key=key, description=description, value=value, unit=unit, decimals=decimals, formula=formula,
        cells=tuple(cells), basis=basis or weakest(cells), source=sources(cells),
    )  # fmt: skip
