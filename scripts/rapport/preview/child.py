"""One build in a process of its own: changed code takes effect, and no build can take the server with it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapport.paths import Paths

# Where an error is, as each kind says it: a line of a chapter, a row of a table, a line of our code.
WHERE = (
    re.compile(r"^(?P<file>[\w./-]+):(?P<line>\d+): ", re.MULTILINE),
    re.compile(r"^(?P<file>[\w./-]+), row (?P<line>\d+)", re.MULTILINE),
    re.compile(r'^ *File "(?P<file>scripts/[^"]+)", line (?P<line>\d+)(?![\s\S]*^ *File "scripts/)', re.MULTILINE),
)
GRACE = 5  # seconds that a build gets to put its things away


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: what it said, without the machine's own paths, and whether it made the site."""

    good: bool
    text: str

    @property
    def where(self) -> str:
        """The first place that an error names, as file:line; empty when none is named."""
        found = next((match for pattern in WHERE if (match := pattern.search(self.text))), None)
        return f"{found['file']}:{found['line']}" if found else ""

    @property
    def failure(self) -> str:
        """What is shown in the page, file and line first; empty when all went well."""
        if self.good:
            return ""
        where = "" if self.text.startswith(f"{self.where}:") else self.where
        return "\n\n".join(filter(None, [where, self.text or "The build ended without a word."]))


def render_command(paths: Paths, formats: str, output: Path) -> list[str]:
    """`rapport render` with this Python, into a folder of the preview's own."""
    render = ["render", "--to", formats, "--output", str(output)]
    return [sys.executable, "-m", "rapport", "--project", str(paths.root), *render]


def _stop(process: subprocess.Popen[str]) -> None:
    """Ask a build to end, and end it with all that it started when it does not."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def build(command: Sequence[str], root: Path) -> Outcome:
    """Run a build to its end. When we are interrupted, the build is ended first."""
    process = subprocess.Popen(
        command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", errors="replace", start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = process.communicate()
    except BaseException:
        _stop(process)
        raise
    return Outcome(process.returncode == 0, said.replace(f"{root}{os.sep}", "").strip())
