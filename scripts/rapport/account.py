"""What a build did, in words for the terminal: each step with its reason, the time by stage, and the sizes.

Knows events of steps, and the folder of the finished site.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapport.steps import Event

SLOWEST = 5
GATHERING = ("figures", "site")  # steps that hold others: their time is that of those within them
# By the first word of a step's name.
STAGES = {
    "figures": ("figure", "table", "diagram", "listing", "metadata"), "drawings": ("drawing",), "cells": ("cells",),
    "pages": ("places for page", "page", "search", "icons", "shared picture"), "fonts": ("web font",),
    "print": ("places for print", "print ", "PDF"), "pictures to take away": ("bitmaps", "print drawing"),
    "Word file and e-book": ("Word", "e-book"), "data to take away": ("data",),
}  # fmt: skip
KINDS = {"styles and scripts": (".css", ".js"), "fonts": (".woff2",)}


def stage(step: str) -> str:
    """The stage that a step belongs to, by its name; the longest beginning counts."""
    found = [(len(word), name) for name, words in STAGES.items() for word in words if step.startswith(word)]
    return max(found)[1] if found else ""


def _own(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.step.split(" ")[0] not in GATHERING]


def _steps(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        yield f"  {'made' if event.made else 'kept'}  {event.step}: {event.why} ({event.seconds:.2f} s)"


def _stages(events: Sequence[Event]) -> Iterator[str]:
    """Made and kept by stage, with the seconds of all its steps, of which many ran side by side."""
    for name in STAGES:
        of = [event for event in events if stage(event.step) == name]
        made = sum(event.made for event in of)
        if of:
            yield f"  {name}: {made} made, {len(of) - made} kept, {sum(event.seconds for event in of):.2f} s"


def _slowest(events: Sequence[Event]) -> Iterator[str]:
    slowest = sorted((event for event in events if event.made), key=lambda event: -event.seconds)[:SLOWEST]
    for event in slowest:
        yield f"  {event.step}: {event.seconds:.2f} s"


def _kilobytes(size: float) -> str:
    return f"{size / 1000:.1f} kB"


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def _sizes(site: Path) -> Iterator[str]:
    """Each page gzipped, as it is sent; then what all pages share."""
    for path in sorted(site.rglob("*.html")):
        yield f"  {path.relative_to(site).as_posix()}: {_kilobytes(_gzipped(path))}"
    for name, suffixes in KINDS.items():
        files = [path for path in (site / "assets").rglob("*") if path.suffix in suffixes]
        size: Callable[[Path], int] = _gzipped if ".css" in suffixes else lambda path: path.stat().st_size
        yield f"  shared {name}, {len(files)} files: {_kilobytes(sum(map(size, files)))}"


def explained(events: Sequence[Event], site: Path) -> str:
    """Each step with its reason, the time by stage, the slowest five that were made, and the sizes of the pages."""
    parts = {
        "steps": _steps(events), "by stage": _stages(events), "slowest": _slowest(_own(events)),
        "sizes, gzipped as a server sends them": _sizes(site),
    }  # fmt: skip
    return "\n".join(line for title, lines in parts.items() for line in (f"{title}:", *lines))


def counted(events: Sequence[Event]) -> str:
    """How many steps were made and kept, and the slowest of those made."""
    own = _own(events)
    made = [event for event in own if event.made]
    if not made:
        return f"nothing had changed: all of {len(events)} steps kept" if not any(e.made for e in events) else (
            f"{len(own)} steps kept, the site put together again"
        )  # fmt: skip
    slowest = max(made, key=lambda event: event.seconds)
    return f"{len(made)} steps made, {len(own) - len(made)} kept; slowest {slowest.step}, {slowest.seconds:.1f} s"
