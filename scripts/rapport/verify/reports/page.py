"""A verification as one self-contained page: verdicts, differences, and old beside new pictures."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rapport.forms import Picture, page, pair
from rapport.letters import with_letters
from rapport.verify.evidence import Evidence
from rapport.verify.reports.terminal import WHAT
from rapport.verify.verdicts import LAYERS, Verdict, Verification


def _layers(verification: Verification) -> Iterator[str]:
    yield '<div class="scroll"><table><thead><tr><th scope="col">Layer</th><th scope="col">What was compared</th>'
    yield '<th scope="col">Items</th><th scope="col">Differ</th></tr></thead><tbody>'
    for layer in LAYERS:
        verdicts = verification.of(layer)
        differ = sum(not verdict.holds for verdict in verdicts)
        yield f'<tr><th scope="row">{layer}</th><td>{WHAT[layer]}</td><td>{len(verdicts)}</td><td>{differ}</td></tr>'
    yield "</tbody></table></div>"


def _verdict(verdict: Verdict, evidence: Evidence) -> Iterator[str]:
    yield f"<h3>{verdict.layer}: {escape(verdict.item)}</h3>"
    yield '<div class="scroll"><table><thead><tr><th scope="col">Where</th><th scope="col">Found</th>'
    yield '<th scope="col">Expected</th><th scope="col">To mend it</th></tr></thead><tbody>'
    for d in verdict.differences:
        yield (
            "<tr>" + "".join(f"<td>{escape(part)}</td>" for part in (d.where, d.found, d.expected, d.remedy)) + "</tr>"
        )
    yield "</tbody></table></div>"
    if verdict.layer == "picture":
        name = f"{verdict.item}.svg"
        old, new = (svg and with_letters(svg) for svg in
                    (evidence.committed.get(name), evidence.recomputed.get(name)))  # fmt: skip
        yield pair(Picture(f"{name}, committed", old), Picture(f"{name}, recomputed", new))


def _all(verification: Verification) -> Iterator[str]:
    yield "<h2>Every verdict</h2><details><summary>Show all items</summary><ul>"
    for verdict in verification.verdicts:
        yield f"<li>{verdict.layer}: {escape(verdict.item)}: {'holds' if verdict.holds else 'differs'}</li>"
    yield "</ul></details>"


def as_html(verification: Verification, evidence: Evidence) -> str:
    """The whole page."""
    head = "All holds" if verification.holds else f"{len(verification.failed)} items differ"
    tools = ", ".join(f"{tool} {version}" for tool, version in verification.tools.items())
    about = f"Commit {verification.commit} ({verification.date}), data {verification.data_version}; {tools}."
    parts = [
        *_layers(verification),
        "<h2>Differences</h2>" if verification.failed else "",
        *(line for verdict in verification.failed for line in _verdict(verdict, evidence)),
        *_all(verification),
    ]
    return page(f"rapport verify: {head}", about, parts)
