"""What a step is: a name, what it reads, and how its files are made. Knows digests only."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Blob:
    """A content that a step made: its digest, size in bytes, and a way to read it, which checks it again."""

    digest: str
    size: int
    read: Callable[[], bytes] = field(compare=False, repr=False)

    def text(self) -> str:
        """The content as text."""
        return self.read().decode("utf-8")

    def json(self) -> Any:
        """The content as JSON."""
        return json.loads(self.read())


class Reads:
    """What a step finds out that it reads while it is made, such as the numbers that a chapter's cells ask for."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def note(self, what: str, digest: str) -> None:
        """The step has read `what`, whose digest is `digest`; asked for again with the step's `now`."""
        self.found[what] = digest


Content = bytes | str | Blob
Files = Mapping[str, Blob]


def text_of(content: Content) -> str:
    """A content as text."""
    if isinstance(content, str):
        return content
    return content.decode("utf-8") if isinstance(content, bytes) else content.text()


def bytes_of(content: Content) -> bytes:
    """A content as bytes; text in UTF-8."""
    if isinstance(content, str):
        return content.encode("utf-8")
    return content if isinstance(content, bytes) else content.read()


def nothing_else(what: str) -> str | None:
    """The `now` of steps that read just what they declare."""
    raise LookupError(f"the step noted that it read {what}, but cannot say what that is now")


def made_together(_reads: Reads) -> Mapping[str, Content]:
    """The `make` of steps that are only ever made with others."""
    raise LookupError("this step is made by Steps.run_together")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `inputs` maps what is read, in words, to its digest or version.

    `make` returns the content of each file by name; text is written as UTF-8. What it reads beyond `inputs` it notes
    in the Reads it is given; `now` then says the digest of such a thing today, or None when it is gone.
    """

    name: str
    inputs: Mapping[str, str]
    make: Callable[[Reads], Mapping[str, Content]] = made_together
    now: Callable[[str], str | None] = nothing_else


def one_of_a_kind() -> str:
    """A digest that equals no other: the input of a step that must always run."""
    return uuid.uuid4().hex
