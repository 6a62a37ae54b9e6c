"""How a process beside the build begins: as a copy where nothing else is at work, and what must not be at work then."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rapport import beginning, progress
from rapport.computing import Computing
from rapport.figure_files import FigureMaker
from rapport.inputs import read_inputs
from rapport.paths import Paths
from rapport.remembered import kept_steps
from rapport.steps import Event

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say how many threads a process has")


@contextmanager
def another_thread() -> Iterator[None]:
    """A thread that is at work, or waits, beside this one."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def tasks(folder: Path, number: int) -> Path:
    """What the system says of a process with so many threads."""
    folder.mkdir()
    for name in range(number):
        (folder / str(name)).mkdir()
    return folder


@pytest.mark.parametrize(("threads", "how"), [(1, "fork"), (2, "spawn")])
def test_only_a_process_with_one_thread_is_copied(
    threads: int, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A lock that another thread holds would never be freed in a copy."""
    monkeypatch.setattr(beginning, "THREADS", tasks(tmp_path / "task", threads))
    assert beginning.context().get_start_method() == how


def test_no_process_is_copied_where_nobody_says_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Systems other than Linux do not tell of the threads that libraries have."""
    monkeypatch.setattr(beginning, "THREADS", tmp_path / "not there")
    assert beginning.context().get_start_method() == "spawn"


@linux
def test_a_thread_of_ones_own_is_counted():
    """What Linux says follows what Python does."""
    with another_thread():
        assert beginning.context().get_start_method() == "spawn"


class Terminal:
    """Standard error that says it is a terminal."""

    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass


def test_lines_of_progress_begin_with_the_first_step(monkeypatch: pytest.MonkeyPatch):
    """On a terminal a thread keeps them moving: figures are begun before, and the lines are gone at the end."""
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    before = threading.active_count()
    with progress.progress("render") as tell:
        assert (threading.active_count(), terminal.written) == (before, "")
        tell(Event("cells index.qmd", True, "not made before", 0.1, 10))
        assert threading.active_count() == before + 1
        tell(Event("page index.qmd", True, "not made before", 0.1, 10))
    end = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.01)
    assert threading.active_count() == before
    assert "index.qmd" in terminal.written


def test_progress_of_nothing_shows_nothing(monkeypatch: pytest.MonkeyPatch):
    """A build that is stopped before its first step leaves the terminal as it is."""
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress.progress("render"):
        pass
    assert terminal.written == ""


@pytest.mark.parametrize("kept", [True, False])
def test_what_computes_is_begun_before_any_thread(kept: bool, paths: Paths, monkeypatch: pytest.MonkeyPatch):
    """By the thread that asks for figures, and before it has others; not at all where figures are kept."""
    begun: list[tuple[str, int]] = []
    threads = threading.active_count()
    monkeypatch.setattr(
        Computing, "begin", lambda _self: begun.append((threading.current_thread().name, threading.active_count()))
    )
    monkeypatch.setattr(Computing, "files", lambda *_how: {"manifest.json": "{}"})
    steps = kept_steps(paths)
    monkeypatch.setattr(steps, "known", lambda _step: kept)
    maker = FigureMaker(paths)
    monkeypatch.setattr(FigureMaker, "_root", lambda *_how: {})
    monkeypatch.setattr(steps, "run", lambda step: step.make(None))
    maker.make(read_inputs(paths), steps)
    assert begun == ([] if kept else [(threading.current_thread().name, threads)])
