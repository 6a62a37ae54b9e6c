"""figures/ computed: in this process, or as the work of a process of its own, which tells what it makes.

Loads pandas and Altair, and has the processes that draw: V8 and Vega end with it.
"""

from __future__ import annotations

import gc
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING, Any

from rapport.ending import end_with_parent, leave_interrupts, left_when_asked
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


def compute_here(
    paths: Paths, steps: Steps, drawn: Drawn = lambda _facts, _svg: None, block: Block | None = None
) -> tuple[Data, dict[str, Content]]:
    """The data package and every file of figures/ by name, in this process. Raises DataError or NumberError.

    All is done in `block`, entered when what draws has begun; when it is left, the processes that draw are ended.
    """
    from rapport.draw import warm_up

    with Workers(nice=0) as workers:  # all the rest waits for drawings
        workers.submit(warm_up)  # beside what is loaded here, and before the block, which may have a thread
        with block or nullcontext():
            gc.disable()  # what is loaded stays: no need to look through it for what is no longer used, now or later
            from rapport.data import load
            from rapport.described import remembered_faults
            from rapport.design import load_tokens
            from rapport.pipeline import compute

            gc.freeze()
            gc.enable()
            data = load(paths.data, remembered_faults(steps))
            return data, compute(data, load_tokens(paths.theme), workers, steps, drawn)


@contextmanager
def _at_work() -> Iterator[None]:
    """The block ends with the process that wants it, and is left when this one is asked to."""
    end_with_parent()
    with left_when_asked():
        yield


def _tell(paths: Paths, say: Say) -> None:
    """Compute, and say what becomes of each step, each figure that is drawn, and at last the files."""
    steps = kept_steps(paths, lambda event: say("event", event))
    _data, files = compute_here(
        paths, steps, lambda facts, svg: say("drawn", facts, (svg.digest, svg.size)), _at_work()
    )
    blobs = {name: steps.keep(content) for name, content in files.items()}
    say("made", ({name: (blob.digest, blob.size) for name, blob in blobs.items()}, steps.made))


def work(paths: Paths, out: Connection) -> None:
    """All that the process does. An error is told without its traceback, which cannot leave: `--debug` shows a note."""
    leave_interrupts()
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
