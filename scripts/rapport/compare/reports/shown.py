"""How an edit is written, whatever the form: marks that cannot be seen are told, and changed words are marked."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapport.align import Words, words
from rapport.compare.changes import Edit
from rapport.forms import printable

# Marks of Markdown, in the order in which they are taken away: each pattern beside what stays of it.
MARKS = tuple((re.compile(pattern), kept) for pattern, kept in (
    (r"^\s*(?:[-*+]|#{1,6})\s+", ""),  # a list's dash, a heading's number signs; not “17.”, which may be a date
    (r"\s*\{[#.][^{}]*\}$", ""),  # the id and classes of a heading
    (r"(?<!\\)\[([^\[\]]+)\](?:\([^()\s]*\)|\{[#.][^{}]*\})", r"\1"),
    (r"(?<![\\\w*])(\*\*|\*)(?=[^\s*])(.+?)(?<=[^\s\\*])\1(?!\*)", r"\2"),
    (r"(?<![\\\w])(__|_)(?=[^\s_])(.+?)(?<=[^\s\\_])\1(?!\w)", r"\2"),
    (r"(?<![\\`])`([^`{]+)`(?!`)", r"\1"),
    (r"(?<![\\\s])\*\*|(?<!\\)\*\*(?!\s)", ""),  # bold that began or ended in another sentence
    (r"\\([!-/:-@\[-`{-~])", r"\1"),
))  # fmt: skip
LONGEST = 600  # characters of one side, where a report has a largest size


def without_marks(text: str) -> str:
    r"""A sentence in Markdown as a reader meets it.

    >>> without_marks(r"- **Bruken** har [falt](#x), `n` er 2 * 3 * 4\.")
    'Bruken har falt, n er 2 * 3 * 4.'
    """
    for pattern, kept in MARKS:
        text = pattern.sub(kept, text)
    return text


def _read(edit: Edit) -> tuple[str | None, str | None]:
    """Both texts; sentences without their marks, unless nothing but the marks differs."""
    texts = (edit.old, edit.new)
    if not edit.prose:
        return texts
    bare = [text and without_marks(text) for text in texts]
    return texts if bare[0] == bare[1] and edit.old != edit.new else (bare[0], bare[1])


def sides(edit: Edit, longest: int | None = None) -> tuple[str | None, str | None]:
    """Both texts as they can be seen; blanks that only look alike are told apart where nothing else differs."""
    texts = _read(edit)
    seen = [None if text is None else printable(text) for text in texts]
    if texts[0] != texts[1] and seen[0] == seen[1]:
        seen = [None if text is None else printable(text, blanks=True) for text in texts]
    cut = [text if text is None or longest is None or len(text) <= longest else text[:longest] + "…" for text in seen]
    return cut[0], cut[1]


def _marked(runs: Words, mark: Callable[[str], str], text: Callable[[str], str]) -> str:
    parts = []
    for run, changed in runs:
        bare = run.strip()
        gap = " " if run[:1].isspace() and parts else ""
        parts.append(gap + (mark(text(bare)) if changed else text(bare)))
    return "".join(parts)


def marked(
    old: str, new: str, text: Callable[[str], str], gone: Callable[[str], str], come: Callable[[str], str]
) -> tuple[str, str]:
    """Both texts with the words that the other lacks marked; `text` escapes, `gone` and `come` mark."""
    left, right = words(old, new)
    return _marked(left, gone, text), _marked(right, come, text)
