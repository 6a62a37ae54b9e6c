"""The loop of a preview: build, show, wait for a change, and again, until it is interrupted."""

from __future__ import annotations

import os
import signal
import sys
import time
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from rapport.paths import Paths
from rapport.preview.board import Board, View
from rapport.preview.child import Outcome, build, render_command
from rapport.preview.server import serving
from rapport.preview.site import read_site
from rapport.preview.watch import Look, changed, look, wait

NAMED = 3  # changed files that a line names
PATIENCE = 3  # builds in a row that may be overtaken by what is saved
LONGEST = 60  # seconds between builds that see files change each time


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _names(files: Sequence[str]) -> str:
    more = len(files) - NAMED
    return ", ".join(files[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _tell(outcome: Outcome, seconds: float) -> None:
    clock = time.strftime("%H:%M:%S")
    if outcome.good:
        _say(f"{clock}  {outcome.text.splitlines()[-1] if outcome.text else 'built'}")
        return
    _say(outcome.text)
    _say(f"{clock}  {outcome.where or 'the build'}: failed after {seconds:.1f} s; the last good page stays")


def build_once(
    command: Sequence[str], paths: Paths, folder: Path, board: Board, seen: Look, patient: bool
) -> list[str]:
    """One build, and what it gave on the board: the new site, or why the old one stays. Returns what changed meanwhile.

    A build that failed is told later when files changed meanwhile and we are patient: the next one begins at once.
    """
    board.put(building=True)
    started = time.perf_counter()
    outcome = build(command, paths.root)
    meanwhile = changed(seen, look(paths.root, seen))
    if outcome.good or not (meanwhile and patient):
        site = read_site(folder) if outcome.good else board.view.site
        board.put(building=False, site=site, failure=outcome.failure)
        _tell(outcome, time.perf_counter() - started)
    return meanwhile


def interruptible() -> Callable[[float], None]:
    """Make Ctrl-C and SIGTERM end what is done, and return a `sleep` that remembers them.

    Python drops an interruption that falls into a callback of its own; it then ends the next sleep.
    """
    asked = Event()

    def ask(*_signal: object) -> None:
        asked.set()
        raise KeyboardInterrupt

    def sleep(seconds: float) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        time.sleep(seconds)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return sleep


def _hold(rounds: int, files: Sequence[str], sleep: Callable[[float], object]) -> None:
    """Wait longer each time when every build sees files change: it may be the builds that write them."""
    seconds = min(2 ** (rounds - PATIENCE), LONGEST)
    _say(f"{_names(files)} changed during each of the last {rounds} builds; when nobody saves it, a build writes it: "
         f"find what does. The next build begins in {seconds} s.")  # fmt: skip
    sleep(seconds)


def follow(
    command: Sequence[str], paths: Paths, folder: Path, board: Board, sleep: Callable[[float], object] = time.sleep
) -> None:
    """Build now and after every change, for ever. A change during a build is seen when the build has ended."""
    seen: Look = look(paths.root)
    rounds = 0  # builds in a row during which something changed
    while True:
        meanwhile = build_once(command, paths, folder, board, seen, patient=rounds < PATIENCE)
        rounds = rounds + 1 if meanwhile else 0
        if rounds > PATIENCE:
            _hold(rounds, meanwhile, sleep)
        now = wait(paths.root, {} if meanwhile else seen, sleep)
        _say(f"{time.strftime('%H:%M:%S')}  changed: {_names(changed(seen, now) or meanwhile)}")
        seen = now


def _has_screen() -> bool:
    """Whether a browser opened here would be seen: not in a job, nor on a machine without a screen."""
    shown = (
        os.name == "nt" or sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return bool(shown) and sys.stderr.isatty()


def run_preview(paths: Paths, port: int | None, formats: str, opened: bool | None) -> None:
    """`rapport preview`: serve and follow until Ctrl-C. `opened`: open a browser; None where one would be seen."""
    folder = paths.cache / "preview" / "site"
    board = Board(View(read_site(folder)))
    sleep = interruptible()
    with serving(board, port) as server:
        _say(f"{server.address}  shows the report and follows what you save; Ctrl-C ends it")
        if _has_screen() if opened is None else opened:
            webbrowser.open(server.address)
        try:
            follow(render_command(paths, formats, folder), paths, folder, board, sleep)
        except KeyboardInterrupt:
            _say("\nended; nothing is served any longer")
