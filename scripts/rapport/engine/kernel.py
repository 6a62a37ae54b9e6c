"""One kernel for the whole book, run by nbclient: code in, outputs back.

Knows the interpreter and nothing of chapters.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Evaluates the inline expressions of one stretch of text; each may fail by itself.
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
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook cell: where it comes from, and the lines of its inline expressions."""

    file: str
    line: int
    code: str
    lines: tuple[int, ...] = ()


class Kernel:
    """A kernel that runs in the project's root; a context manager that always shuts it down."""

    def __init__(self, root: Path) -> None:
        from jupyter_client.manager import KernelManager

        self.root = root
        # Sockets in a file where the system has them: nothing listens on the network.
        transport = "tcp" if sys.platform == "win32" else "ipc"
        self.manager = KernelManager(kernel_name="python3", transport=transport)
        # Whatever kernelspec the machine has, the report runs with the interpreter that builds it.
        spec = self.manager.kernel_spec
        assert spec is not None
        spec.argv = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self.manager.start_kernel(cwd=str(root))

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.manager.shutdown_kernel(now=True)

    def run(self, tasks: list[Task], report: Callable[[int, int], None] = lambda done, total: None) -> list[Any]:
        """The outputs of each task's cell, in order; errors are outputs like any other."""
        import nbformat
        from nbclient import NotebookClient

        cells = [nbformat.v4.new_code_cell(code) for code in [BOOTSTRAP, *(task.code for task in tasks)]]
        notebook = nbformat.v4.new_notebook(cells=cells)
        client = NotebookClient(
            notebook, km=self.manager, allow_errors=True, timeout=120, shutdown_kernel="immediate",
            on_cell_executed=lambda cell_index, **_: report(cell_index, len(tasks)),
        )  # fmt: skip
        client.execute(cleanup_kc=False)
        return [cell["outputs"] for cell in notebook.cells[1:]]
