"""`make bench`: whole processes, timed from outside, with the memory of the process and all its children.

Prints a table; judges nothing. Each row runs once for its memory and then several times for its time, in a copy of the
project, after what the row says was changed. Quarto is timed too where it is found; synthetic reports show the growth.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import psutil

from copies import copy_parts
from rapport.engine.quarto import find_quarto
from scale import grow

RUNS = 5
SIZES = (1, 10, 100)  # of synthetic reports; the last takes minutes

Change = Callable[[Path, int], None]


@dataclass(frozen=True)
class Row:
    """A line of the table: what is run, and what is done to the folder before each run, numbered from 0."""

    title: str
    arguments: list[str]
    before: Change
    runs: int = RUNS
    program: list[str] = field(default_factory=lambda: [sys.executable, "-m", "rapport"])


def nothing(_folder: Path, _number: int) -> None:
    """No change."""


def clear(folder: Path, _number: int) -> None:
    """Move away what earlier runs made; figures/ stays as an empty folder.

    Not deleted: right after two thousand files are, the system takes 0.2 s more for new ones, and nobody who builds
    from nothing has deleted any.
    """
    away = Path(tempfile.mkdtemp(dir=folder.parent))
    for name in ("figures", ".cache", "_site"):
        if (folder / name).exists():
            (folder / name).rename(away / name)
    (folder / "figures").mkdir()


def sentence(folder: Path, number: int) -> None:
    """A sentence more in a chapter, one that no earlier run has seen."""
    path = next(path for name in ("06-arbeidsgivere", "k003") if (path := folder / f"chapters/{name}.qmd").is_file())
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nEn setning til{' og enda en' * number}.\n", encoding="utf-8")


def cell(folder: Path, number: int) -> None:
    """Another value in the cell for 2022."""
    path = folder / "data" / "deltakere.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^2022,\d+,", f"2022,{5600 + number},", text, flags=re.MULTILINE), encoding="utf-8")


def tree_memory(process: psutil.Process) -> int:
    """Bytes of a process and all its descendants now; where the system tells, shared pages count once."""
    total = 0
    for member in [process, *process.children(recursive=True)]:
        try:
            memory = member.memory_full_info()
            total += getattr(memory, "pss", memory.rss)
        except psutil.Error:
            continue
    return total


def start(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """The command, silent, in the folder."""
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def seconds(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall time of one run, with nothing watching it, and the processor time of it and the processes it waited for."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    if start(command, folder).wait() != 0:
        raise SystemExit(f"{' '.join(command)} failed")
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def megabytes(command: list[str], folder: Path) -> float:
    """Peak memory of the process tree in a run of its own, as watching takes time."""
    child = start(command, folder)
    process, peak = psutil.Process(child.pid), 0
    while child.poll() is None:
        try:
            peak = max(peak, tree_memory(process))
        except psutil.Error:
            break
        time.sleep(0.05)
    child.wait()
    return peak / 1e6


def measure(row: Row, folder: Path) -> float:
    """Print the row: median and range of the seconds, median processor time, peak memory. Returns the first."""
    command = [*row.program, *row.arguments]
    row.before(folder, 0)
    memory = megabytes(command, folder)
    runs = []
    for number in range(1, row.runs + 1):
        row.before(folder, number)
        runs.append(seconds(command, folder))
    walls, processor = [run[0] for run in runs], statistics.median(run[1] for run in runs)
    median, spread = statistics.median(walls), f"{min(walls):.2f}–{max(walls):.2f}"
    print(f"| {row.title:<46} | {median:>8.2f} | {spread:>13} | {processor:>6.2f} | {memory:>11.0f} |", flush=True)
    return median


def report_rows() -> list[Row]:
    """Those of the report itself."""
    both, whole = ["render", "--to", "html,pdf"], ["render"]
    return [
        Row("rapport --help", ["--help"], nothing),
        Row("figures, from nothing", ["figures"], clear),
        Row("HTML and PDF, from nothing", both, clear),
        Row("HTML and PDF, nothing changed", both, nothing),
        Row("HTML and PDF, one sentence changed", both, sentence),
        Row("HTML and PDF, one CSV cell changed", both, cell),
        Row("all formats, from nothing", whole, clear),
        Row("all formats, one sentence changed", whole, sentence),
    ]


def growth(folder: Path) -> None:
    """Synthetic reports of 6, 60 and 600 chapters and figures: from nothing, and with a sentence changed."""
    seconds = {}
    for size in SIZES:
        project = copy_parts(folder / f"size-{size}", "_extensions")
        grow(project, size)
        runs = 1 if size > 1 else RUNS
        row = Row(f"{size} × 6 chapters, from nothing", ["render", "--to", "html"], clear, runs)
        seconds[size] = measure(row, project)
        measure(Row(f"{size} × 6 chapters, one sentence changed", ["render", "--to", "html"], sentence, runs), project)
    first, second = pairwise(SIZES)
    small, large = ((seconds[more] - seconds[less]) / (more - less) for less, more in (first, second))
    print(f"Six chapters more take {small:.2f} s at first and {large:.2f} s later: {large / small:.2f} times.")


def against_quarto(folder: Path, ours: float) -> None:
    """Quarto's time for HTML and PDF, and how many times ours it is; said, not guessed, where there is none."""
    quarto = find_quarto()
    if quarto is None:
        print("Quarto was not found, and is not compared.")
        return
    theirs = measure(Row("Quarto, HTML and PDF, from nothing", ["render"], clear, 2, [quarto]), folder)
    print(f"Quarto takes {theirs / ours:.1f} times as long.")


def main() -> None:
    """Run every row and print the table."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"{RUNS} runs each, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"| {'command':<46} | median s | range s       | CPU s  | peak MB all |")
    print(f"|{'-' * 48}|---------:|:-------------:|-------:|------------:|")
    with tempfile.TemporaryDirectory() as name:
        project = copy_parts(Path(name) / "report", "_extensions")
        medians = {row.title: measure(row, project) for row in report_rows()}
        growth(Path(name))
        against_quarto(project, medians["HTML and PDF, from nothing"])


if __name__ == "__main__":
    main()
