"""A table as Parquet, with the schema's titles, units and descriptions in the columns' metadata.

Written by arro3, which is a quarter of pyarrow to download and knows no pandas. Nothing is compressed: the tables are
a few kilobytes, and the bytes are then the same on every machine.
"""

from __future__ import annotations

import io
from typing import Any

from rapport.exports.rows import Rows

DESCRIBED = ("title", "unit", "description")  # what a column's metadata tell


def _field(field: dict[str, Any], kind: Any) -> Any:
    from arro3.core import Field

    told = {name: str(field[name]) for name in DESCRIBED if name in field}
    return Field(field["name"], kind, nullable=True, metadata=told)


def parquet(rows: Rows) -> bytes:
    """The table as Parquet: int64, double, boolean or UTF-8 columns; an empty cell is null."""
    from arro3.core import Array, DataType, Schema, Table
    from arro3.io import write_parquet

    types = {"integer": DataType.int64, "number": DataType.float64,
             "boolean": DataType.bool, "string": DataType.utf8}  # fmt: skip
    kinds = [types[field["type"]]() for field in rows.fields]
    columns = [Array([row[i] for row in rows.values()], kind) for i, kind in enumerate(kinds)]
    schema = Schema([_field(field, kind) for field, kind in zip(rows.fields, kinds, strict=True)],
                    metadata={"title": str(rows.resource["title"])})  # fmt: skip
    out = io.BytesIO()
    write_parquet(Table.from_arrays(columns, schema=schema), out, compression="uncompressed")
    return out.getvalue()
