"""The processes that draw beside the build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from rapport.workers import NICE, Workers, give_way

CODE = """
import os, threading, time
from rapport.workers import Workers
if __name__ == "__main__":
    for _ in range({threads}):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
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


@pytest.mark.parametrize("threads", [0, 1])
def test_no_process_outlives_a_killed_build(tmp_path: Path, threads: int):
    """When the build is killed outright, the processes that it started end by themselves, copies of it or not."""
    (tmp_path / "build.py").write_text(CODE.format(threads=threads), encoding="utf-8")
    with subprocess.Popen([sys.executable, "build.py"], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        worker = int(build.stdout.readline())
        assert alive(worker)
        build.send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while alive(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(worker)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_leaves_nobody_waiting():
    """What it was at, what waits in line and what is asked for afterwards end with an error, and none hangs."""
    with Workers() as workers:
        asked = [workers.submit(_die), *(workers.submit(os.getpid) for _ in range(3 * workers.most))]
        broken = [isinstance(future.exception(timeout=20), BrokenExecutor) for future in asked]
        with pytest.raises(BrokenExecutor):
            workers.call(os.getpid)
    assert broken[0]
    assert broken[-1]


def test_what_can_wait_is_done_last():
    """What is submitted for later is done when nothing waits that can wait less."""
    done: list[str] = []
    with Workers() as workers:
        first = workers.submit(time.sleep, 0.3)
        waiting = [workers.submit(os.getpid, later=later) for later in (2, 1, 0, 0) for _ in range(workers.most)]
        for number, future in enumerate(waiting):
            future.add_done_callback(lambda _done, name=f"{number // workers.most}": done.append(name))
        first.result()
        [future.result() for future in waiting]
    assert sorted(done[: 2 * workers.most]) == sorted(["2", "3"] * workers.most)


def test_processes_that_rest_begin_again_when_asked():
    """After a rest the work goes on, in another process; those that rested have ended."""
    with Workers() as workers:
        old = workers.submit(os.getpid).result()
        workers.rest()
        new = workers.submit(os.getpid).result()
        end = time.monotonic() + 20
        while alive(old) and time.monotonic() < end:
            time.sleep(0.05)
        assert not alive(old)
    assert new != old


def test_what_a_worker_raises_is_raised_here():
    """An error in another process reaches whoever waits for the result."""
    with Workers() as workers, pytest.raises(ValueError, match="invalid literal"):
        workers.call(int, "x")


@pytest.mark.skipif(not hasattr(os, "setpriority"), reason="this system has no priorities of processes")
def test_a_process_gives_way_by_more_than_it_did():
    """In a build that gives way itself its helpers give way to it, and none asks for more than a user may have."""
    with subprocess.Popen(["nice", "-n", "7", "sleep", "60"]) as process:
        while (before := os.getpriority(os.PRIO_PROCESS, process.pid)) == os.getpriority(os.PRIO_PROCESS, 0):
            time.sleep(0.01)
        give_way(process.pid)
        after = os.getpriority(os.PRIO_PROCESS, process.pid)
        process.kill()
    assert after == before + NICE
