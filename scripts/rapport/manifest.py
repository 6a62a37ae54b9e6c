"""The manifest: for each figure and table, what it was made from and what came out, as hashes.

figures/manifest.json is what chapters read; it is written last, so that it never speaks of a file
that is not there. Knows what items say of themselves, not drawing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rapport.data import Data
from rapport.records import Number
from rapport.steps import Blob
from rapport.steps.versions import version_of

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


def entry(facts: Mapping[str, Any], files: Mapping[str, Blob], data: Data) -> dict[str, Any]:
    """The manifest's entry of an item. `facts` is what it says of itself, `files` maps a suffix to a content."""
    told = {name: value for name, value in facts.items() if name != "key"}
    return told | {
        "inputs": {name: data.hashes[name] for name in facts["inputs"]},
        "sizes": {suffix: blob.size for suffix, blob in files.items()},
        "sha256": {LAYERS[suffix]: blob.digest for suffix, blob in files.items() if suffix in LAYERS},
    }


def manifest(entries: Mapping[str, dict[str, Any]], data: Data) -> str:
    """The whole manifest as canonical JSON."""
    whole = {
        "data_version": data.descriptor["version"],
        "data": {name: data.hashes[name] for name in data.frames},
        "tools": {tool: version_of(tool) for tool in TOOLS},
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
