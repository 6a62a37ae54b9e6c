"""A line of Markdown as plain text, for menus and whatever else holds no markup. Knows nothing of the rest."""

from __future__ import annotations

import re
from html import unescape

# What a line may hold, with a group for what is shown of it.
MARKED = re.compile(
    r"(?P<ticks>`+) ?(?P<code>.+?) ?(?P=ticks)(?!`)"
    r"|\\(?P<meant>[^\w\s])"
    r"|\^\[[^\]]*\]|\[\^[^\]]*\]"
    r"|!?\[(?P<link>[^\[\]]*)\]\([^()]*\)"
    r"|(?P<stars>\*{1,3})(?=\S)(?P<starred>.+?)(?<=[^\s\\])(?P=stars)"
    r"|(?<!\w)(?P<lines>_{1,3})(?=\S)(?P<lined>.+?)(?<=[^\s\\])(?P=lines)(?!\w)"
    r"|~~(?P<struck>.+?)~~|~(?P<below>[^\s~]+)~|\^(?P<above>[^\s^]+)\^"
    r"|(?P<dashes>---?|\.\.\.)|(?P<entity>&#?\w+;)"
)
DASHES = {"--": "–", "---": "—", "...": "…"}
MARKUP = ("link", "starred", "lined", "struck", "below", "above")  # groups that may hold more of it


def _shown(match: re.Match[str]) -> str:
    found = match.groupdict(default="")
    inner = "".join(found[name] for name in MARKUP)
    return found["code"] + found["meant"] + plain(inner) + DASHES.get(found["dashes"], "") + unescape(found["entity"])


def plain(text: str) -> str:
    r"""What a reader sees of a line: words without their marks, links without their addresses, no notes.

    >>> plain(r"Om *tiltaket* -- `n_a*` [her](https://example.org), **2 \* 3** og x_y_z[^1]")
    'Om tiltaket – n_a* her, 2 * 3 og x_y_z'
    """
    return MARKED.sub(_shown, text) if text else ""
