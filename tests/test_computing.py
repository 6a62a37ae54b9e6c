"""Figures computed in a process of their own: what the build itself is spared, and what it says when that ends."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from bench import megabytes
from rapport import figure_files, installed, pipeline
from rapport.data import Data
from rapport.design import Tokens
from rapport.inputs import read_inputs
from rapport.paths import Paths
from rapport.records import Figure
from rapport.remembered import kept_steps
from rapport.steps import Event, Memory, Step, Steps

pytestmark = pytest.mark.slow

MOST = 500  # megabytes of all processes of a build together, shared pages counted once
HEAVY = ("pandas", "altair", "great_tables", "vl_convert")
RENDER = [sys.executable, "-m", "rapport", "render", "--to", "html,pdf"]
LOADED = f"""
import sys
if __name__ == "__main__":
    from rapport.cli import main
    main(["figures"], standalone_mode=False)
    print(*[name for name in {HEAVY!r} if name in sys.modules])
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]) -> Path:
    return copy_project(tmp_path_factory.mktemp("computing") / "project")


def clear(project: Path) -> None:
    """Take away all that was made but figures/."""
    for name in (".cache", "_site"):
        shutil.rmtree(project / name, ignore_errors=True)


@pytest.fixture
def unbuilt(project: Path) -> Path:
    """The project with nothing made."""
    clear(project)
    return project


def memory_from_nothing(project: Path) -> float:
    """Megabytes at the most, watched all the while; what an installation makes is made before."""
    clear(project)
    installed.make(Paths(project), kept_steps(Paths(project)))
    return megabytes(RENDER, project)


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many processes beside that never pause."""
    beside = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in beside:
            process.kill()
            process.wait()


@pytest.mark.alone
@pytest.mark.parametrize("loops", [0, 2])
def test_a_build_from_nothing_stays_within_its_memory(project: Path, loops: int):
    """Pages and PDF, all processes together, also where others are at work and bitmaps come later."""
    with busy(loops):
        assert memory_from_nothing(project) < MOST
    assert (project / "_site" / "arbeidstrening.pdf").is_file()


def test_the_build_itself_loads_nothing_that_computes(unbuilt: Path):
    """Figures are made, and pandas, Altair and Vega are not in the process that goes on."""
    (unbuilt / ".cache").mkdir()
    script = unbuilt / ".cache" / "loaded.py"
    script.write_text(LOADED, encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=unbuilt, capture_output=True, text=True, check=True)
    assert "files in figures/" in done.stderr
    assert done.stdout.strip() == ""


def test_a_process_of_a_pool_loads_no_commands():
    """It loads the script that began it, and that loads what a command needs when the command is run."""
    code = "import sys, rapport.__main__; print('click' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_what_nobody_waits_for_is_made_when_pandoc_is_at_work(paths: Paths, monkeypatch: pytest.MonkeyPatch):
    """The metadata in the root; a build that converts nothing makes it at its end."""
    manifest = (paths.figures / "manifest.json").read_text(encoding="utf-8")
    monkeypatch.setattr(figure_files.Computing, "begin", lambda _process: None)
    monkeypatch.setattr(figure_files.Computing, "files", lambda *_how: {"manifest.json": manifest})
    maker, inputs, free = figure_files.FigureMaker(paths), read_inputs(paths), threading.Event()
    with maker.begun(inputs, Steps(Memory()), lambda _facts, _svg: None, free) as coming:
        root = coming.result().root
        assert not wait([root], timeout=0.2).done
        free.set()
        assert "codecheck.yml" in root.result(timeout=30)
    with maker.begun(inputs, Steps(Memory()), lambda _facts, _svg: None, threading.Event()) as coming:
        root = coming.result().root
    assert root.done()


class Painter:
    """Draws nothing, and says what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def call(self, _draw: object, _spec: object, prefix: str) -> str:
        self.asked.append(prefix)
        return "<svg/>"


