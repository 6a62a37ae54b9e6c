"""What `rapport verify` does: verify, tell in every form asked for, and accept the new state when told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rapport.forms import save
from rapport.paths import Paths
from rapport.verify.evidence import Evidence, gather
from rapport.verify.record import told, write_record
from rapport.verify.reports.data import as_json, as_junit
from rapport.verify.reports.markdown import as_markdown
from rapport.verify.reports.page import as_html
from rapport.verify.reports.terminal import as_text
from rapport.verify.run import verification
from rapport.verify.verdicts import Verification


def _forms(found: Verification, evidence: Evidence) -> dict[str, str]:
    return {
        "json": as_json(found), "junit": as_junit(found), "markdown": as_markdown(found),
        "html": as_html(found, evidence),
    }  # fmt: skip


def changes(evidence: Evidence) -> list[str]:
    """What `--update` will do to figures/, a line a file."""
    committed, recomputed = evidence.committed, evidence.recomputed
    lines = [f"  figures/{name}{'' if name in committed else ' (new)'}" for name, text in recomputed.items()
             if committed.get(name) != text]  # fmt: skip
    return lines + [f"  figures/{name} (taken away)" for name in sorted(set(committed) - set(recomputed))]


def _update(evidence: Evidence) -> Evidence:
    """Say what will change, change it, and return the evidence as it is then."""
    from rapport.figure_files import as_files
    from rapport.metadata import committed
    from rapport.placing import write

    lines = changes(evidence)
    print("\n".join(["", f"--update will change {len(lines)} files of figures/:", *lines]), flush=True)
    root = committed(evidence.paths, evidence.recomputed["manifest.json"])
    written = write(evidence.paths, as_files(evidence.recomputed), as_files(root))
    names = [f"  {name}" for name in written.beside]
    told = f"{len(written.changed) + len(written.removed)} files changed. Run `rapport render`, look, and commit them."
    print("\n".join([*names, told]))
    return replace(evidence, committed=dict(evidence.recomputed))


def _record(found: Verification, evidence: Evidence) -> str:
    if not found.holds:
        return "Nothing was recorded, as not all holds."
    return write_record(found, evidence)


def run_verify(paths: Paths, site: Path, targets: Mapping[str, Path], *, update: bool, record: bool) -> bool:
    """Print the report, write the forms asked for, and return whether everything holds.

    `targets` maps a form (json, junit, markdown, html) to a file. `update` accepts the recomputed figures/, and what is
    left then decides; `record` writes verification.json when all holds.
    """
    evidence = gather(paths, site)
    found = verification(evidence)
    print(as_text(found))
    save(targets, _forms(found, evidence) if targets else {})
    if update and changes(evidence):
        evidence = _update(evidence)
        found = verification(evidence)
        print("All holds now." if found.holds else f"{len(found.failed)} items outside figures/ still differ.")
    print(_record(found, evidence) if record else told(evidence))
    return found.holds
