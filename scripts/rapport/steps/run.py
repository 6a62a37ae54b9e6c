"""Runs steps: takes what is kept when nothing a step reads has changed, makes it otherwise, and says why.

What was made is remembered when the files that the build read are still the same: a file edited while it was being read
must never stand in the cache under another content's digest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from rapport.steps.digests import combined
from rapport.steps.event import Event, why
from rapport.steps.step import Blob, Content, Files, Reads, Step, bytes_of
from rapport.steps.store import DamagedError, Memory, Store, Way

MOST_AT_ONCE = 3  # steps side by side: enough for two cores, and each may hold pictures in memory

Together = Callable[[list[str], Mapping[str, Files]], Mapping[str, Mapping[str, Content]]]


class Steps:
    """One build's steps. `store` keeps results; `tell` hears what became of each; `made` is to be remembered."""

    def __init__(self, store: Store | Memory, tell: Callable[[Event], None] = lambda _event: None) -> None:
        self.store, self.tell = store, tell
        self.events: list[Event] = []
        self.made: dict[str, Way] = {}
        self._asked: dict[tuple[str, str], Future[Files]] = {}
        self._asking = Lock()

    def run(self, step: Step) -> Files:
        """The step's files by name, kept or made. Whatever `make` raises passes through; then nothing is kept.

        Asked for twice it is made once: so it can be begun ahead of who needs it.
        """
        key = step.name, combined(step.inputs)
        with self._asking:
            first = key not in self._asked
            result = self._asked.setdefault(key, Future())
        if first:
            try:
                result.set_result(self._run(step))
            except BaseException as error:
                result.set_exception(error)
        return result.result()

    def _run(self, step: Step) -> Files:
        started, (kept, reason) = time.perf_counter(), self._look(step)
        if kept is not None:
            return kept
        reads = Reads()
        return self._remember(step, reason, step.make(reads), reads, time.perf_counter() - started)

    def run_together(self, steps: Sequence[Step], make: Together) -> dict[str, Files]:
        """The files of steps of which those that must be made are best made in one go, by the steps' names.

        `make` is given the names of those to make and the files of those that are kept.
        """
        looked = {step.name: self._look(step) for step in steps}
        kept = {name: files for name, (files, _why) in looked.items() if files is not None}
        todo = [step for step in steps if step.name not in kept]
        started = time.perf_counter()
        made = make([step.name for step in todo], kept) if todo else {}
        each = (time.perf_counter() - started) / (len(todo) or 1)
        done = {step.name: self._remember(step, looked[step.name][1], made[step.name], Reads(), each) for step in todo}
        return kept | done

    def run_each(self, steps: Iterable[Step]) -> list[Files]:
        """The files of steps that know nothing of one another, side by side."""
        todo = list(steps)
        with ThreadPoolExecutor(min(MOST_AT_ONCE, len(todo) or 1)) as pool:
            return list(pool.map(self.run, todo))

    def known(self, step: Step) -> bool:
        """Whether a result is kept, as far as the records say: that it is damaged is seen when it is read."""
        return any(way.holds(dict(step.inputs), step.now) for way in self.store.ways(step.name))

    def _kept(self, way: Way, step: Step, inputs: dict[str, str]) -> Files | None:
        if not way.holds(inputs, step.now):
            return None
        blobs = {name: self.store.blob(content, size) for name, (content, size) in way.files.items()}
        try:
            for blob in blobs.values():
                blob.read()
        except DamagedError:
            return None
        return blobs

    def recall(self, step: Step) -> Files:
        """What was noted under this name and inputs, in this build or an earlier one; nothing when nothing was."""
        noted = self.made.get(step.name)
        ways = [noted] if noted else self.store.ways(step.name)
        found = (self._kept(way, step, dict(step.inputs)) for way in ways)
        return next((files for files in found if files is not None), {})

    def note(self, step: Step, contents: Mapping[str, Content]) -> None:
        """Keep what is true as long as the step's inputs are the same, for `recall`; nothing is told of it."""
        made = {name: self.keep(content) for name, content in contents.items()}
        self._note(step, {}, made)

    def _look(self, step: Step) -> tuple[Files | None, str]:
        """The files that are kept, or why the step must be made."""
        started, inputs, ways = time.perf_counter(), dict(step.inputs), self.store.ways(step.name)
        for way in ways:
            kept = self._kept(way, step, inputs)
            if kept is not None:
                self._say(step, False, "nothing it reads has changed", time.perf_counter() - started, kept)
                return kept, ""
        return None, why(ways, step, inputs)

    def _remember(self, step: Step, why: str, contents: Mapping[str, Content], reads: Reads, seconds: float) -> Files:
        made = {name: self.keep(content) for name, content in contents.items()}
        self._note(step, reads.found, made)
        self._say(step, True, why, seconds, made)
        return made

    def _note(self, step: Step, found: dict[str, str], files: Files) -> None:
        way = Way(dict(step.inputs), found, {name: (blob.digest, blob.size) for name, blob in files.items()})
        with self._asking:
            self.made[step.name] = way

    def keep(self, content: Content) -> Blob:
        """The content in the store."""
        if isinstance(content, Blob):
            return content
        return self.store.put(bytes_of(content))

    def _say(self, step: Step, made: bool, why: str, seconds: float, files: Files) -> None:
        self.heard(Event(step.name, made, why, seconds, sum(blob.size for blob in files.values())))

    def heard(self, event: Event) -> None:
        """What became of a step, here or in another process that keeps its results in the same store."""
        self.events.append(event)
        self.tell(event)

    def remember(self, still: Callable[[], bool]) -> None:
        """Remember what was made so far, if what the steps read is `still` what they said: asked when all is read."""
        with self._asking:
            made, self.made = self.made, {}
        if made and still():
            self.store.remember(made)

    def commit(self) -> None:
        """Remember everything that was made. Call it when what the steps read is still what they said."""
        if self.made:
            self.remember(lambda: True)
            self.store.tidy({event.step for event in self.events})
