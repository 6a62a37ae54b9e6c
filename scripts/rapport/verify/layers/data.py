"""Layer 1: each CSV against the hash in the manifest. That it fits its schema was checked when it was loaded."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.verify.evidence import Evidence
from rapport.verify.verdicts import Difference, Verdict, verdict

UPDATE = "if the change is meant, run `rapport figures` and commit figures/ with the data; if not, git checkout data/"


def _hash(recorded: str | None, actual: str | None) -> list[Difference]:
    if recorded == actual:
        return []
    found = f"sha256 {actual[:12]}…" if actual else "no such file in the data package"
    expected = f"{recorded[:12]}… as in the manifest" if recorded else "a file that the manifest knows"
    return [Difference(where="", found=found, expected=expected, remedy=UPDATE)]


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per CSV, the version of the package, and the hashes that each item names."""
    recorded, actual = evidence.manifest.get("data", {}), evidence.data.hashes
    for name in sorted({*recorded, *actual}):
        yield verdict("data", f"data/{name}.csv", _hash(recorded.get(name), actual.get(name)))
    then, now = evidence.manifest.get("data_version"), evidence.data.descriptor["version"]
    changed = [Difference(where="version", found=str(now), expected=f"{then} as in the manifest", remedy=UPDATE)]
    yield verdict("data", "data/datapackage.json", changed if then != now else [])
    yield verdict("data", "figures/manifest.json", _inputs(evidence))


def _inputs(evidence: Evidence) -> Iterator[Difference]:
    """Where an item of the manifest names a hash of its data that is not the data's."""
    for key, item in evidence.manifest.get("items", {}).items():
        for name, recorded in item.get("inputs", {}).items():
            for difference in _hash(recorded, evidence.data.hashes.get(name)):
                yield Difference(
                    where=f"{key}, data/{name}.csv", found=difference.found, expected=difference.expected, remedy=UPDATE
                )
