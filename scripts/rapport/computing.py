"""figures/ computed in a process of its own, whose memory is free again before pandoc and Typst need theirs.

It holds pandas and Altair, and has the processes that draw: V8 and Vega end with it. What it makes it keeps in the
project's store; how that is to be remembered it hands to the build, which knows whether the files it read are the same.
"""

from __future__ import annotations

import gc
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from rapport.ending import end_with_parent, ended, left_when_asked
from rapport.errors import RapportError
from rapport.mishaps import told
from rapport.paths import Paths
from rapport.remembered import kept_steps
from rapport.steps import Steps
from rapport.steps.step import Blob, Content
from rapport.workers import Workers

if TYPE_CHECKING:
    from rapport.data import Data

Drawn = Callable[[Mapping[str, Any], Blob], None]
Say = Callable[..., None]
Block = AbstractContextManager[None]
GLANCE = 0.1  # seconds from one look to the next whether it is wanted at all


def compute_here(
    paths: Paths, steps: Steps, drawn: Drawn = lambda _facts, _svg: None, block: Block | None = None
) -> tuple[Data, dict[str, Content]]:
    """The data package and every file of figures/ by name, in this process. Raises DataError or NumberError.

    All is done in `block`; when it is left, the processes that draw are ended.
    """
    from rapport.draw import warm_up

    with Workers(nice=0) as workers, block or nullcontext():  # all the rest waits for drawings
        workers.submit(warm_up)  # beside what is loaded here
        gc.disable()  # what is loaded stays: no need to look through it for what is no longer used, now or later
        from rapport.data import load
        from rapport.described import remembered_faults
        from rapport.design import load_tokens
        from rapport.pipeline import compute

        gc.freeze()
        gc.enable()
        data = load(paths.data, remembered_faults(steps))
        return data, compute(data, load_tokens(paths.theme), workers, steps, drawn)


def _tell(paths: Paths, say: Say) -> None:
    """Compute, and say what becomes of each step, each figure that is drawn, and at last the files."""
    steps = kept_steps(paths, lambda event: say("event", event))
    _data, files = compute_here(
        paths, steps, lambda facts, svg: say("drawn", facts, (svg.digest, svg.size)), left_when_asked()
    )
    blobs = {name: steps.keep(content) for name, content in files.items()}
    say("made", ({name: (blob.digest, blob.size) for name, blob in blobs.items()}, steps.made))


def _work(paths: Paths, out: Connection) -> None:
    """The process. An error is told without its traceback, which cannot leave; `--debug` shows it as a note."""
    end_with_parent()
    # No threads of OpenBLAS, which wait at full speed, and no IPython, which Great Tables asks where a table is shown.
    os.environ.update({"OPENBLAS_NUM_THREADS": "1", "QUARTO_BIN_PATH": ""} | os.environ)
    turn = Lock()

    def say(*what: Any) -> None:
        with turn:
            out.send(what)

    try:
        _tell(paths, say)
    except Exception as error:
        said = error if isinstance(error, RapportError) else told(error)
        said.add_note("".join(traceback.format_exception(error)))
        say("failed", said)


@contextmanager
def _process(paths: Paths) -> Iterator[Connection]:
    """What the process says. It has said all when the block ends, or is ended when the block fails."""
    context = get_context("spawn")
    ear, mouth = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(paths, mouth))
    process.start()
    mouth.close()
    with ear:
        try:
            yield ear
        except BaseException:
            process.terminate()
            ended(process)
            raise
    Thread(target=ended, args=(process,)).start()  # nobody waits for it but Python, before it ends


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


def computed(paths: Paths, steps: Steps, drawn: Drawn, unwanted: Event) -> dict[str, Blob]:
    """Every file of figures/ by name; `drawn` is told of each figure early. `steps` keep their results in the project.

    Raises DataError or NumberError, BrokenProcessPool when the process is ended from outside, and CancelledError
    when `unwanted` is set before all is made.
    """
    with _process(paths) as said:
        what, last = _listen(said, steps, drawn, unwanted)
    if what == "failed":
        raise last
    files, made = last
    steps.made |= made
    return {name: steps.store.blob(*content) for name, content in files.items()}
