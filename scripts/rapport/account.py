"""What a build did, in words for the terminal. Knows events of steps only."""

from __future__ import annotations

from collections.abc import Sequence

from rapport.steps import Event

SLOWEST = 5


def explained(events: Sequence[Event]) -> list[str]:
    """A line a step, and the slowest of those that were made."""
    lines = [
        f"  {'made' if event.made else 'kept'}  {event.step}: {event.why} ({event.seconds:.2f} s)" for event in events
    ]
    slowest = sorted((event for event in events if event.made), key=lambda event: -event.seconds)[:SLOWEST]
    told = ", ".join(f"{event.step} {event.seconds:.2f} s" for event in slowest)
    return [*lines, f"slowest, each with the steps within it: {told or 'none was made'}"]


def counted(events: Sequence[Event]) -> str:
    """How many steps were made and kept."""
    made = sum(event.made for event in events)
    return f"{made} steps made, {len(events) - made} kept"
