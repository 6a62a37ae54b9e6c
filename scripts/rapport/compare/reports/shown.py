"""How an edit is written, whatever the form: marks that cannot be seen are told, and changed words are marked."""

from __future__ import annotations

from collections.abc import Callable

from rapport.align import Words, words
from rapport.compare.changes import Edit
from rapport.forms import printable

LONGEST = 600  # characters of one side, where a report has a largest size


def sides(edit: Edit, longest: int | None = None) -> tuple[str | None, str | None]:
    """Both texts as they can be seen; blanks that only look alike are told apart where nothing else differs."""
    texts = (edit.old, edit.new)
    seen = [None if text is None else printable(text) for text in texts]
    if edit.old != edit.new and seen[0] == seen[1]:
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
