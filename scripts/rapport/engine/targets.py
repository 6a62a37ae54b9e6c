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


def seen(index: Index) -> dict[str, dict[str, Any]]:
    """All that each chapter reads of the index: where it is the same, so is what is made of the chapter.

    The places it refers to, with number, kind and chapter; where each chapter begins, as any may link there; and
    for who cites works or lists them, all works of the book.
    """
    targets = _targets(index)
    works = {path: _works(record, targets) for path, record in index.items()}
    cited, starts = sorted(set[str]().union(*works.values())), sorted((t[0], id_) for id_, t in targets.items() if t[3])
    lists = sorted(path for path, record in index.items() if cited and record["refs"])
    return {
        path: {
            "places": {cite: targets.get(_place(cite)) for cite in record["cites"]}, "starts": starts,
            "works": cited if works[path] or record["refs"] else [],
            "lists": lists if works[path] or record["refs"] else [],
        }
        for path, record in index.items()
    }  # fmt: skip
