"""A comparison as Markdown, for a comment on a pull request or the summary of a CI job, within their largest size."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.compare.changes import SECTIONS, Change, Comparison, Edit
from rapport.compare.reports.shown import LONGEST, marked, sides
from rapport.forms import cell, printable

LIMIT = 65_536  # bytes; the characters of a comment, and far below the 1 MiB of a job summary
MOST = 40  # edits of one item
OPEN = 8  # edits of one item that are shown without a click
LAST = "\n**{} of {} changed items are left out for size**; `rapport diff` with `--html FILE` tells all.\n"


def _row(edit: Edit) -> str:
    old, new = sides(edit, LONGEST)
    if edit.prose and old is not None and new is not None and old != new:
        left, right = marked(old, new, cell, "<del>{}</del>".format, "<ins>{}</ins>".format)
    else:
        left, right = (cell(side) if side is not None else "" for side in (old, new))
    return f"| {cell(printable(edit.where))} | {left} | {right} |"


def _table(change: Change) -> Iterator[str]:
    yield from ("| where | before | after |", "|---|---|---|")
    yield from (_row(edit) for edit in change.edits[:MOST])
    if len(change.edits) > MOST:
        yield f"\n{len(change.edits) - MOST} more in the HTML report."


def _change(change: Change, drawn: bool) -> str:
    about = f" – {cell(printable(change.about))}" if change.about else ""
    lines = [f"**{change.section}: {cell(printable(change.item))}**{about}", ""]
    table = list(_table(change)) if change.edits else []
    folded = len(change.edits) > OPEN
    lines += ["<details><summary>Show all</summary>", "", *table, "", "</details>"] if folded else table
    lines += ["", "The picture changed too; the HTML report shows both."] if drawn else []
    return "\n".join(["", *lines]) + "\n"


def _head(comparison: Comparison) -> str:
    lines = [f"### rapport diff: {comparison.headline}", ""]
    lines += [f"{cell(comparison.new)}, against {cell(comparison.old)}.", ""]
    lines += ["| section | what was compared | differ |", "|---|---|---:|"]
    lines += [f"| {section} | {what} | {len(comparison.of(section))} |" for section, what in SECTIONS.items()]
    notes = [f"- {cell(printable(note))[:LONGEST]}" for note in comparison.notes]
    return "\n".join([*lines, *([""] if notes else []), *notes]) + "\n"


def as_markdown(comparison: Comparison, limit: int = LIMIT) -> str:
    """The sections, then item by item as many whole ones as fit into `limit` bytes; the rest is counted."""
    told, left_out = _head(comparison), 0
    room = limit - len(LAST.encode("utf-8")) - 20
    for change in comparison.changes:
        block = _change(change, comparison.drawn(change.item) is not None)
        if len((told + block).encode("utf-8")) <= room:
            told += block
        else:
            left_out += 1
    return told + (LAST.format(left_out, len(comparison.changes)) if left_out else "")
