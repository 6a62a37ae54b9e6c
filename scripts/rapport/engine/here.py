"""Cells that only call the report's helpers, run in this process: no kernel has to start for them.

They give what a kernel would give, in the same form (tests/test_here.py compares them). Knows no chapter.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from traceback import extract_tb
from typing import Any

from rapport.engine.kernel import Task
from rapport.engine.outputs import JSON, MARKDOWN, PLAIN

NAME = "<cell>"  # of its code, in tracebacks
Output = dict[str, Any]


def _markdown(value: Any) -> str | None:
    show = getattr(value, "_repr_markdown_", None)
    return show() if show else None


def _inline(code: str, space: dict[str, Any]) -> dict[str, str]:
    """One inline expression, as the kernel's `__rapport_inline__` tells it."""
    try:
        value = eval(code, space)
    except Exception as error:  # whatever a helper raises is told with the line it stands on
        return {"ename": type(error).__name__, "evalue": str(error)}
    shown = _markdown(value)
    return {"text": str(value) if shown is None else shown}


def _shown(value: Any) -> Output:
    """The output of a cell whose last expression is `value`."""
    data, text = {PLAIN: repr(value)}, _markdown(value)
    return {"output_type": "execute_result", "data": data if text is None else data | {MARKDOWN: text}}


def _run(code: str, space: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line, where that is an expression."""
    body = ast.parse(code).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), NAME, "exec", dont_inherit=True), space)
    return eval(compile(ast.Expression(last.value), NAME, "eval", dont_inherit=True), space) if last else None


def _error(error: Exception) -> Output:
    """An error of a cell, with the innermost line of the cell that it came through."""
    lines = [step.lineno for step in extract_tb(error.__traceback__) if step.filename == NAME]
    return {"output_type": "error", "ename": type(error).__name__, "evalue": str(error), "line": (lines or [None])[-1]}


def _cell(code: str, space: dict[str, Any]) -> list[Output]:
    printed, shown = io.StringIO(), []
    try:
        with redirect_stdout(printed):
            value = _run(code, space)
        shown = [] if value is None else [_shown(value)]
    except Exception as error:
        shown = [_error(error)]
    text = printed.getvalue()
    return ([{"output_type": "stream", "name": "stdout", "text": text}] if text else []) + shown


class Here:
    """Runs tasks as Kernel does, in this process."""

    def run(
        self,
        tasks: Sequence[Task],
        report: Callable[[int, int], None] = lambda done, total: None,
        fresh: Sequence[bool] = (),
    ) -> list[list[Output]]:
        """The outputs of each task's cell, in order; `fresh` says where names defined before are forgotten."""
        space: dict[str, Any] = {}
        outputs = []
        for number, task in enumerate(tasks):
            if number < len(fresh) and fresh[number]:
                space = {}
            report(number, len(tasks))
            if task.lines:
                results = [_inline(code, space) for code in task.expressions]
                outputs.append([{"output_type": "display_data", "data": {JSON: results}}])
            else:
                outputs.append(_cell(task.code, space))
        return outputs
