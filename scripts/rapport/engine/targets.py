"""What chapters know of each other: the index that bok.lua returns, and whom a change in it reaches.

An index is JSON, a record a chapter by its path:
{"targets": [{"id", "number", "ref", "start"}, …], "cites": [id, …], "refs": bool}; cites holds places and works alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Index = Mapping[str, Mapping[str, Any]]


def _targets(index: Index) -> dict[str, tuple[Any, ...]]:
    return {
        target["id"]: (path, target["number"], target.get("ref"), target["start"])
        for path, record in index.items()
        for target in record["targets"]
    }


def _place(cite: str) -> str:
    """The place that a reference means: @Fig-x is @fig-x at the start of a sentence."""
    return cite[:1].lower() + cite[1:]


def _works(record: Mapping[str, Any], targets: Mapping[str, Any]) -> set[str]:
    return {cite for cite in record["cites"] if _place(cite) not in targets}


def seen_by(path: str, index: Index) -> dict[str, Any]:
    """All that the chapter `path` reads of the index: where it is the same, so is what is made of the chapter.

    `affected` says the same of two indexes at once (a test compares them).
    """
    targets, record = _targets(index), index[path]
    works = _works(record, targets)
    cited = set[str]().union(*(_works(one, targets) for one in index.values())) if works or record["refs"] else set()
    return {
        "places": {cite: targets.get(_place(cite)) for cite in record["cites"]},
        "starts": sorted((target[0], id_) for id_, target in targets.items() if target[3]),
        "works": sorted(cited), "lists": sorted(one for one in index if cited and index[one]["refs"]),
    }  # fmt: skip


def affected(before: Index, after: Index) -> set[str]:
    """Paths of the chapters that read otherwise although they are themselves the same.

    They refer to a place that has a new number, kind or chapter, or that came or went; or they cite works, or list
    them, and the book now cites others. Where a chapter's first heading has a new id, every chapter may link to it.
    """
    old, new = _targets(before), _targets(after)
    changed = {id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_)}
    if any(target[3] for id_ in changed for target in (old.get(id_), new.get(id_)) if target):
        return set(after)
    cited = {path: _works(record, new) for path, record in after.items()}
    others = set[str]().union(*cited.values()) != set[str]().union(*(_works(one, old) for one in before.values()))
    return {
        path
        for path, record in after.items()
        if changed & {_place(cite) for cite in record["cites"]} or (others and (cited[path] or record["refs"]))
    }
