"""The two sides of a comparison in one shape: a revision as committed, and the working tree recomputed from data/."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from rapport.book import load_book
from rapport.compare.repository import Commit, files, first_with
from rapport.engine.check import read_sources
from rapport.engine.revision import revision
from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.verify.evidence import recompute

READ = ("data", "figures", "chapters", "index.qmd", "_quarto.yml")


@dataclass(frozen=True)
class Side:
    """One side. `tables` maps a resource to its CSV's text, `sources` a chapter's file to its text, `made` a name
    of figures/ to its text."""

    name: str
    descriptor: dict[str, Any]
    tables: Mapping[str, str]
    sources: Mapping[str, str]
    made: Mapping[str, str]

    @cached_property
    def numbers(self) -> dict[str, Any] | None:
        """The register by key; None when it is not there or cannot be read."""
        return _object(self.made.get("numbers.json"))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest; empty when it is not there or cannot be read."""
        return _object(self.made.get("manifest.json")) or {}

    @cached_property
    def items(self) -> dict[str, Any]:
        """The manifest's entries, by figure, table or listing."""
        return self.manifest.get("items", {})

    @cached_property
    def stale(self) -> list[str]:
        """The resources whose CSV is not the one that figures/ was made from."""
        recorded = self.manifest.get("data", {})
        return sorted(name for name, text in self.tables.items()
                      if recorded.get(name) != hashlib.sha256(text.encode("utf-8")).hexdigest())  # fmt: skip


def _object(text: str | None) -> dict[str, Any] | None:
    try:
        found = json.loads(text or "null")
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _chapters(config: Any) -> list[str]:
    """Every chapter that _quarto.yml names, in order, wherever in it."""
    if isinstance(config, str):
        return [config] if config.endswith(".qmd") else []
    parts = config.values() if isinstance(config, dict) else config if isinstance(config, list) else []
    return list(dict.fromkeys(path for part in parts for path in _chapters(part)))


def _sources(found: Mapping[str, str]) -> dict[str, str]:
    try:
        named = _chapters(yaml.safe_load(found.get("_quarto.yml", "")))
    except yaml.YAMLError:
        named = [path for path in found if path.endswith(".qmd")]
    return {path: found[path] for path in named if path in found}


def _tables(descriptor: dict[str, Any], read: Mapping[str, str]) -> dict[str, str]:
    """The text of each resource's CSV, as far as the descriptor is one."""
    resources = [r for r in descriptor.get("resources", []) if isinstance(r, dict) and isinstance(r.get("name"), str)]
    return {r["name"]: read[r["path"]] for r in resources if r.get("path") in read}


def _unusable(paths: Paths, commit: Commit, missing: str) -> RapportError:
    first = first_with(paths.root, missing)
    remedy = f"compare with {first} or a later commit" if first else f"commit {missing}, and compare with that"
    return RapportError(
        f"{commit.made.commit} ({commit.made.shown_date}) has no {missing} that can be read; expected a revision "
        f"whose data and figures/ are committed.\n  To mend it: {remedy}."
    )


def old_side(paths: Paths, commit: Commit) -> Side:
    """A revision as it was committed. Raises RapportError when it has no data package or no figures/."""
    found = files(paths.root, commit, *READ)
    descriptor = _object(found.get("data/datapackage.json"))
    if descriptor is None:
        raise _unusable(paths, commit, "data/datapackage.json")
    made = {path.removeprefix("figures/"): text for path, text in found.items() if path.startswith("figures/")}
    if "manifest.json" not in made:
        raise _unusable(paths, commit, "figures/manifest.json")
    csvs = {path.removeprefix("data/"): text for path, text in found.items() if path.startswith("data/")}
    name = f"{commit.made.commit} ({commit.made.shown_date})"
    return Side(name, descriptor, _tables(descriptor, csvs), _sources(found), made)


def new_side(paths: Paths) -> Side:
    """The working tree; figures/ is not read but recomputed. Raises RapportError when data or chapters are unusable."""
    data, made = recompute(paths)
    book = load_book(paths)
    csvs = {r["path"]: (paths.data / r["path"]).read_bytes().decode("utf-8") for r in data.descriptor["resources"]}
    tables = _tables(data.descriptor, csvs)
    return Side(f"working tree on {revision(paths.root, book.date).commit}", data.descriptor, tables,
                read_sources(paths, book), made)  # fmt: skip
