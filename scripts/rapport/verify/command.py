"""What `rapport verify` does: verify, tell in every form asked for, and accept the new state when told to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.verify.evidence import Evidence, gather
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


def _write(targets: Mapping[str, Path], forms: Mapping[str, str]) -> None:
    from rapport.placing import put

    for form, path in targets.items():
        try:
            put(path, forms[form])
        except OSError as error:
            raise RapportError(
                f"--{form} {path}: {error.strerror}.\n  To mend it: name a file that can be written."
            ) from None


def _update(evidence: Evidence) -> str:
    from rapport.placing import write
    from rapport.steps import Memory

    store = Memory()
    written = write(evidence.paths, {name: store.put(text.encode()) for name, text in evidence.recomputed.items()})
    names = [f"  figures/{name}" for name in (*written.changed, *written.removed)]
    told = f"{len(names)} files of figures/ brought up to date. Run `rapport render`, look, and commit them."
    return "\n".join([*names, told])


def run_verify(paths: Paths, site: Path, targets: Mapping[str, Path], update: bool) -> bool:
    """Print the report, write the forms asked for, and return whether everything holds.

    `targets` maps a form (json, junit, markdown, html) to a file. `update` accepts the recomputed figures/.
    """
    evidence = gather(paths, site)
    found = verification(evidence)
    print(as_text(found))
    _write(targets, _forms(found, evidence) if targets else {})
    if update:
        print(_update(evidence))
    return found.holds or update
