"""What changed in figures, tables and listings: values cell by cell, the words around them, and the drawing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rapport.align import aligned
from rapport.cells import changes as cell_changes
from rapport.cells import rows
from rapport.compare.changes import Change, Edit, Pictures
from rapport.compare.sides import Side
from rapport.verify.layers.spec import compare

WORDS = {"title": "headline", "subtitle": "subtitle", "notes": "notes", "source": "source", "alt": "alt text"}
ALIKE = 0.5  # the share of words that make two lines of a listing the same one, changed


def _text(value: Any) -> str | None:
    return " ".join(str(part) for part in value) or None if isinstance(value, list) else value or None


def _words(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    for field, name in WORDS.items():
        before, after = _text(old.get(field)), _text(new.get(field))
        if before != after:
            yield Edit(where=name, old=before, new=after, prose=True)


def _values(old: str | None, new: str | None) -> Iterator[Edit]:
    """Cell by cell, of the table behind a figure or table."""
    if old is None or new is None:
        return
    for change in cell_changes(rows(old), rows(new)):
        where = f"row “{change.key}”" if change.row > 1 else "column"
        where += f", {change.column}" if change.column and change.row > 1 else ""
        yield Edit(where=where, old=change.old, new=change.new)


def _lines(old: str | None, new: str | None) -> Iterator[Edit]:
    """Line by line, of a listing."""
    before, after = ([line for line in (text or "").split("\n") if line.strip()] for text in (old, new))
    for i, j in aligned([line.split() for line in before], [line.split() for line in after], least=ALIKE):
        one, other = (None if i is None else before[i]), (None if j is None else after[j])
        yield Edit(where="listing", old=one, new=other, prose=True)


def _drawing(old: Side, new: Side, key: str) -> Iterator[Edit]:
    """What changed in a drawing whose values and words did not."""
    if old.made.get(f"{key}.svg") == new.made.get(f"{key}.svg"):
        return
    try:
        specs = [json.loads(side.made.get(f"{key}.vl.json", "null")) for side in (old, new)]
    except json.JSONDecodeError:
        specs = [None, None]
    places = [path for path, _, _ in compare(*specs)]
    how = f"drawn otherwise ({', '.join(places[:3])}{' …' if len(places) > 3 else ''})" if places else "redrawn"
    yield Edit(where="picture", old=None, new=how)


def _edits(old: Side, new: Side, key: str) -> list[Edit]:
    name = f"{key}.csv" if f"{key}.csv" in {**old.made, **new.made} else f"{key}.md"
    told = _values if name.endswith(".csv") else _lines
    found = list(_words(old.items[key], new.items[key])) if old.items[key] and new.items[key] else []
    found += told(old.made.get(name), new.made.get(name))
    return found or list(_drawing(old, new, key))


def _whole(side: Side, key: str) -> str | None:
    return side.items[key].get("title") or key if key in side.items else None


def changes(old: Side, new: Side) -> Iterator[Change]:
    """A change for each figure, table and listing that differs, came or went."""
    for key in sorted({*old.items, *new.items}):
        if key in old.items and key in new.items:
            edits = tuple(_edits(old, new, key))
        else:
            edits = (Edit(where="headline", old=_whole(old, key), new=_whole(new, key), prose=True),)
        if edits:
            title = _text((new.items.get(key) or old.items.get(key) or {}).get("title")) or ""
            yield Change(section="figures", item=key, about=title, edits=edits)


def pictures(old: Side, new: Side, changed: tuple[Change, ...]) -> Iterator[Pictures]:
    """Both drawings of each changed figure that is drawn otherwise."""
    for key in (change.item for change in changed):
        before, after = old.made.get(f"{key}.svg"), new.made.get(f"{key}.svg")
        if before != after:
            alts = [side.items.get(key, {}).get("alt", "") for side in (old, new)]
            yield Pictures(item=key, old=before, new=after, old_alt=alts[0], new_alt=alts[1])
