"""Growth: a synthetic report ten times as large takes ten times as long at most, and a change in it about as long."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scale import CASES, grow

pytestmark = pytest.mark.slow

ROOM = 1.3  # times proportional growth


def processor(project: Path) -> tuple[float, str]:
    """Seconds of the processor that a build of the pages takes, its children's included, and what it says it did."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "rapport", "render", "--to", "html", "--explain"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stderr


def test_time_grows_with_the_report(tmp_path: Path, copy_project: Callable[[Path], Path]):
    """Ten times the chapters, figures and numbers: no more than ten times the time of the small report.

    Processor time, as the machine may be busy. A changed sentence converts one page whatever the size.
    """
    times = {}
    for size in (1, 10):
        project = copy_project(tmp_path / f"size-{size}")
        grow(project, size)
        times[size], _said = processor(project)
        assert len(list((project / "_site" / "chapters").glob("*.html"))) == CASES * size
    assert times[10] <= ROOM * 10 * times[1]
    with (project / "chapters" / "k003.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write("\nEn setning til.\n")
    changed, said = processor(project)
    assert re.findall(r"made  page (\S+):", said) == ["chapters/k003.qmd"]
    assert changed <= times[1]
