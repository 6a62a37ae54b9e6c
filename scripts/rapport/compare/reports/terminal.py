"""A comparison on the terminal: a line a section, then each item with what stood there and what stands there now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.compare.changes import SECTIONS, Change, Comparison, Edit
from rapport.compare.reports.shown import marked, sides
from rapport.forms import printable

MOST = 12  # edits told of one item; the other forms tell more
NOTHING = "nothing"


def _prose(old: str | None, new: str | None) -> Iterator[str]:
    if old is None or new is None or old == new:
        yield from ([f"    - {old}"] if old is not None and old != new else [])
        yield from ([f"    {'=' if old == new else '+'} {new}"] if new is not None else [])
        return
    left, right = marked(old, new, str, "[{}]".format, "[{}]".format)
    yield f"    - {left}"
    yield f"    + {right}"


def _told(edit: Edit) -> Iterator[str]:
    old, new = sides(edit)
    where = printable(edit.where)
    if edit.prose:
        yield f"  {where}"
        yield from _prose(old, new)
    else:
        left, right = (NOTHING if side is None else side or "(empty)" for side in (old, new))
        yield f"  {where}: {left} → {right}"


def _change(change: Change) -> Iterator[str]:
    about = f" ({printable(change.about)})" if change.about else ""
    yield f"{change.section}: {printable(change.item)}{about}"
    for edit in change.edits[:MOST]:
        yield from _told(edit)
    rest = len(change.edits) - MOST
    if rest > 0:
        yield f"  and {rest} more (--html FILE tells all)"


def as_text(comparison: Comparison) -> str:
    """The whole report."""
    lines = [f"{'':2}{'section':<10}{'differ':>8}  what was compared"]
    for section, what in SECTIONS.items():
        count = len(comparison.of(section))
        lines.append(f"{'!' if count else ' ':2}{section:<10}{count:>8}  {what}")
    for change in comparison.changes:
        lines += ["", *_change(change)]
    if comparison.notes:
        lines += ["", *comparison.notes]
    return "\n".join([*lines, "", f"{comparison.headline}: {comparison.new}, against {comparison.old}."])


def coloured(text: str) -> None:
    """Print the report; on a terminal that shows colours, old lines in red and new ones in green."""
    from rich.console import Console
    from rich.text import Text

    shown = Text(text)
    for pattern, style in ((r"(?m)^    - .*$", "red"), (r"(?m)^    \+ .*$", "green"), (r"(?m)^[a-z]+: .*$", "bold")):
        for match in re.finditer(pattern, text):
            shown.stylize(style, match.start(), match.end())
    Console(soft_wrap=True).print(shown)
