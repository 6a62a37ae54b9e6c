"""The processes that draw beside the build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

CODE = """
import os, time
from rapport.workers import Workers
if __name__ == "__main__":
    with Workers() as workers:
        print(workers.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_no_process_outlives_a_killed_build(tmp_path: Path):
    """When the build is killed outright, the processes that it started end by themselves."""
    (tmp_path / "build.py").write_text(CODE, encoding="utf-8")
    with subprocess.Popen([sys.executable, "build.py"], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        worker = int(build.stdout.readline())
        assert alive(worker)
        build.send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while alive(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(worker)
