"""A verification as Markdown, for the summary of a CI job or a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.forms import cell
from rapport.verify.reports.terminal import WHAT
from rapport.verify.verdicts import LAYERS, Verdict, Verification

MOST = 50  # rows; a comment has a largest size


def _rows(failed: tuple[Verdict, ...]) -> Iterator[str]:
    for verdict in failed:
        for d in verdict.differences:
            where = f"{verdict.item}: {d.where}" if d.where else verdict.item
            yield f"| {verdict.layer} | {cell(where)} | {cell(d.found)} | {cell(d.expected)} | {cell(d.remedy)} |"


def as_markdown(verification: Verification) -> str:
    """A table of the layers, and one of the differences."""
    head = "All holds" if verification.holds else f"{len(verification.failed)} items differ"
    lines = [f"### rapport verify: {head}", "", f"Commit {verification.commit}, data {verification.data_version}.", ""]
    lines += ["| layer | what was compared | items | differ |", "|---|---|---:|---:|"]
    for layer in LAYERS:
        verdicts = verification.of(layer)
        differ = sum(not verdict.holds for verdict in verdicts)
        lines.append(f"| {layer} | {WHAT[layer]} | {len(verdicts)} | {differ} |")
    rows = list(_rows(verification.failed))
    if rows:
        lines += ["", "| layer | where | found | expected | to mend it |", "|---|---|---|---|---|", *rows[:MOST]]
    if len(rows) > MOST:
        lines += ["", f"{len(rows) - MOST} more differences are in the JSON report."]
    return "\n".join(lines) + "\n"
