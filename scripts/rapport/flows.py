"""A diagram of words in two shapes: HTML for pages, Typst for print. Knows records only.

Both are text in reading order. The arrows between steps are drawn by theme/site.css and
theme/rapport.typ, so that no screen reader says them; every word is escaped, or a string.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from rapport.records import Step

Flow = Sequence[Step]


def _branches(flows: Sequence[Flow]) -> Iterator[tuple[Step, list[Flow]]]:
    """Flows beside each other that begin with the same step, with the rest of each."""
    for first, group in groupby(flows, key=lambda flow: flow[0]):
        yield first, [flow[1:] for flow in group]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _step(step: Step) -> str:
    return f'<p class="ledd">{escape(_tidy(step.label))}</p><p>{escape(_tidy(step.text))}</p>'


def _steps(flow: Flow) -> str:
    items = "".join(f"<li>{_step(step)}</li>" for step in flow)
    # Safari forgets that a list without markers is a list unless it is told.
    return f'<ol class="kjede" role="list">{items}</ol>'


def html_flows(flows: Sequence[Flow]) -> str:
    """One flow as an ordered list of steps; several as a list of starts, each with the flows that leave it."""
    if len(flows) == 1:
        return _steps(flows[0]) + "\n"
    starts = (
        f'<li><div class="start">{_step(first)}</div><div class="grener">{"".join(map(_steps, rest))}</div></li>'
        for first, rest in _branches(flows)
    )
    return f'<ul class="kjeder" role="list">{"".join(starts)}</ul>\n'


def _pair(step: Step) -> str:
    """A step as a Typst array of two strings, in which no mark means anything but itself."""
    return f"({', '.join(json.dumps(_tidy(text), ensure_ascii=False) for text in (step.label, step.text))})"


def _array(items: Sequence[str]) -> str:
    return f"({', '.join(items)},)" if items else "()"  # the comma makes an array of one an array


def typst_flows(flows: Sequence[Flow]) -> str:
    """A call of `kjede` (one flow) or `kjeder` (several) of theme/rapport.typ."""
    if len(flows) == 1:
        return f"#kjede({_array([_pair(step) for step in flows[0]])})\n"
    starts = [
        f"  ({_pair(first)}, {_array([_array([_pair(step) for step in flow]) for flow in rest])}),\n"
        for first, rest in _branches(flows)
    ]
    return f"#kjeder((\n{''.join(starts)}))\n"
