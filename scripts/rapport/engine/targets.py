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

    The places it refers to, with number, kind and chapter; where each chapter begins, as any may link there; and
    for who cites works or lists them, all works of the book.
    """
    targets, record = _targets(index), index[path]
    works = _works(record, targets)
    cited = set[str]().union(*(_works(one, targets) for one in index.values())) if works or record["refs"] else set()
    return {
        "places": {cite: targets.get(_place(cite)) for cite in record["cites"]},
        "starts": sorted((target[0], id_) for id_, target in targets.items() if target[3]),
        "works": sorted(cited), "lists": sorted(one for one in index if cited and index[one]["refs"]),
    }  # fmt: skip
