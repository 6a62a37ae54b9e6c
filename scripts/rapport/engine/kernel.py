"""One kernel for the whole book, run by nbclient: code in, outputs back.

Knows the interpreter and nothing of chapters.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.errors import EngineError

# Evaluates the inline expressions of one stretch of text, each of which may fail by itself; and forgets
# the names of one chapter before the next, which in Quarto has a kernel of its own.
BOOTSTRAP = """
def __rapport_inline__(items):
    from IPython import get_ipython
    from IPython.display import display
    space, results = get_ipython().user_ns, []
    for code in items:
        try:
            value = eval(code, space)
            show = getattr(value, "_repr_markdown_", None)
            results.append({"text": show() if show else str(value)})
        except Exception as error:
            results.append({"ename": type(error).__name__, "evalue": str(error)})
    display({"application/json": results}, raw=True)

def __rapport_fresh__():
    for name in [name for name in __rapport_space__ if not (name.startswith("_") or name in __rapport_kept__)]:
        del __rapport_space__[name]

__rapport_space__ = get_ipython().user_ns
__rapport_kept__ = set(__rapport_space__)
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook cell: where it comes from; or inline expressions, evaluated together, and the line of each."""

    file: str
    line: int
    code: str
    lines: tuple[int, ...] = ()
    expressions: tuple[str, ...] = ()


class Kernel:
    """A kernel that runs in the project's root; a context manager that always shuts it down."""

    def __init__(self, root: Path, environment: Mapping[str, str] | None = None) -> None:
        from jupyter_client.manager import KernelManager

        self.root = root
        self.sockets = Path(tempfile.mkdtemp(prefix="rapport-"))
        self.manager = KernelManager(kernel_name="python3")
        if sys.platform != "win32":  # sockets in a folder of our own: nothing listens on the network
            self.manager.transport, self.manager.ip = "ipc", str(self.sockets / "k")
        # Whatever kernelspec the machine has, the report runs with the interpreter that builds it.
        spec = self.manager.kernel_spec
        assert spec is not None
        spec.argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self.manager.start_kernel(cwd=str(root), env={**os.environ, **(environment or {})})

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.manager.shutdown_kernel(now=True)
        shutil.rmtree(self.sockets, ignore_errors=True)

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

        codes, places = [BOOTSTRAP], []
        for number, task in enumerate(tasks):
            if number < len(fresh) and fresh[number]:
                codes.append("__rapport_fresh__()")
            places.append(len(codes))
            codes.append(f"__rapport_inline__({list(task.expressions)!r})" if task.lines else task.code)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in codes])
        client = NotebookClient(
            notebook, km=self.manager, allow_errors=True, timeout=120, shutdown_kernel="immediate",
            coalesce_streams=True,  # a long text arrives in pieces on a busy machine
            on_cell_executed=lambda cell_index, **_: report(cell_index, len(codes) - 1),
        )  # fmt: skip
        try:
            client.execute(cleanup_kc=False)
        except (RuntimeError, TimeoutError) as error:  # the kernel died, hung or never answered
            raise EngineError(f"the notebook kernel failed: {error}\n  To mend it: run `rapport doctor`.") from error
        return [notebook.cells[place]["outputs"] for place in places]
