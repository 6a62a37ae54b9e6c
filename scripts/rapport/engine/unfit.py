"""What a cell shows that cannot stand in every format: HTML and pictures, bare objects, hidden characters.

Knows tasks and their outputs.
"""

from __future__ import annotations

import re
from typing import Any

from rapport.engine.kernel import Task
from rapport.engine.outputs import MARKDOWN, PLAIN, results, visible
from rapport.errors import Place, excerpt

# What XML cannot hold, and what is no letter in any format.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What Python says of an object that has no text of its own: often where it lies, another place at every build.
BARE = re.compile(r" at 0x[0-9a-f]+\b|^<[\w.]+ object>$|^[\w.]+\(\.\.\.\)$")
INSTEAD = ('show a figure with figure("fig-…") (`rapport new figure` begins one), print Markdown under '
           "`#| output: asis`, or print(…) what is to be read")  # fmt: skip

Told = tuple[str, str] | None  # (problem, remedy)


def _hidden(text: str) -> Told:
    found = HIDDEN.search(text)
    told = f"the cell shows U+{ord(found.group()):04X}, a character that no page can hold" if found else ""
    return (told, "leave it out, or show its name: print(ascii(…))") if told else None


def _bare(text: str) -> Told:
    return (
        (f"the cell shows {excerpt(text)}, an object without a text of its own", INSTEAD) if BARE.search(text) else None
    )


def _value(data: dict[str, str]) -> Told:
    """A value that is no Markdown: one that a notebook shows as HTML or a picture, or an object."""
    plain = data.get(PLAIN, "")
    if kind := next((kind for kind in data if kind != PLAIN), ""):
        named = excerpt(plain.strip().partition("\n")[0])
        return f"the cell's value is {kind} ({named}), which pages and PDF do not show", INSTEAD
    return _bare(plain)


def _of_cell(output: Any) -> Told:
    data = output.get("data", {})
    told = None if MARKDOWN in data else _value(data)
    return told or _hidden(output.get("text") or data.get(MARKDOWN) or data.get(PLAIN, ""))


def unfit(task: Task, outputs: list[Any]) -> list[Place]:
    """Each output of a cell, or expression, that shows what cannot stand in every format."""
    if task.lines:
        texts = [(line, given.get("text", "")) for line, given in zip(task.lines, results(outputs), strict=False)]
        found = [(line, _bare(text) or _hidden(text)) for line, text in texts]
    else:
        found = [(task.line, _of_cell(output)) for output in visible(task.options, outputs)]
    return [Place(file=task.file, line=line, problem=told[0], remedy=told[1]) for line, told in found if told]
