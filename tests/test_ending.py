"""How a process that a build has begun ends when it is asked to."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

LOST = """
import time
from contextlib import suppress
from rapport.ending import left_when_asked

class Thing:
    def __del__(self):
        print("at work", flush=True)
        time.sleep(20)

def untold():
    Thing()

def swallowed():
    with suppress(BaseException):
        print("at work", flush=True)
        time.sleep(20)

try:
    with left_when_asked():
        {how}()
        time.sleep(20)
finally:
    print("put away", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize("how", ["untold", "swallowed"])
def test_an_exit_that_is_lost_is_asked_for_again(how: str):
    """What raises the exit may be a callback, or code that takes any error for its own: the block is left, unsaid."""
    code = LOST.format(how=how)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        process.send_signal(signal.SIGTERM)
        said, wrong = process.communicate(timeout=10)
    assert (said, wrong, process.returncode) == ("put away\n", "", 1)


AFTER = """
import time
from rapport.ending import left_when_asked
with left_when_asked():
    pass
print("at work", flush=True)
time.sleep(20)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_what_comes_after_the_block_can_be_ended():
    """A process that tells what it has made, and whom nobody hears, is not waited for."""
    with subprocess.Popen([sys.executable, "-c", AFTER], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 1
