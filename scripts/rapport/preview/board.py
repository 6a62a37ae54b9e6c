"""What the loop tells the server, and the server the open pages: the site, and how the last build went."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Condition
from typing import Any

from rapport.preview.site import Site


@dataclass(frozen=True, slots=True)
class View:
    """The last good site, whether a build is under way, and why the last one failed ("" when it did not)."""

    site: Site = field(default_factory=Site)
    building: bool = True
    failure: str = ""
    closed: bool = False

    def told(self, address: str) -> dict[str, Any]:
        """What a page at an address is told."""
        return {"tag": self.site.tag(address), "building": self.building, "failure": self.failure}


class Board:
    """One view at a time, and those who wait for the next."""

    def __init__(self, view: View) -> None:
        self._changed = Condition()
        self._count = 0
        self._view = view

    @property
    def view(self) -> View:
        """What holds now."""
        return self._view

    def put(self, **changes: Any) -> None:
        """Change the view, and wake those who wait."""
        with self._changed:
            self._view = replace(self._view, **changes)
            self._count += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> tuple[int, View]:
        """(number of the view, view) when another than number `seen` holds, or after so many seconds. Begin with -1."""
        with self._changed:
            self._changed.wait_for(lambda: self._count != seen, timeout=seconds)
            return self._count, self._view
