"""Where results of steps are kept: contents by their digest, and for each step the ways it has been made.

A content is checked against its digest whenever it is read: what was cut short or edited is made again. One
process at a time works with it (see lock.py); everything is written beside and moved into place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapport.steps.beside import write_over
from rapport.steps.digests import digest, files_under
from rapport.steps.step import Blob

WAYS = 4  # how many results of a step are kept: enough to go back and forth between two branches
FORMAT = 1  # of the records; another number is not read


@dataclass(frozen=True, slots=True)
class Way:
    """One way a step has been made: digests of what it declared and found, digest and size of each file it made."""

    inputs: dict[str, str]
    found: dict[str, str]
    files: dict[str, tuple[str, int]]

    def holds(self, inputs: dict[str, str], now: Callable[[str], str | None]) -> bool:
        """Whether what is declared is what was, and what was found is so `now`."""
        return self.inputs == inputs and all(now(what) == value for what, value in self.found.items())

    @property
    def record(self) -> dict[str, object]:
        """As it is written; dataclasses.asdict would copy every text of it."""
        return {"inputs": self.inputs, "found": self.found, "files": self.files}


class DamagedError(Exception):
    """A content is gone or no longer what its digest says."""


class Memory:
    """A store that keeps nothing beyond the process: every step is made."""

    def ways(self, _name: str) -> list[Way]:
        """None."""
        return []

    def put(self, content: bytes) -> Blob:
        """The content, held in memory."""
        return Blob(digest(content), len(content), lambda: content)

    def blob(self, content_digest: str, size: int) -> Blob:
        """Never asked for, as no way is known."""
        raise DamagedError(content_digest, size)

    def remember(self, _ways: Mapping[str, Way]) -> None:
        """Nothing."""

    def tidy(self, _used: Collection[str]) -> None:
        """Nothing to do."""


class Store:
    """A folder of contents and records; `limit` bounds its size in bytes, `other` is one more that is only read."""

    def __init__(self, folder: Path, limit: int = 300_000_000, other: Store | None = None) -> None:
        self.folder, self.limit, self.other = folder, limit, other

    def _content(self, content_digest: str) -> Path:
        return self.folder / "contents" / content_digest[:2] / content_digest[2:]

    def _record(self, name: str) -> Path:
        return self.folder / "records" / f"{digest(name)[:32]}.json"

    def _read(self, content_digest: str) -> bytes:
        try:  # not by way of _content: a build reads a thousand, and to make a Path takes as long as to read
            with open(f"{self.folder}/contents/{content_digest[:2]}/{content_digest[2:]}", "rb") as file:  # noqa: PTH123
                content = file.read()
        except OSError as error:
            if self.other:
                return self.other._read(content_digest)
            raise DamagedError(content_digest) from error
        if digest(content) != content_digest:
            raise DamagedError(content_digest)
        return content

    def ways(self, name: str) -> list[Way]:
        """The ways a step has been made, the newest first; a record that cannot be read is none."""
        try:
            check, _, body = self._record(name).read_bytes().partition(b"\n")
            if digest(body).encode() != check:
                return []
            record = json.loads(body)
            if record["format"] != FORMAT or record["name"] != name:
                return []
            return [Way(**way) for way in record["ways"]]
        except (OSError, ValueError, KeyError, TypeError):
            return self.other.ways(name) if self.other else []

    def put(self, content: bytes) -> Blob:
        """Keep a content. What stands there already is believed only if it is the same."""
        blob = self.blob(digest(content), len(content))
        try:
            self._read(blob.digest)
        except DamagedError:
            write_over(self.folder, self._content(blob.digest), content)
        return blob

    def blob(self, content_digest: str, size: int) -> Blob:
        """A kept content, checked each time it is read: DamagedError is raised when it is not what it was."""
        return Blob(content_digest, size, lambda: self._read(content_digest))

    def remember(self, ways: Mapping[str, Way]) -> None:
        """Remember how steps were made."""
        for name, way in ways.items():
            older = [old for old in self.ways(name) if (old.inputs, old.found) != (way.inputs, way.found)]
            self._write(name, [way, *older][:WAYS])

    def tidy(self, used: Collection[str]) -> None:
        """Keep within the limit, sparing the steps named in `used`: what is in no record goes, also when needed yet."""
        if self._size() > self.limit:
            self._trim(used)

    def _write(self, name: str, ways: list[Way]) -> None:
        """A record begins with its own digest: one that was edited or cut short is not believed."""
        body = json.dumps({"format": FORMAT, "name": name, "ways": [way.record for way in ways]}).encode()
        write_over(self.folder, self._record(name), digest(body).encode() + b"\n" + body)

    def _size(self) -> int:
        contents = self.folder / "contents"
        return sum(os.path.getsize(f"{contents}/{name}") for name in files_under(contents))  # noqa: PTH202 — see _read

    def _trim(self, used: Collection[str]) -> None:
        """Take away every record but the newest way of the steps just used, and every content of no record."""
        kept: set[Path] = set()
        for name in used:
            for way in self.ways(name)[:1]:
                kept |= {self._content(content) for content, _ in way.files.values()}
                self._write(name, [way])
        kept |= {self._record(name) for name in used}
        for path in [*(self.folder / "contents").rglob("*"), *(self.folder / "records").glob("*")]:
            if path.is_file() and path not in kept:
                path.unlink(missing_ok=True)
