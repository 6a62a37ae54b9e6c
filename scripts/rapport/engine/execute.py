"""Chapters with their cells run: every cell and expression replaced by what it shows.

Inline expressions between two cells are evaluated together, each with its own line for errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rapport.engine.here import Here
from rapport.engine.kernel import Kernel, Task
from rapport.engine.outputs import results, shown
from rapport.engine.told import faults_of
from rapport.errors import RapportError
from rapport.source import INLINE, Cell, Piece, Text, line_of, pieces

TICKS = re.compile("`+")


def _inline_runs(chapter: Sequence[Piece]) -> list[tuple[int, list[str], list[int]]]:
    """For each text piece with inline expressions: (its index, the expressions, their lines)."""
    runs = []
    for at, piece in enumerate(chapter):
        if isinstance(piece, Text) and not piece.verbatim:
            found = list(INLINE.finditer(piece.text))
            lines = [piece.line - 1 + line_of(piece.text, m.start()) for m in found]
            if found:
                runs.append((at, [m["code"].strip() for m in found], lines))
    return runs


def _tasks(file: str, chapter: Sequence[Piece]) -> dict[int, Task]:
    """The task of each piece that has something to run, by the piece's index."""
    cells = [(at, piece) for at, piece in enumerate(chapter) if isinstance(piece, Cell)]
    tasks = {at: Task(file, cell.line, cell.code, cell.options) for at, cell in cells}
    for at, codes, lines in _inline_runs(chapter):
        tasks[at] = Task(file, lines[0], "", lines=tuple(lines), expressions=tuple(codes))
    return dict(sorted(tasks.items()))


def _fenced(text: str, kind: str = "") -> str:
    """The text as a block that nothing in it can end."""
    fence = "`" * max(4, *(len(run) + 1 for run in ["", *TICKS.findall(text)]))
    return f"{fence}{kind}\n{text}\n{fence}\n"


def _cell_markdown(cell: Cell, outputs: list[Any], echo: bool) -> str:
    """What a cell shows: its code when echoed, and its output, as Markdown or as text in a block."""
    if cell.options.get("include") == "false":
        return "\n"
    echoed = cell.options.get("echo", str(echo).lower()) == "true"
    parts = [_fenced(cell.code, "python")] if echoed else []
    parts += [f"{text}\n" if markdown else _fenced(text) for text, markdown in shown(cell.options, outputs)]
    return "\n" + "\n".join(parts) + "\n"


def _text_markdown(piece: Text, outputs: list[Any] | None) -> str:
    if not outputs:
        return piece.text
    given = iter(results(outputs))
    return INLINE.sub(lambda _m: next(given)["text"], piece.text)


def execute(
    sources: Mapping[str, str],
    runner: Kernel | Here,
    *,
    echo: bool,
    report: Callable[[int, int], None] = lambda d, t: None,
) -> dict[str, str]:
    """The chapters as Markdown with every cell and expression replaced by what it shows.

    sources: text by file. Raises RapportError with the file and line of every cell that failed.
    """
    chapters = {file: pieces(text) for file, text in sources.items()}
    tasks = {file: _tasks(file, chapter) for file, chapter in chapters.items()}
    flat = [task for file in tasks.values() for task in file.values()]
    starts = {id(next(iter(file.values()))) for file in tasks.values() if file}
    outputs = runner.run(flat, report, fresh=[id(task) in starts for task in flat])
    faults = [fault for task, output in zip(flat, outputs, strict=True) for fault in faults_of(task, output)]
    if faults:
        raise RapportError(*faults)
    by_task = {id(task): output for task, output in zip(flat, outputs, strict=True)}
    return {file: _assemble(chapters[file], tasks[file], by_task, echo) for file in chapters}


def _assemble(chapter: Sequence[Piece], tasks: dict[int, Task], outputs: dict[int, list[Any]], echo: bool) -> str:
    parts = []
    for at, piece in enumerate(chapter):
        given = outputs[id(tasks[at])] if at in tasks else None
        parts.append(
            _text_markdown(piece, given) if isinstance(piece, Text) else _cell_markdown(piece, given or [], echo)
        )
    return "".join(parts)
