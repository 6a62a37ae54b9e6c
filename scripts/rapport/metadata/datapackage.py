"""The data package as it is published: the hand-kept descriptor with the hash and size of each CSV.

data/datapackage.json itself carries neither. Whoever corrects a cell would otherwise have to correct a hash by hand,
or find a file they edit rewritten by a command; and a hash in the same commit as the file it is of proves nothing
that git does not. Whoever downloads the CSVs from the site has no git, and gets the hashes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rapport.metadata.facts import Facts, checksum


def _resource(resource: dict[str, Any], folder: Path) -> dict[str, Any]:
    size, digest = checksum(folder / resource["path"])
    schema = resource.get("schema")
    rest = {name: value for name, value in resource.items() if name != "schema"}
    # The schema is long: what is new stands before it, where a reader finds it.
    return rest | {"bytes": size, "hash": f"sha256:{digest}"} | ({"schema": schema} if schema else {})


def published(facts: Facts, folder: Path) -> dict[str, Any]:
    """The descriptor with `bytes` and `hash` (Data Package 2.0) of each resource; `folder` holds the CSVs."""
    return {**facts.package, "resources": [_resource(resource, folder) for resource in facts.resources]}
