"""The offline bundle: what is in it, that it is the same every time, and what rebuild.py says of each mishap.

That the real report can be rebuilt from it where no network is, `make rehearse` shows (tests/rehearse.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from rapport.bundle import run
from rapport.bundle.archive import pack, write_sums
from rapport.bundle.run import describe, fetch_wheels, run_bundle
from rapport.bundle.source import Head, build_site, export, head, uncommitted
from rapport.engine.revision import ARCHIVED, revision
from rapport.errors import RapportError
from rapport.paths import Paths

SECONDS = 1_764_000_000
MADE = Head("abc1234", SECONDS, "arbeidstrening", "1.2.0")
# Stands in for the package: makes a site of one page that tells the commit, and may change a file.
PACKAGE = """
import pathlib, sys
pathlib.Path("_site").mkdir(exist_ok=True)
pathlib.Path("_site/index.html").write_text(pathlib.Path(".git_archival.txt").read_text())
exec(pathlib.Path("also.py").read_text())
"""
MAKEFILE = """report:
	env > environment
	mkdir -p _site && cp ../site/index.html _site/
"""


def git(folder: Path, *arguments: str) -> str:
    environment = os.environ | {"GIT_COMMITTER_DATE": f"{SECONDS} +0000", "GIT_AUTHOR_DATE": f"{SECONDS} +0000"}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, env=environment, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A committed project of a few files, whose `rapport render` is a stand-in."""
    root = tmp_path / "project"
    for name, text in {
        "_quarto.yml": "", "requirements.lock": "", "also.py": "", "scripts/rapport/__init__.py": "",
        "scripts/rapport/__main__.py": PACKAGE, ARCHIVED: "$Format:%h %ct$\n",
        ".gitattributes": f"{ARCHIVED} export-subst\n",
        "data/datapackage.json": json.dumps({"name": "arbeidstrening", "version": "1.2.0"}),
    }.items():  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "en")
    return root


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """An unpacked bundle whose `make report` copies the site."""
    folder = tmp_path / "bundle"
    for name, text in {"source/Makefile": MAKEFILE, "site/index.html": "side", "wheels/a.whl": "hjul"}.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    describe(folder, MADE)
    write_sums(folder)
    return folder


def rebuild(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "rebuild.py"]
    return subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )


# What is packed


def test_an_archive_of_the_source_knows_its_commit(repository: Path, tmp_path: Path):
    """A downloaded archive tells its commit and time as a clone does, also inside another project's working tree."""
    fresh = tmp_path / "fresh"
    export(repository, fresh)
    assert revision(fresh, "2000-01-01") == revision(repository, "2000-01-01")
    assert revision(fresh, "2000-01-01").commit == git(repository, "log", "-1", "--format=%h")
    git(tmp_path, "init", "--quiet")
    assert revision(fresh, "2000-01-01").time.timestamp() == SECONDS
    (fresh / ARCHIVED).write_text("$Format:%h %ct$\n", encoding="utf-8")
    assert revision(fresh, "2000-01-01").time.timestamp() != SECONDS


def test_only_what_is_committed_is_packed(repository: Path, tmp_path: Path):
    """Files that nobody committed stay out, and changes that are not committed are told and left out."""
    (repository / "hemmelig.txt").write_text("nøkkel", encoding="utf-8")
    (repository / "also.py").write_text("ny", encoding="utf-8")
    export(repository, tmp_path / "fresh")
    names = {path.relative_to(tmp_path / "fresh").as_posix() for path in (tmp_path / "fresh").rglob("*")}
    assert "hemmelig.txt" not in names
    assert (tmp_path / "fresh" / "also.py").read_text(encoding="utf-8") == ""
    assert uncommitted(repository) == ["also.py"]


def test_outside_version_control_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """There is nothing to bundle where nothing is committed."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(RapportError, match="To mend it: run `make bundle` in a folder under version control"):
        head(tmp_path)


@pytest.mark.parametrize(
    ("also", "told"),
    [
        ("sys.exit('chapters/a.qmd:3: feil')", r"HEAD cannot be built\.\nchapters/a\.qmd:3: feil"),
        ("pathlib.Path('also.py').write_text('1')", r"(?s)also\.py: committed otherwise.*run `rapport figures`"),
    ],
)
def test_what_does_not_follow_from_the_data_is_not_packed(repository: Path, tmp_path: Path, also: str, told: str):
    """A commit that cannot be built, or whose figures are not those of its data, gives no bundle."""
    (repository / "also.py").write_text(also, encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "to")
    export(repository, tmp_path / "fresh")
    with pytest.raises(RapportError, match=told):
        build_site(tmp_path / "fresh", tmp_path / "work")


def test_packages_that_cannot_be_had_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Without an index there is no bundle, and the message names the package."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"finnesikke==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    with pytest.raises(RapportError, match=r"(?s)ERROR: .*finnesikke==1\.0.*To mend it: see that a package index"):
        fetch_wheels(lock, tmp_path / "wheels")


@pytest.fixture
def archives(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two bundles of one commit, made one after the other, with one wheel."""

    def one_wheel(_lock: Path, target: Path) -> int:
        target.mkdir()
        return (target / "a.whl").write_bytes(b"hjul")

    monkeypatch.setattr(run, "fetch_wheels", one_wheel)
    return [run_bundle(Paths(repository), tmp_path / name) for name in ("dist", "igjen")]


