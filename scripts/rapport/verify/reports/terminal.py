"""A verification on the terminal: a line a layer, then each difference with its remedy."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.verify.verdicts import LAYERS, Layer, Verdict, Verification

WHAT: dict[Layer, str] = {
    "data": "each CSV against its hash in the manifest",
    "values": "each table recomputed, cell by cell",
    "spec": "each chart's specification",
    "picture": "each drawing, byte by byte",
    "numbers": "each number recomputed, each hedge checked",
    "text": "pages and PDF read back",
    "chapters": "dialect, references, nothing unused",
}
MOST = 12  # differences told of one item; the other forms tell all


def _told(verdict: Verdict) -> Iterator[str]:
    yield f"{verdict.layer}: {verdict.item}"
    for difference in verdict.differences[:MOST]:
        yield f"  {difference}"
    rest = len(verdict.differences) - MOST
    if rest > 0:
        yield f"  and {rest} more (--json FILE tells all)"
    for remedy in dict.fromkeys(d.remedy for d in verdict.differences[:MOST]):
        yield f"    To mend it: {remedy}"


def as_text(verification: Verification) -> str:
    """The whole report."""
    lines = [f"{'':2}{'layer':<10}{'items':>6}{'differ':>8}  what was compared"]
    for layer in LAYERS:
        verdicts = verification.of(layer)
        differ = sum(not verdict.holds for verdict in verdicts)
        lines.append(f"{'!' if differ else ' ':2}{layer:<10}{len(verdicts):>6}{differ:>8}  {WHAT[layer]}")
    for verdict in verification.failed:
        lines += ["", *_told(verdict)]
    count = len(verification.verdicts)
    end = f"All {count} items hold" if verification.holds else f"{len(verification.failed)} of {count} items differ"
    return "\n".join([*lines, "", f"{end}: commit {verification.commit}, data {verification.data_version}."])
