"""The metadata files that stand in the repository's root, where their standards want them."""

from __future__ import annotations

import json

from rapport.metadata.codecheck import codecheck
from rapport.metadata.facts import as_json, read_facts
from rapport.metadata.rocrate import FILE, rocrate
from rapport.paths import Paths


def committed(paths: Paths, manifest: str) -> dict[str, str]:
    """codecheck.yml and ro-crate-metadata.json as text, by name; `manifest` is that of figures/, as JSON.

    Raises BookError when `_quarto.yml` lacks a title, an author or the like.
    """
    facts, items = read_facts(paths), json.loads(manifest)["items"]
    return {"codecheck.yml": codecheck(facts, items), FILE: as_json(rocrate(facts, items, paths.data))}
