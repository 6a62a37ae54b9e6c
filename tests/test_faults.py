"""What goes wrong around a build: killed, no room, closed folders, missing parts, a kernel that never answers."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import ROOT, Run
from rapport.engine.execute import execute
from rapport.engine.kernel import VARIABLE, Kernel
from rapport.engine.leftovers import recover
from rapport.engine.place import place, swap
from rapport.errors import EngineError, RapportError
from rapport.steps import Memory

RENDER = [sys.executable, "-m", "rapport", "render", "--to", "html"]
POINTS = random.Random(2026).sample(range(10, 98), 4)  # per cent of a build's time


def cell(code: str) -> str:
    return f"```{{python}}\n{code}\n```\n"


def state(*folders: Path) -> dict[str, str]:
    """The content of every file, by its path."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def spoken(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed command said: status 2, a remedy, no traceback."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "To mend it: " in done.stderr
    return done.stderr


# A cell that does not come to its end.

ENDLESS = {
    "import time\ntime.sleep(60)": "the cell is not done after 2 seconds",
    "import os\nos._exit(3)": "the kernel died in this cell",
    "while True: print('x' * 10_000)": "the cell prints more than 2000000 characters",
}


@pytest.mark.parametrize("code", ENDLESS)
def test_a_cell_without_end_is_told_with_its_place(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Hanging, dying and endless printing end the build, with file, line and remedy, not with its own words."""
    monkeypatch.setenv(VARIABLE, "30" if "print" in code else "2")
    started = time.monotonic()
    with Kernel(tmp_path) as kernel, pytest.raises(RapportError) as caught:
        execute({"a.qmd": cell("1"), "b.qmd": "tekst\n\n" + cell(code)}, kernel, echo=False)
    assert str(caught.value).startswith(f"b.qmd:{4 if 'print' in code else 3}: {ENDLESS[code]}")
    assert "To mend it: " in str(caught.value)
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("code", ["import time\ntime.sleep(60)", "import os\nos._exit(3)"])
def test_a_cell_that_is_ended_does_not_end_the_next_chapter(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It gets a kernel of its own, neither gone nor busy: all that is wrong in a report is told at once."""
    monkeypatch.setenv(VARIABLE, "2")
    with Kernel(tmp_path) as kernel:
        with pytest.raises(EngineError):
            execute({"a.qmd": cell(code)}, kernel, echo=False)
        assert "42" in execute({"b.qmd": cell("40 + 2")}, kernel, echo=False)["b.qmd"]


def test_a_time_limit_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The variable holds seconds, and nothing else."""
    monkeypatch.setenv(VARIABLE, "1 min")
    with Kernel(tmp_path) as kernel, pytest.raises(EngineError, match=f"{VARIABLE}=1 min: expected a number of sec"):
        execute({"a.qmd": cell("1")}, kernel, echo=False)


def test_whoever_serves_the_site_may_read_it(tmp_path: Path):
    """Also when the user that builds it lets others read nothing."""
    before = os.umask(0o077)
    try:
        place({"a/b.html": Memory().put(b"side")}, tmp_path / "ut", tmp_path / "cache", alone=False)
    finally:
        os.umask(before)
    found = [tmp_path / "ut", tmp_path / "ut" / "a", tmp_path / "ut" / "a" / "b.html"]
    assert [oct(path.stat().st_mode & 0o777) for path in found] == ["0o755", "0o755", "0o644"]


# Killed.


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]) -> tuple[Path, float]:
    """A project with its pages built, and how long that took; what tests here do to it they put right."""
    project = copy_project(tmp_path_factory.mktemp("faults") / "project")
    started = time.monotonic()
    subprocess.run(RENDER, cwd=project, check=True, capture_output=True)
    return project, time.monotonic() - started


@pytest.mark.slow
def test_a_killed_build_leaves_the_last_good_one(built: tuple[Path, float]):
    """Killed at any moment with all its processes, a build leaves site and figures/ whole; the next one is right."""
    project, length = built
    made = project / "_site", project / "figures"
    good = state(*made)
    (project / "chapters" / "kolofon.qmd").open("a", encoding="utf-8").write("\nEn setning til.\n")
    for point in POINTS:
        process = subprocess.Popen(RENDER, cwd=project, start_new_session=True, stderr=subprocess.DEVNULL)
        time.sleep(length * point / 100)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if not (project / "_site").exists():  # between two renamings
            assert (project / "._site.old").is_dir()
            continue
        found = state(*made)
        assert found == good or "En setning til" in (project / "_site/chapters/kolofon.html").read_text(
            encoding="utf-8"
        )
    subprocess.run(RENDER, cwd=project, check=True, capture_output=True)
    after = state(*made)
    assert {Path(name).name for name in after if after[name] != good.get(name)} >= {"kolofon.html"}
    assert {name for name in after.keys() ^ good.keys() if "pagefind" not in name} == set()
    assert [path.name for path in (project / ".cache" / "build").iterdir()] == []
    assert [path.name for path in project.rglob(".*") if path.name.startswith((".new-", "._site"))] == []


def test_a_kill_between_two_renamings_is_put_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """When the old site was moved aside and the new one never came, the old one is back before anything else."""
    site, new, builds = tmp_path / "_site", tmp_path / "new", tmp_path / "build"
    for folder, text in ((site, "gammel"), (new, "ny")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
    (builds / "999999999-x").mkdir(parents=True)
    (builds / f"{os.getpid()}-y").mkdir()

    def killed(*_paths: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "move", killed)
    with pytest.raises(KeyboardInterrupt):
        swap(new, site)
    assert not site.exists()
    (tmp_path / ".new-abc").write_text("halv", encoding="utf-8")
    recover(builds, site, (tmp_path,))
    assert not (tmp_path / ".new-abc").exists()
    assert (site / "index.html").read_text(encoding="utf-8") == "gammel"
    assert [path.name for path in builds.iterdir()] == [f"{os.getpid()}-y"]


def test_a_kill_while_the_old_site_goes_is_put_right(tmp_path: Path):
    """When the new site had come, what is left of the old one goes, also when the next build finds nothing to do."""
    site, old = tmp_path / "_site", tmp_path / "._site.old"
    for folder, text in ((site, "ny"), (old, "gammel")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
    recover(tmp_path / "build", site, ())
    assert not old.exists()
    assert (site / "index.html").read_text(encoding="utf-8") == "ny"


@pytest.mark.slow
def test_two_builds_at_once(built: tuple[Path, float]):
    """Both end well, or one says that another is at work; the site is whole."""
    project, _length = built
    both = [subprocess.Popen(RENDER, cwd=project, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=300)[1] for process in both]
    statuses = [process.returncode for process in both]
    assert 0 in statuses, said
    assert all(status == 0 or "nother build" in text for status, text in zip(statuses, said, strict=True)), said
    assert "Traceback" not in "".join(said)
    assert (project / "_site" / "index.html").is_file()
    assert [path.name for path in (project / ".cache" / "build").iterdir()] == []


# No room, no right, something in the way.


def little_room() -> None:
    """Files of at most 40 kB, as on a disk that is nearly full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


@pytest.fixture
def unchanged(built: tuple[Path, float]) -> Iterator[Path]:
    """The built project; site and figures/ are afterwards what they were."""
    project, _length = built
    before = state(project / "_site", project / "figures")
    shutil.rmtree(project / ".cache", ignore_errors=True)
    yield project
    assert state(project / "_site", project / "figures") == before


@pytest.mark.slow
def test_a_full_disk_is_told(unchanged: Path):
    """When there is no room the build says so and how to make some; the last site stays."""
    done = subprocess.run(RENDER, cwd=unchanged, preexec_fn=little_room, capture_output=True, text=True, check=False)
    assert "make room" in spoken(done)


@pytest.mark.slow
def test_something_in_the_way_is_told(unchanged: Path, rapport: Run):
    """A file where a folder should be is named, and moving it away is the remedy."""
    (unchanged / ".cache").write_text("i veien", encoding="utf-8")
    try:
        message = spoken(rapport("render", "--to", "html", cwd=unchanged))
    finally:
        (unchanged / ".cache").unlink()
    assert ".cache" in message
    assert "move it away" in message


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_told(unchanged: Path, rapport: Run):
    """Without the right to write, the build says where, and names the remedy."""
    figures = unchanged / "figures"
    lock, unlock = (["chattr", "+i"], ["chattr", "-i"]) if os.geteuid() == 0 else (["chmod", "a-w"], ["chmod", "u+w"])
    if shutil.which(lock[0]) is None or subprocess.run([*lock, figures], check=False).returncode != 0:
        pytest.skip("this file system knows no folder that its owner may not write")
    change = unchanged / "data" / "deltakere.csv"
    content = change.read_text(encoding="utf-8")
    change.write_text(content.replace("2022,5515,", "2022,5516,"), encoding="utf-8")
    try:
        message = spoken(rapport("figures", cwd=unchanged))
    finally:
        subprocess.run([*unlock, figures], check=True)
        change.write_text(content, encoding="utf-8")
    assert "may not read or write" in message
    assert "figures" in message


# Something is missing.


@pytest.mark.slow
@pytest.mark.parametrize("package", ["pypandoc", "font_source_sans_pro", "altair"])
def test_a_missing_package_is_told(package: str, unchanged: Path, tmp_path: Path):
    """Without pandoc, the fonts or a library the build names it and the command that brings it back."""
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{package!r}] = None\n", encoding="utf-8")
    found = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    missing = os.environ | {"PYTHONPATH": found}  # for every process of the build
    done = subprocess.run(RENDER, cwd=unchanged, env=missing, capture_output=True, text=True, check=False)
    message = spoken(done)
    assert "missing" in message
    assert "make report" in message


def test_an_old_python_is_told(tmp_path: Path):
    """make says which Python is needed and how to name one, before it installs anything."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    old = tmp_path / "python3"
    old.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = (3, 9, 0); exec(sys.argv[1])" "$2"\n',
        encoding="utf-8",
    )
    old.chmod(0o755)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    done = subprocess.run(
        ["make", "report", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed; name it with PYTHON=" in done.stderr
    assert not (tmp_path / ".venv").exists()
