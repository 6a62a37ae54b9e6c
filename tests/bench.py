"""`make bench`: whole processes, timed from outside, with the memory of the process and all its children.

Prints a table; judges nothing. Each command runs once for its memory and then RUNS times for its time, in
a copy of the project, from nothing where the row says so.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("_quarto.yml", "index.qmd", "references.bib", "chapters", "data", "figures", "theme")
RUNS = 5
ROWS = (
    ("rapport --help", ["--help"], ()),
    ("rapport figures, from nothing", ["figures"], ("figures", ".cache")),
    ("rapport render --to html, from nothing", ["render", "--to", "html"], ("figures", ".cache", "_site")),
    ("rapport render (HTML + PDF), from nothing", ["render"], ("figures", ".cache", "_site")),
    ("rapport render, nothing changed", ["render"], ()),
    ("rapport render, one sentence changed", ["render"], (), ("chapters/06-arbeidsgivere.qmd", "\nEn setning til.\n")),
    ("rapport render, one CSV cell changed", ["render"], (), ("data/deltakere.csv", "")),
)


def copy_project(target: Path) -> None:
    """The parts that a build reads."""
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target / part)


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


def clear(folder: Path, names: tuple[str, ...]) -> None:
    """Take away what an earlier run made; figures/ stays as an empty folder."""
    for name in names:
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "figures").mkdir(exist_ok=True)


def change(folder: Path, number: int, name: str, text: str) -> None:
    """A change of a file that no earlier run has seen: a sentence more, or another value in the cell for 2022."""
    path = folder / name
    old = path.read_text(encoding="utf-8")
    changed = re.sub(r"^2022,\d+,", "2022,{},", old, flags=re.MULTILINE) if name.endswith(".csv") else old + text
    path.write_text(changed.replace("{}", str(5600 + number)), encoding="utf-8")


def row(title: str, arguments: list[str], cleared: tuple[str, ...], edit: tuple[str, str] | None, folder: Path) -> str:
    """One line of the table: median and range of the seconds, and the peak of the first run."""
    command = [sys.executable, "-m", "rapport", *arguments]
    runs: list[tuple[float, float]] = []
    for number in range(RUNS + 1):
        clear(folder, cleared)
        if edit:
            change(folder, number, *edit)
        if number == 0:
            memory = megabytes(command, folder)
        else:
            runs.append(seconds(command, folder))
    walls, processor = [run[0] for run in runs], statistics.median(run[1] for run in runs)
    spread = f"{min(walls):.2f}–{max(walls):.2f}"
    return f"| {title:<42} | {statistics.median(walls):>8.2f} | {spread:>13} | {processor:>5.2f} | {memory:>11.0f} |"


def main() -> None:
    """Run every row and print the table."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"{RUNS} runs each, load {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"| {'command':<42} | median s | range s       | CPU s | peak MB all |")
    print(f"|{'-' * 44}|---------:|:-------------:|------:|------------:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_project(folder)
        for title, arguments, cleared, *edit in ROWS:
            print(row(title, arguments, cleared, edit[0] if edit else None, folder), flush=True)


if __name__ == "__main__":
    main()
