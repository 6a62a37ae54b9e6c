"""What changed in the CSVs: rows by their primary key, and cells, old beside new."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.cells import CellChange, rows
from rapport.cells import changes as cell_changes
from rapport.compare.changes import Change, Edit
from rapport.compare.sections.schema import fields
from rapport.compare.sides import Side


def _key(side: Side, resource: str) -> list[str]:
    """The columns that name a row of a resource."""
    schema = side.resources.get(resource, {}).get("schema")
    key = schema.get("primaryKey", []) if isinstance(schema, dict) else []
    return [key] if isinstance(key, str) else [str(name) for name in key]


def _edit(change: CellChange) -> Edit:
    if not change.column:
        return Edit(where=f"row {change.key}", old=change.old, new=change.new)
    where = f"{change.key}, {change.column}" if change.row > 1 else f"column “{change.column}”"
    return Edit(where=where, old=change.old, new=change.new)


def _told_by_schema(change: CellChange, old: Side, new: Side, resource: str) -> bool:
    """Whether a whole column came or went in the schema as well, where it is told."""
    there = [change.column in fields(side, resource) for side in (old, new)]
    return change.row == 1 and there == [change.old is not None, change.new is not None]


def _another_form(old: str, new: str) -> Iterator[Edit]:
    """The same rows, written otherwise."""
    if old.replace("\r\n", "\n") != new.replace("\r\n", "\n"):
        same = rows(old, ",") == rows(new, ",")
        what = "quotes or blank lines" if same else "the order of rows or columns"
        yield Edit(where="the file", old=None, new=f"the same values; {what} changed")


def _edits(old: Side, new: Side, resource: str) -> Iterator[Edit]:
    before, after = rows(old.tables[resource], ","), rows(new.tables[resource], ",")
    key = _key(new, resource)
    if not {*key} <= {*before[0]}:
        key = _key(old, resource)
    found = list(cell_changes(before, after, key))
    yield from (_edit(change) for change in found if not _told_by_schema(change, old, new, resource))
    if not found:
        yield from _another_form(old.tables[resource], new.tables[resource])


def _whole(text: str) -> str:
    count = len(rows(text, ",")) - 1
    return f"{count} {'row' if count == 1 else 'rows'}"


def changes(old: Side, new: Side) -> Iterator[Change]:
    """A change for each CSV whose rows or cells differ; a file that came or went is told by its size."""
    for name in sorted({*old.tables, *new.tables}):
        item, about = f"data/{name}.csv", ""
        if name in old.tables and name in new.tables:
            edits = tuple(_edits(old, new, name))
        else:
            sides = [_whole(side.tables[name]) if name in side.tables else None for side in (old, new)]
            edits = (Edit(where="the file", old=sides[0], new=sides[1]),)
            about = "a new file" if name in new.tables else "the file is gone"
        if edits:
            yield Change(section="data", item=item, about=about, edits=edits)
