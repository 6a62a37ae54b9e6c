"""What went wrong in cells and expressions, as it is told, with its place. Knows tasks and their outputs."""

from __future__ import annotations

import re
from typing import Any

from rapport.engine.kernel import Task
from rapport.engine.outputs import results, uncoloured
from rapport.engine.unfit import unfit
from rapport.errors import Place, excerpt

SOURCE = re.compile(r" \((?:\d+\.py|<string>), line \d+\)$")  # what a syntax error calls the cell
LONGEST, MOST_LINES = 400, 8  # of an error's message: letters of a line, and lines


def _message(text: str) -> str:
    """What an error says, a line of it a line, as far as anybody reads it."""
    lines = [line for line in SOURCE.sub("", uncoloured(text)).splitlines() if line.strip()]
    more = f" … ({len(lines)} lines)" if len(lines) > MOST_LINES else ""
    return "\n    ".join(excerpt(line, LONGEST) for line in lines[:MOST_LINES]) + more


def _place(task: Task, line: int, ename: str, evalue: str) -> Place:
    problem, _, remedy = evalue.partition("\n  To mend it: ")
    if not remedy:
        said = f"the cell fails: {ename}: {_message(evalue)}".rstrip(": ")
        problem, remedy = said, "run the cell in a notebook to see where it fails"
    return Place(file=task.file, line=line, problem=problem, remedy=remedy)


def _error(task: Task, output: Any) -> Place:
    """An error of a cell, at the line of its code that it came through, where that is known."""
    line = task.line + len(task.options) + output["line"] if output.get("line") else task.line
    return _place(task, line, output["ename"], output["evalue"])


def faults_of(task: Task, outputs: list[Any]) -> list[Place]:
    """Every error of a task, of each expression by itself, and what it shows that no page can hold."""
    ended = [_error(task, output) for output in outputs if output["output_type"] == "error"]
    given = results(outputs) if task.lines else []
    failed = [(line, result) for line, result in zip(task.lines, given, strict=bool(given)) if "ename" in result]
    told = [_place(task, line, result["ename"], result["evalue"]) for line, result in failed]
    return [*ended, *told, *unfit(task, outputs)]
