"""A verification as one self-contained page: verdicts, differences, and old beside new pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

from rapport.verify.evidence import Evidence
from rapport.verify.reports.terminal import WHAT
from rapport.verify.verdicts import LAYERS, Verdict, Verification

CSS = """
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 20%, Canvas); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin-top: 1.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; } th, td { text-align: start; vertical-align: top; padding: .35rem 1rem .35rem 0;
border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 5rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
figure { margin: 0; } img { max-width: 100%; background: white; border: 1px solid var(--line); }
"""


def _picture(svg: str | None, caption: str) -> str:
    if svg is None:
        return f"<figure><figcaption>{caption}: none</figcaption></figure>"
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    image = f'<img alt="{caption}" src="data:image/svg+xml;base64,{data}">'
    return f"<figure><figcaption>{caption}</figcaption>{image}</figure>"


def pictures(name: str, old: str | None, new: str | None) -> str:
    """The two pictures beside each other."""
    pair = _picture(old, f"{escape(name)}, committed") + _picture(new, f"{escape(name)}, recomputed")
    return f'<div class="pair">{pair}</div>'


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
        yield pictures(name, evidence.committed.get(name), evidence.recomputed.get(name))


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
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>rapport verify: {head}</title>',
        f'<meta name="viewport" content="width=device-width"><style>{CSS}</style></head><body><main>',
        f"<h1>rapport verify: {head}</h1>",
        f"<p>{escape(about)}</p>",
        *_layers(verification),
        "<h2>Differences</h2>" if verification.failed else "",
        *(line for verdict in verification.failed for line in _verdict(verdict, evidence)),
        *_all(verification),
        "</main></body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"