def test_a_figure_is_drawn_while_its_table_is_written(data: Data, tokens: Tokens, monkeypatch: pytest.MonkeyPatch):
    """Both widths are asked for before the item's files are; nothing waits for Great Tables to be loaded."""
    painter, write, early = Painter(), pipeline.item_files, dict[str, set[str]]()

    def written(item: pipeline.Item) -> dict[str, str]:
        if isinstance(item, Figure):
            wanted, end = {item.key, f"{item.key}-smal"}, time.monotonic() + 10
            while not wanted <= {*painter.asked} and time.monotonic() < end:
                time.sleep(0.01)
            early[item.key] = wanted & {*painter.asked}
        return write(item)

    monkeypatch.setattr(pipeline, "item_files", written)
    made = pipeline.compute(data, tokens, painter, Steps(Memory()))  # type: ignore[arg-type]
    assert early == {key: {key, f"{key}-smal"} for key in early}
    assert len(early) == len([name for name in made if name.endswith(".smal.svg")])
    assert len(painter.asked) == len({*painter.asked}), "each is drawn once"


def computing(build: psutil.Process) -> psutil.Process | None:
    """The process that computes: the one of a build's that has processes of its own."""
    return next((child for child in build.children() if child.children()), None)


def test_a_process_that_is_ended_is_told(unbuilt: Path):
    """When figures cannot be computed to the end, the build ends with words and a remedy, and figures/ stays."""
    before = {path.name: path.read_bytes() for path in (unbuilt / "figures").iterdir()}
    with subprocess.Popen(
        [sys.executable, "-m", "rapport", "figures"], cwd=unbuilt, stderr=subprocess.PIPE, text=True
    ) as build:
        end = time.monotonic() + 30
        while (child := computing(psutil.Process(build.pid))) is None and time.monotonic() < end:
            time.sleep(0.02)
        assert child is not None
        child.kill()
        _out, said = build.communicate(timeout=60)
    assert build.returncode == 2
    assert "ended from outside" in said
    assert "Traceback" not in said
    assert {path.name: path.read_bytes() for path in (unbuilt / "figures").iterdir()} == before


def over(process: psutil.Process) -> bool:
    """Whether a process has ended, also where nobody has asked how."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_fault_in_the_text_gives_figures_up(unbuilt: Path):
    """What is computed beside the checks is ended when one fails: the fault is told, and nothing else happens."""
    chapter = unbuilt / "chapters" / "06-arbeidsgivere.qmd"
    text, before = chapter.read_text(encoding="utf-8"), sorted((unbuilt / "figures").iterdir())
    chapter.write_text(f"{text}\nDet var 25 til.\n", encoding="utf-8")
    with subprocess.Popen(RENDER, cwd=unbuilt, stderr=subprocess.PIPE, text=True) as build:
        process, seen = psutil.Process(build.pid), set[psutil.Process]()
        while build.poll() is None:
            with suppress(psutil.Error):
                seen |= {*process.children(recursive=True)}
            time.sleep(0.01)
        said = build.stderr.read() if build.stderr else ""
    chapter.write_text(text, encoding="utf-8")
    assert build.returncode == 2
    assert "the number “25” is typed by hand" in said
    assert said.endswith("1 error; nothing was written.\n")
    assert seen, "figures were begun"
    end = time.monotonic() + 5
    while not all(map(over, seen)) and time.monotonic() < end:
        time.sleep(0.02)
    assert all(map(over, seen))
    assert sorted((unbuilt / "figures").iterdir()) == before


def test_what_another_process_made_is_remembered_as_ones_own():
    """Its steps are counted and told, and its records are kept with the build's."""
    told: list[Event] = []
    there, here = Steps(Memory()), Steps(Memory(), told.append)
    there.run(Step("a", {"x": "1"}, lambda _reads: {"a.txt": "a"}))
    for event in there.events:
        here.heard(event)
    here.made |= there.made
    assert [event.step for event in told] == ["a"] == list(here.made)
    assert here.events == told
