"""figures/ computed in a process of its own, whose memory is free again before pandoc and Typst need theirs.

What it makes it keeps in the project's store; how that is to be remembered it hands to the build, which knows whether
the files it read are the same.
"""

from __future__ import annotations

from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Any

from rapport.beginning import context
from rapport.calculation import Drawn, work
from rapport.ending import ended
from rapport.paths import Paths
from rapport.steps import Steps
from rapport.steps.step import Blob

GLANCE = 0.1  # seconds from one look to the next whether it is wanted at all


def _next(said: Connection, unwanted: Event) -> tuple[Any, ...]:
    """What is said next. Raises CancelledError when nobody wants to hear it any longer."""
    while not said.poll(GLANCE):
        if unwanted.is_set():
            raise CancelledError
    return said.recv()


def _listen(said: Connection, steps: Steps, drawn: Drawn, unwanted: Event) -> tuple[str, Any]:
    """Hand on what is said until the last of it: «made», with the files and how to remember them, or «failed»."""
    while True:
        try:
            what, *of = _next(said, unwanted)
        except EOFError:
            raise BrokenProcessPool("the process that computes figures was ended") from None
        if what == "event":
            steps.heard(*of)
        elif what == "drawn":
            facts, content = of
            drawn(facts, steps.store.blob(*content))
        else:
            return what, of[0]


def _begun(paths: Paths) -> tuple[BaseProcess, Connection]:
    """A process at work, and what it says."""
    begins = context()
    ear, mouth = begins.Pipe(duplex=False)
    process = begins.Process(target=work, args=(paths, mouth))
    process.start()
    mouth.close()
    return process, ear


class Computing:
    """The process; a context manager. It has said all when its block ends, or is ended when the block fails.

    It is begun when its files are asked for, or by `begin`, best where no thread is: see beginning.py.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths, self._unwanted = paths, Event()
        self._begun: tuple[BaseProcess, Connection] | None = None

    def __enter__(self) -> Computing:
        return self

    def __exit__(self, kind: object, *_exc: object) -> None:
        if not self._begun:
            return
        process, said = self._begun
        said.close()
        if kind:
            process.terminate()
            ended(process)
        else:
            Thread(target=ended, args=(process,)).start()  # nobody waits for it but Python, before it ends

    def begin(self) -> Connection:
        """Begin the process, once; what it says."""
        self._begun = self._begun or _begun(self._paths)
        return self._begun[1]

    def give_up(self) -> None:
        """Nobody wants the files any longer: who waits for them need not."""
        self._unwanted.set()

    def files(self, steps: Steps, drawn: Drawn) -> dict[str, Blob]:
        """Every file of figures/ by name; `drawn` hears of each figure early. `steps` keep results in the project.

        Raises DataError or NumberError, BrokenProcessPool when the process is ended from outside, and CancelledError
        when it is given up before all is made.
        """
        what, last = _listen(self.begin(), steps, drawn, self._unwanted)
        if what == "failed":
            raise last
        files, made = last
        steps.made |= made
        return {name: steps.store.blob(*content) for name, content in files.items()}
