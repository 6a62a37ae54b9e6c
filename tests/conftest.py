"""What tests share: the real project, a copy of it to break, and the site built once for all workers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock

from copies import ROOT, copy_parts
from rapport.data import Data, load
from rapport.design import Tokens, load_tokens
from rapport.numbers import register
from rapport.paths import Paths
from rapport.records import Number

LONG = ("test_rebuild.py", "test_browser.py", "test_build.py", "test_mutations.py", "test_faults.py", "test_scale.py",
        "test_hostile.py", "test_documents.py", "test_verify.py", "test_scaffold.py")  # fmt: skip

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take minutes begin first, so that no process is left with one of them at the end."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture(scope="session")
def paths() -> Paths:
    """The project itself; tests only read it."""
    return Paths(ROOT)


@pytest.fixture(scope="session")
def data(paths: Paths) -> Data:
    """The committed data package."""
    return load(paths.data)


@pytest.fixture(scope="session")
def numbers(data: Data) -> dict[str, Number]:
    """The register of the committed data."""
    return register(data)


@pytest.fixture(scope="session")
def tokens(paths: Paths) -> Tokens:
    """The design tokens."""
    return load_tokens(paths.theme)


@pytest.fixture(scope="session")
def raw() -> Callable[[str], pd.DataFrame]:
    """A CSV as plain text cells, read without the package's own code: raw("deltakere")."""
    return lambda name: pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)


def linked(source: str, target: str) -> None:
    """The same file under another name, or a copy where the two lie on different disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture(scope="session")
def copy_project(site: Path) -> Callable[..., Path]:
    """Copies the parts of the project that a build reads into a new folder.

    With `kept` comes what steps made for the site that all tests share, so that a build makes only what a test changed.
    """
    assert site.is_dir()

    def copy(target: Path, kept: bool = True) -> Path:
        copy_parts(target)
        if kept:
            # Linked, as what is kept is never written in place.
            shutil.copytree(
                ROOT / ".cache" / "steps", target / ".cache" / "steps", ignore=shutil.ignore_patterns(".new-*"),
                copy_function=linked,
            )  # fmt: skip
        return target

    return copy


@pytest.fixture
def project(tmp_path: Path, copy_project: Callable[[Path], Path]) -> Path:
    """A copy of the project that a test may break."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def rapport() -> Run:
    """The command line in a process of its own: rapport("render", cwd=folder)."""

    def run(*arguments: str, cwd: Path = ROOT, timeout: int = 600) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "rapport", *arguments]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=timeout, check=False)

    return run


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, rapport: Run) -> Path:
    """The committed report, built once with the embedded engine; all workers share it."""
    shared = (
        tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.getbasetemp()
    )
    folder = shared / "site-for-all"
    with FileLock(str(folder) + ".lock"):
        if not (folder / "index.html").is_file():
            done = rapport("render", "--output", str(folder))
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def manifest() -> dict:
    """figures/manifest.json as committed."""
    return json.loads((ROOT / "figures" / "manifest.json").read_text(encoding="utf-8"))
