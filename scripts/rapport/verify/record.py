"""`rapport verify --record`: what was verified, when and with which versions, for the pages to tell."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import version

from rapport.verified import FILE, SAME, read_record, record_text, states
from rapport.verify.evidence import Evidence
from rapport.verify.verdicts import LAYERS, Verification

TOOLS = ("pypandoc-binary", "typst")


def _commit(found: Verification) -> str | None:
    """The commit that was verified; none when the tree held changes that no commit has, or there is no git."""
    return None if found.commit.endswith("+") or found.commit == "ukjent" else found.commit


def record(found: Verification, evidence: Evidence, today: str) -> str:
    """The record as text. today: the day of the verification, "2026-11-23". Only for a verification that holds."""
    assert found.holds
    return record_text(
        {
            "date": today,
            "commit": _commit(found),
            "data_version": found.data_version,
            "tools": {"Python": platform.python_version(), **found.tools, **{tool: version(tool) for tool in TOOLS}},
            "layers": {layer: len(found.of(layer)) for layer in LAYERS},
            "sha256": evidence.digests,
        }
    )


def write_record(found: Verification, evidence: Evidence) -> str:
    """Write verification.json, dated today, and say what is to be done with it."""
    from rapport.placing import put

    put(evidence.paths.root / FILE, record(found, evidence, datetime.now(UTC).date().isoformat()))
    return f"{FILE} says that this was verified. Run `rapport render`, and commit it."


def told(evidence: Evidence) -> str:
    """Whether the record that is there speaks of what is there."""
    before = read_record(evidence.paths.root)
    if before is None:
        return (
            f"No {FILE} that can be read: the pages say that nothing was verified (--record writes it when all holds)."
        )
    found = states(before, evidence.digests)
    other = sum(state != SAME for state in found.values())
    if other:
        return f"{FILE} of {before['date']}: {other} of {len(found)} are new or changed since (--record renews it)."
    return f"{FILE} of {before['date']} speaks of all of this."