def test_two_bundles_of_one_commit_are_equal(archives: list[Path], repository: Path):
    """Names, order, times and owners come from the commit, never from the machine; the name says what it is of."""
    assert archives[0].read_bytes() == archives[1].read_bytes()
    commit = git(repository, "log", "-1", "--format=%h")
    assert archives[0].name.startswith(f"arbeidstrening-1.2.0-{commit}-")
    with tarfile.open(archives[0]) as archive:
        members = archive.getmembers()
    assert {(member.mtime, member.uid, member.gid, member.uname) for member in members} == {(SECONDS, 0, 0, "")}
    assert list((repository / ".cache" / "bundle").iterdir()) == []


def test_a_bundle_is_whole_and_says_nothing_of_the_machine(archives: list[Path], tmp_path: Path):
    """Source, site of that source, wheels, and a checksum for every file; no path of where it was made."""
    with tarfile.open(archives[0]) as archive:
        archive.extractall(tmp_path / "ut", filter="data")
    folder = next((tmp_path / "ut").iterdir())
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"README.md", "rebuild.py", "bundle.json", "wheels/a.whl", "site/index.html", "source/_quarto.yml"} <= names
    assert str(SECONDS) in (folder / "site" / "index.html").read_text(encoding="utf-8")
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert sums.keys() == names - {"SHA256SUMS"}
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums} == sums
    assert [name for name in names if str(tmp_path).encode() in (folder / name).read_bytes()] == []


def test_times_of_the_machine_do_not_reach_the_archive(tmp_path: Path):
    """A file that was touched, or saved under stricter rights, gives the same archive."""
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "a").write_text("a", encoding="utf-8")
    pack(folder, tmp_path / "1", SECONDS)
    os.utime(folder / "a", (1, 1))
    (folder / "a").chmod(0o600)
    pack(folder, tmp_path / "2", SECONDS)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


# What rebuild.py says


@pytest.fixture(autouse=True)
def make() -> None:
    """The bundle is rebuilt with make, as the whole project is."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")


def test_an_equal_site_ends_with_zero(bundle: Path):
    """All is checked, built and compared; pip asks no index, whatever this machine has set up."""
    done = rebuild(
        bundle, PIP_INDEX_URL="https://example.org/", PIP_CONFIG_FILE="mine", RAPPORT_SITE_URL="https://a.no"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("The new site in source/_site/ is equal to the one in site/, byte for byte.\n")
    seen = (bundle / "source" / "environment").read_text(encoding="utf-8").splitlines()
    assert {line for line in seen if line.startswith(("PIP_", "RAPPORT_"))} == {
        "PIP_NO_INDEX=1", "PIP_FIND_LINKS=../wheels", f"PIP_CONFIG_FILE={os.devnull}",
    }  # fmt: skip


def test_another_site_ends_with_one_and_is_named(bundle: Path):
    """What differs is named, and what is only in one of the two as well."""
    (bundle / "source" / "Makefile").write_text(
        "report:\n\tmkdir -p _site && echo x > _site/ny.html\n", encoding="utf-8"
    )
    write_sums(bundle)
    done = rebuild(bundle)
    assert done.returncode == 1
    assert "differs from the one in site/:\n  index.html\n  ny.html\n" in done.stdout


@pytest.mark.parametrize("name", ["wheels/a.whl", "source/Makefile", "site/index.html"])
def test_a_file_that_was_changed_or_lost_stops_the_rebuild(bundle: Path, name: str):
    """Nothing is installed or run before every file is what its checksum says."""
    (bundle / name).write_text("noe annet", encoding="utf-8")
    done = rebuild(bundle)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"unpack the bundle again:\n  {name}\n")
    (bundle / name).unlink()
    assert name in rebuild(bundle).stderr


@pytest.mark.parametrize(("fact", "value"), [("python", "3.99"), ("platform", "linux-annet")])
def test_another_python_or_machine_is_told(bundle: Path, fact: str, value: str):
    """Wheels are for one Python and one kind of machine; the message says which, and the way out."""
    facts = json.loads((bundle / "bundle.json").read_text(encoding="utf-8")) | {fact: value}
    (bundle / "bundle.json").write_text(json.dumps(facts), encoding="utf-8")
    write_sums(bundle)
    done = rebuild(bundle)
    assert done.returncode == 2
    assert f"are for Python {facts['python']} on {facts['platform']}; this is Python " in done.stderr
    assert "To mend it: run it with python" in done.stderr


def test_a_build_that_fails_ends_with_two(bundle: Path, tmp_path: Path):
    """make's own words stand above ours; without make the way round is told."""
    (bundle / "source" / "Makefile").write_text("report:\n\t@echo galt >&2; false\n", encoding="utf-8")
    write_sums(bundle)
    done = rebuild(bundle)
    assert done.returncode == 2
    assert done.stderr.startswith("galt\n")
    assert done.stderr.endswith("make report failed; its own message stands above.\n")
    without = rebuild(bundle, PATH=str(tmp_path))
    assert (without.returncode, "make is not installed" in without.stderr) == (2, True)
