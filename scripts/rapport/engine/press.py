"""One pandoc process for a whole build: jobs in, one after the other; what it has read it need not read again.

It starts with the first job, so that a build with nothing to convert starts none, and ends with the build.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Timer

from rapport.book import Book
from rapport.engine.jobs import Job, write_job
from rapport.engine.pandoc import pandoc_path
from rapport.engine.targets import Index
from rapport.errors import EngineError
from rapport.paths import Paths
from rapport.workers import give_way

LIMIT = 600  # seconds that one job may take: all of a report of 600 chapters takes a tenth of it
MEMORY = ("+RTS", "-A16m", "-RTS")  # room before pandoc collects what it no longer needs; more takes no less time


@contextmanager
def _limited(process: subprocess.Popen[str]) -> Iterator[None]:
    """The process is ended when the block takes too long: some text pandoc would read for years."""
    timer = Timer(LIMIT, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class Press:
    """A context manager; `time` is what a document says of its making, `busy` is set when pandoc has got a job.

    Several threads may use it: they take turns.
    """

    def __init__(self, paths: Paths, time: datetime | None = None, busy: Event | None = None) -> None:
        self._paths, self._time, self._turn = paths, time, Lock()
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 — closed at exit
        self._process: subprocess.Popen[str] | None = None
        self.busy = busy or Event()

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._end()
        self._said.close()

    def read(self, book: Book, folder: Path) -> None:
        """Have pandoc read the chapters in `folder`, for what it will be asked for."""
        self.convert(book, folder, Job("html", folder / "read", {}, {"read_only": True}, only=()))

    def rest(self) -> None:
        """Let pandoc end; more can be asked for, of a new one."""
        with self._turn:
            self._end()

    def give_way(self) -> None:
        """Let others go before pandoc from now on."""
        with self._turn:
            if self._process:
                give_way(self._process.pid)

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        time = {"SOURCE_DATE_EPOCH": str(int(self._time.timestamp()))} if self._time else {}
        return subprocess.Popen(
            [pandoc_path(), *MEMORY, "lua", str(self._paths.theme / "bok.lua")], cwd=self._paths.root,
            env=dict(os.environ) | time, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, text=True,
            encoding="utf-8",
        )  # fmt: skip

    def _done(self, description: Path) -> bool:
        """Whether pandoc says that it has done the job; a job that fails ends it."""
        process = self._process = self._process or self._started()
        assert process.stdin is not None  # both are pipes
        assert process.stdout is not None
        with _limited(process):
            try:
                process.stdin.write(f"{description}\n")
                process.stdin.flush()
                self.busy.set()
            except OSError:
                return False
            return process.stdout.readline() == "done\n"

    def _words(self, where: int) -> str:
        """What pandoc has said since its words stood at `where`."""
        self._said.seek(where)
        return self._said.read().strip()

    def _print(self, description: Path, kind: str) -> None:
        where = self._said.seek(0, os.SEEK_END)
        done = self._done(description)
        if not done and self._process:
            self._process.wait()
        said = self._words(where)
        if not done or "[WARNING]" in said:
            self._end()
            said = said or f"it was ended, or not done after {LIMIT} seconds: look at what was changed last"
            raise EngineError(f"pandoc could not convert the chapters to {kind}:\n{said}")

    def convert(self, book: Book, folder: Path, job: Job) -> Index:
        """Run bok.lua on the chapters in `folder`, and return what is then known of them.

        Raises EngineError with pandoc's own words when it fails.
        """
        description = write_job(book, self._paths, folder, job)
        with self._turn:
            self._print(description, job.format)
        return json.loads(job.file(folder, ".index").read_text(encoding="utf-8"))
