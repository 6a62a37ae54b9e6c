"""One side of a comparison, in the same shape for a revision and for the working tree. Knows texts, not where from."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from rapport.cells import rows
from rapport.errors import Fault
from rapport.yaml_text import parse

DESCRIPTOR = "data/datapackage.json"
KINDS = ("fig-", "tbl-", "lst-")


@dataclass(frozen=True)
class Side:
    """One side. `tables` maps a resource to its CSV's text, `sources` a chapter's file to its text, `made` a name
    of figures/ to its text. `commit` is the commit it rests on."""

    name: str
    commit: str
    descriptor: dict[str, Any]
    tables: Mapping[str, str]
    sources: Mapping[str, str]
    made: Mapping[str, str]

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The descriptor's resources by name."""
        return {resource["name"]: resource for resource in resources(self.descriptor)}

    @cached_property
    def numbers(self) -> dict[str, Any] | None:
        """The register by key; None when it is not there or cannot be read."""
        return json_object(self.made.get("numbers.json"))

    @cached_property
    def terms(self) -> dict[str, Any]:
        """The glossary by key; empty when it is not there."""
        return json_object(self.made.get("terms.json")) or {}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest; empty when it is not there or cannot be read."""
        return json_object(self.made.get("manifest.json")) or {}

    @cached_property
    def items(self) -> dict[str, Any]:
        """What the manifest says of each figure, table and listing in figures/; empty where it says nothing."""
        said = self.manifest.get("items", {})
        keys = sorted({name.partition(".")[0] for name in self.made if name.startswith(KINDS)})
        return {key: said.get(key) or {} for key in keys}

    @cached_property
    def stale(self) -> list[str]:
        """The resources whose CSV is not the one that figures/ was made from."""
        recorded = self.manifest.get("data", {})
        return sorted(name for name, text in self.tables.items()
                      if recorded.get(name) != hashlib.sha256(text.encode("utf-8")).hexdigest())  # fmt: skip


def json_object(text: str | None) -> dict[str, Any] | None:
    """A text as a JSON object; None when it is none."""
    try:
        found = json.loads(text or "null")
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def resources(descriptor: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The resources of a descriptor that have a name and the path of one file."""
    listed = descriptor.get("resources")
    return [r for r in (listed if isinstance(listed, list) else [])
            if isinstance(r, dict) and isinstance(r.get("name"), str) and isinstance(r.get("path"), str)]  # fmt: skip


def _chapters(config: Any) -> list[str]:
    """Every chapter that _quarto.yml names, in order, wherever in it."""
    if isinstance(config, str):
        return [config] if config.endswith(".qmd") else []
    parts = config.values() if isinstance(config, dict) else config if isinstance(config, list) else []
    return list(dict.fromkeys(path for part in parts for path in _chapters(part)))


def sources(texts: Mapping[str, str]) -> dict[str, str]:
    """The chapters in the book's order; all there are, where _quarto.yml does not say. texts: by path."""
    every = sorted(path for path in texts if path.endswith(".qmd"))
    try:
        named = _chapters(parse(texts.get("_quarto.yml", ""))) or every
    except yaml.YAMLError:
        named = every
    return {path: texts[path].replace("\r\n", "\n") for path in named if path in texts}


def tables(descriptor: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, str]:
    """The text of each resource's CSV, as far as it is there. texts: by path."""
    there = [resource for resource in resources(descriptor) if f"data/{resource['path']}" in texts]
    return {resource["name"]: texts[f"data/{resource['path']}"] for resource in there}


def table_faults(file: str, text: str, remedy: str) -> Iterator[Fault]:
    """Why a text is no table of cells that can be compared: no UTF-8, no heading, rows of another length."""
    try:
        table = rows(text, ",")
    except csv.Error as error:
        yield Fault(file=file, found=str(error), expected="a CSV", remedy=remedy)
        return
    heading = table[0] if table else []
    if "\ufffd" in text:
        yield Fault(file=file, found="bytes that are not UTF-8", expected="text in UTF-8", remedy=remedy)
    if not heading or len({*heading}) < len(heading):
        yield Fault(file=file, row=1, found=",".join(heading), expected="columns with different names", remedy=remedy)
    for number, row in enumerate(table[1:], start=2):
        if len(row) != len(heading):
            yield Fault(file=file, row=number, found=f"{len(row)} cells", expected=f"{len(heading)}, as in row 1",
                        remedy=remedy)  # fmt: skip
