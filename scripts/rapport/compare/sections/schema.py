"""What changed in the data package's description: tables, columns, their types and rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rapport.compare.changes import Change, Edit
from rapport.compare.sides import DESCRIPTOR, Side
from rapport.verify.layers.spec import MISSING, compare

APART = ("name", "schema", "resources")  # told item by item


def fields(side: Side, resource: str) -> dict[str, dict[str, Any]]:
    """The columns that the schema of a resource describes, by name; none where there is no such resource."""
    schema = side.resources.get(resource, {}).get("schema")
    listed = schema.get("fields") if isinstance(schema, dict) else None
    return {field["name"]: field for field in (listed if isinstance(listed, list) else [])
            if isinstance(field, dict) and isinstance(field.get("name"), str)}  # fmt: skip


def _shown(value: Any) -> str | None:
    if value is MISSING or value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _leaves(where: str, old: Any, new: Any) -> Iterator[Edit]:
    for path, before, after in compare(old, new):
        name = path.strip("/").replace("/", ".")
        yield Edit(where=", ".join(filter(None, (where, name))), old=_shown(before), new=_shown(after))


def _described(field: Mapping[str, Any] | None) -> str | None:
    """A column in a few words: its type and its title."""
    if field is None:
        return None
    return f"{field.get('type', 'of no type')}: {field['title']}" if field.get("title") else str(field.get("type"))


def _columns(old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]) -> Iterator[Edit]:
    for name in dict.fromkeys([*new, *old]):
        where = f"column “{name}”"
        if name in old and name in new:
            yield from _leaves(where, old[name], new[name])
        else:
            yield Edit(where=where, old=_described(old.get(name)), new=_described(new.get(name)))


def _rest(holder: Any) -> dict[str, Any]:
    """What a description says beside its columns and tables."""
    return {name: value for name, value in holder.items() if name not in (*APART, "fields")}


def _edits(old: Side, new: Side, resource: str) -> Iterator[Edit]:
    before, after = old.resources[resource], new.resources[resource]
    yield from _columns(fields(old, resource), fields(new, resource))
    yield from _leaves("", _rest(before), _rest(after))
    schemas = [side.get("schema") if isinstance(side.get("schema"), dict) else {} for side in (before, after)]
    yield from _leaves("", _rest(schemas[0]), _rest(schemas[1]))


def changes(old: Side, new: Side) -> Iterator[Change]:
    """A change for the package, and one for each table that is described otherwise; new and lost tables are one."""
    package = tuple(_leaves("", _rest(old.descriptor), _rest(new.descriptor)))
    if package:
        yield Change(section="schema", item=DESCRIPTOR, about="the package", edits=package)
    for name in sorted({*old.resources, *new.resources}):
        if name not in old.resources or name not in new.resources:
            about = "a new table" if name in new.resources else "no such table any more"
            edits = tuple(_columns(fields(old, name), fields(new, name)))
        else:
            about, edits = "", tuple(_edits(old, new, name))
        if edits or about:
            yield Change(section="schema", item=f"data/{name}.csv", about=about, edits=edits)
