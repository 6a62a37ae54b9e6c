"""The manifest: for each figure and table, what it was made from and what came out, as hashes.

figures/manifest.json is what chapters read; it is written last, so that it never speaks of a file
that is not there. Knows records, not drawing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from rapport.data import Data
from rapport.records import BASES, Diagram, Figure, Listing, Number, Table

TOOLS = ("altair", "great-tables", "pandas", "vl-convert-python")

# The layers of a figure, by the suffix of its files.
LAYERS = {
    ".csv": "values",
    ".md": "text",
    ".vl.json": "spec",
    ".svg": "picture",
    ".smal.svg": "picture_narrow",
    ".diagram.html": "page",
    ".diagram.typ": "print",
}


def digest(text: str) -> str:
    """sha256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def basis_counts(item: Figure | Diagram | Table) -> dict[str, int]:
    """How many rows rest on each basis, in the order of BASES; only those that occur."""
    if "grunnlag" not in item.table:
        return {}
    counts = item.table["grunnlag"].value_counts()
    return {basis: int(counts[basis]) for basis in BASES if basis in counts}


def entry(item: Figure | Diagram | Table, files: Mapping[str, str], data: Data) -> dict[str, Any]:
    """The manifest's entry of a figure, diagram or table. `files` maps a suffix to the file's text."""
    made = {
        "title": item.title,
        "notes": list(item.notes),
        "source": item.source,
        "module": item.module.replace(".", "/") + ".py",
        "inputs": {name: data.hashes[name] for name in item.inputs},
        "rows": len(item.table),
        "basis": basis_counts(item),
        "sizes": {suffix: len(text.encode("utf-8")) for suffix, text in files.items()},
        "sha256": {LAYERS[suffix]: digest(text) for suffix, text in files.items() if suffix in LAYERS},
    }
    if not isinstance(item, Table):
        made |= {"subtitle": item.subtitle, "alt": item.alt}
    if isinstance(item, Diagram):
        made |= {"form": "diagram"}
    elif isinstance(item, Table) and item.sentences:
        made |= {"form": "sentences"}
    return made


def listing_entry(item: Listing, text: str, data: Data) -> dict[str, Any]:
    """The manifest's entry of a listing, whose file holds `text`."""
    return {
        "title": item.title,
        "module": item.module.replace(".", "/") + ".py",
        "inputs": {name: data.hashes[name] for name in item.inputs},
        "rows": len(item.anchors),
        "anchors": list(item.anchors),
        "sizes": {".md": len(text.encode("utf-8"))},
        "sha256": {"text": digest(text)},
    }


def manifest(entries: Mapping[str, dict[str, Any]], data: Data) -> str:
    """The whole manifest as canonical JSON."""
    whole = {
        "data_version": data.descriptor["version"],
        "data": {name: data.hashes[name] for name in data.frames},
        "tools": {tool: version(tool) for tool in TOOLS},
        "items": entries,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def numbers_json(numbers: Mapping[str, Number]) -> str:
    """The register as JSON: one object a number, by key."""
    whole = {
        key: {
            "description": number.description,
            "value": number.value,
            "unit": number.unit,
            "decimals": number.decimals,
            "formula": number.formula,
            "cells": [str(cell) for cell in number.cells],
            "basis": number.basis,
            "source": number.source,
        }
        for key, number in numbers.items()
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
