"""What a kernel tells of one cell, made plain, and what of it is shown.

Knows nothing of chapters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MARKDOWN, PLAIN, JSON = "text/markdown", "text/plain", "application/json"
# What colours text in a terminal, moves its cursor or names its window.
STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


def uncoloured(text: str) -> str:
    r"""The text without what steers a terminal, which libraries print wherever they are.

    >>> uncoloured("\x1b[1;31mrødt\x1b[0m")
    'rødt'
    """
    return STEERING.sub("", text) if "\x1b" in text else text


def _as_left(text: str) -> str:
    """What stands on each line in the end: a carriage return begins it again."""
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in uncoloured(text).split("\n"))


def _joined(outputs: Sequence[Any]) -> list[Any]:
    """The outputs, with what was printed to a stream as one, where its first piece stood: it arrives in pieces when it
    is long or the machine busy. nbclient's own way to join them takes the square of a line's length."""
    texts: dict[str, list[str]] = {}
    for output in outputs:
        if output["output_type"] == "stream":
            texts.setdefault(output["name"], []).append(output["text"])
    joined = []
    for output in outputs:
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in texts:
            joined.append({**output, "text": _as_left("".join(texts.pop(output["name"])))})
    return joined


def _line(cell: int | None, traceback: Sequence[str]) -> int | None:
    """The innermost line of the cell that an error came through, as IPython tells it; None when it tells none."""
    found = re.findall(rf"Cell In\[{cell}\], line (\d+)", uncoloured("\n".join(traceback)))
    return int(found[-1]) if found else None


def gathered(outputs: Sequence[Any], reply: Mapping[str, Any]) -> list[Any]:
    """The outputs of a cell, joined; each error has the `line` of the code that it came through.

    reply: what the kernel answered when the cell was done. Some errors, of groups and of magics, it tells there alone.
    """
    found = _joined(outputs)
    if reply.get("status") == "error" and not any(output["output_type"] == "error" for output in found):
        found.append({"output_type": "error", "traceback": [], **reply})
    count = reply.get("execution_count")
    return [
        {**output, "line": _line(count, output["traceback"])} if output["output_type"] == "error" else output
        for output in found
    ]


def results(outputs: Sequence[Any]) -> list[dict[str, str]]:
    """What inline expressions gave; what they print or warn of besides is shown nowhere."""
    return next((output["data"][JSON] for output in outputs if JSON in output.get("data", {})), [])


def visible(options: Mapping[str, str], outputs: Sequence[Any]) -> list[Any]:
    """The outputs of a cell that its options let be seen.

    Not what it says on standard error: a warning names files of the machine, and is another at every build.
    """
    hidden = "false" in (options.get("include"), options.get("output"))
    return [] if hidden else [output for output in outputs if output.get("name") != "stderr"]


def shown(options: Mapping[str, str], outputs: Sequence[Any]) -> Iterator[tuple[str, bool]]:
    """(text, whether it is Markdown) of what a cell shows."""
    for output in visible(options, outputs):
        data = output.get("data", {})
        text = output.get("text") or data.get(MARKDOWN)
        if text and (options.get("output") == "asis" or output["output_type"] != "stream"):
            yield text, True
        elif text := text or data.get(PLAIN):
            yield text, False
