"""One kernel for the whole book, run by nbclient: code in, outputs back.

Knows the interpreter, and nothing of chapters but where they lie.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from rapport.engine.bootstrap import BOOTSTRAP
from rapport.engine.outputs import gathered
from rapport.errors import EngineError, Place
from rapport.paths import FILES, FOLDERS

# How long a cell may take, in seconds; another number is read from the environment's variable.
SECONDS, VARIABLE = 120, "RAPPORT_CELL_SECONDS"
MOST_PRINTED = 2_000_000  # characters; the longest chapter is a twentieth of it


def cell_seconds() -> int:
    """How long a cell may take. Raises EngineError when the environment says something that is no number of seconds."""
    text = os.environ.get(VARIABLE, str(SECONDS))
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise EngineError(f"{VARIABLE}={text}: expected a number of seconds.\n  To mend it: write {SECONDS}, say.")
    return int(text)


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook cell: where it comes from; or inline expressions, evaluated together, and the line of each."""

    file: str
    line: int
    code: str
    options: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    expressions: tuple[str, ...] = ()


def _stopped(task: Task | None, error: Exception, seconds: int) -> EngineError:
    """What is told when a cell does not come to its end."""
    if task is None:
        return EngineError(f"the notebook kernel does not answer: {error}\n  To mend it: run `rapport doctor`.")
    if isinstance(error, TimeoutError):
        remedy = f"make the cell end, or allow it more with the environment's variable {VARIABLE}"
        return EngineError(Place(file=task.file, line=task.line, remedy=remedy,
                                 problem=f"the cell is not done after {seconds} seconds"))  # fmt: skip
    remedy = "look for what ends the interpreter (os._exit, a signal, too little memory)"
    return EngineError(Place(file=task.file, line=task.line, problem="the kernel died in this cell", remedy=remedy))


class Kernel:
    """A kernel that runs in the project's root; a context manager that always shuts it down."""

    def __init__(self, root: Path, environment: Mapping[str, str] | None = None) -> None:
        self.root = root
        self._environment = {**os.environ, **(environment or {})}
        self._start()

    def _start(self) -> None:
        from jupyter_client.asynchronous.client import AsyncKernelClient
        from jupyter_client.manager import KernelManager

        self._told = False
        self.sockets = Path(tempfile.mkdtemp(prefix="rapport-"))
        # With the client of its own choice, which blocks, nbclient's time limit never comes.
        self.manager = KernelManager(kernel_name="python3", client_factory=AsyncKernelClient)
        if sys.platform != "win32":  # sockets in a folder of our own: nothing listens on the network
            self.manager.transport, self.manager.ip = "ipc", str(self.sockets / "k")
        # Whatever kernelspec the machine has, the report runs with the interpreter that builds it.
        spec = self.manager.kernel_spec
        assert spec is not None
        spec.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}",
                     "--HistoryManager.enabled=False"]  # fmt: skip
        # What cells say comes with their outputs; what the kernel says besides is for those who mend kernels.
        self.manager.start_kernel(cwd=str(self.root), env=self._environment, stdout=DEVNULL, stderr=DEVNULL)

    def _end(self) -> None:
        self.manager.shutdown_kernel(now=True)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._end()

    def _first(self) -> str:
        """What goes before the first cell: once, as it notes down what each chapter begins with."""
        told, self._told = self._told, True
        return "" if told else f"{BOOTSTRAP}__rapport_bound__({MOST_PRINTED})\n__rapport_keep__({FOLDERS}, {FILES})"

    def run(
        self,
        tasks: Sequence[Task],
        report: Callable[[int, int], None] = lambda done, total: None,
        fresh: Sequence[bool] = (),
    ) -> list[Any]:
        """The outputs of each task's cell, in order; errors are outputs like any other.

        `fresh` says of each task whether names defined before it are forgotten first.
        """
        import nbformat
        from nbclient import NotebookClient

        codes, places = [self._first()], []
        for number, task in enumerate(tasks):
            if number < len(fresh) and fresh[number]:
                codes.append("__rapport_fresh__()")
            places.append(len(codes))
            codes.append(f"__rapport_inline__({list(task.expressions)!r})" if task.lines else task.code)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in codes])
        started, seconds = [0], cell_seconds()
        replies: dict[int, Any] = {}

        def executed(cell_index: int, execute_reply: Any, **_: object) -> None:
            replies[cell_index] = execute_reply["content"]
            report(cell_index, len(codes) - 1)

        client = NotebookClient(
            notebook, km=self.manager, allow_errors=True, timeout=seconds, shutdown_kernel="immediate",
            on_cell_start=lambda cell_index, **_: started.append(cell_index),
            on_cell_executed=executed,
        )  # fmt: skip
        try:
            client.execute(cleanup_kc=False)
        except (RuntimeError, TimeoutError) as error:  # the kernel died, hung or never answered
            task = next((task for task, place in zip(tasks, places, strict=True) if place >= started[-1] > 0), None)
            self._end()  # it is gone or still busy; the next chapter, which is not to blame, gets another
            self._start()
            raise _stopped(task, error, seconds) from error
        return [gathered(notebook.cells[place]["outputs"], replies.get(place, {})) for place in places]
