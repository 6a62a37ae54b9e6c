"""The doctor on versions: against what is locked, what the code asks for and what made the figures."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from rapport.cli import main
from rapport.doctor import versions
from rapport.doctor.versions import Package, compare, locked_versions

LOCK = """altair==6.3.0 \\
    --hash=sha256:00 \\
    # via us
colorama==0.4.6 ; sys_platform == 'nowhere' \\
    --hash=sha256:00
click==8.3.1 \\
    --hash=sha256:00
Zipp==4.1.2
"""


def packages(found: dict[str, str]) -> dict[str, Package]:
    """The packages of the small lock, where our code asks for two and one made the figures."""
    compared = compare(LOCK, {"altair": "6.3.0"}, ["altair>=6.3", "click>=8.1", "x>=1; extra == 'x'"], found.get)
    return {package.name: package for package in compared}


ALL = {"altair": "6.3.0", "click": "8.3.1", "zipp": "4.1.2"}


def test_what_is_locked_elsewhere_is_not_asked_for():
    """A lock file serves every system; only what it holds for this one counts, by canonical names."""
    assert locked_versions(LOCK) == ALL


@pytest.mark.parametrize(
    ("name", "found", "told", "usable"),
    [
        ("altair", "6.3.0", "6.3.0, as locked; the one that made the figures", True),
        ("altair", "6.10.0", "6.10.0, newer than 6.3.0, locked; newer than 6.3.0, that made the figures", True),
        ("altair", "6.2.9", "6.2.9, older than 6.3.0, locked; older than 6.3.0, that made the figures; too old", False),
        ("altair", None, "missing (locked: 6.3.0)", False),
        ("click", "8.3.1", "8.3.1, as locked", True),
        ("click", "8.3", "8.3, older than 8.3.1, locked", True),
        ("zipp", "4.2", "4.2, newer than 4.1.2, locked", True),
    ],
)
def test_each_package_is_the_same_newer_older_or_missing(name: str, found: str | None, told: str, usable: bool):
    """Versions are compared as versions, and below the oldest that our code accepts a package will not do."""
    package = packages({key: value for key, value in (ALL | {name: found}).items() if value})[name]
    assert (str(package), package.usable) == (told, usable)
    assert package.same == (found == ALL[name])
    assert doctest.testmod(versions).failed == 0


def test_the_lock_file_is_read_whole():
    """Every pinned line of the real lock file is found, but for those of other systems."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if "==" in line and line[0] not in " #"]
    assert len(locked_versions(text)) + sum(" ; " in line for line in pinned) >= len(pinned) > 50
    assert all(versions.installed(name) for name in locked_versions(text))


def doctor(project: Path, monkeypatch: pytest.MonkeyPatch, **changed: str | None):
    """The doctor in a project with a lock file, where some packages have another version."""
    (project / "requirements.lock").write_bytes((ROOT / "requirements.lock").read_bytes())
    asked = versions.installed
    monkeypatch.setattr(compare, "__defaults__", (lambda name: changed.get(name, asked(name)),))
    return CliRunner().invoke(main, ["--project", str(project), "doctor"])


@pytest.mark.parametrize(
    ("changed", "status", "line"),
    [
        ({}, 0, "ok  other locked packages"),
        ({"pillow": "99.0"}, 0, "-   pillow                 99.0, newer than"),
        ({"tornado": "1.0"}, 0, "-   tornado                1.0, older than"),
        ({"altair": "99.0"}, 1, "!   altair                 99.0, newer than"),
        ({"altair": "1.0"}, 2, "no  altair                 1.0, older than"),
        ({"typst": None}, 2, "no  typst                  missing"),
    ],
)
def test_the_status_tells_only_what_matters(
    project: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str | None], status: int, line: str
):
    """Another version of a helper stops nobody; of what made the figures ends with 1; what will not do ends with 2."""
    result = doctor(project, monkeypatch, **changed)
    assert result.exit_code == status
    at = result.stdout.index(f"\n{line}")
    told = result.stdout[at:].splitlines()[2]
    assert told.startswith("      to mend it: pip install --require-hashes") or (status == 0 and not changed)
    assert ("may come out otherwise" in result.stdout) == (status == 1)


def test_a_manifest_of_other_versions_is_told(project: Path, monkeypatch: pytest.MonkeyPatch):
    """Ten years on, the versions of the manifest are those that the figures are compared with."""
    path = project / "figures" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["tools"]["pandas"] = "2.0.0"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    result = doctor(project, monkeypatch)
    assert result.exit_code == 1
    assert ", as locked; newer than 2.0.0, that made the figures\n" in result.stdout


def test_nothing_to_compare_with_is_told(project: Path):
    """Without lock file or manifest the doctor says so, and how to get them back."""
    (project / "figures" / "manifest.json").write_text("ikke JSON", encoding="utf-8")
    result = CliRunner().invoke(main, ["--project", str(project), "doctor"])
    assert "-   requirements.lock      missing: versions are not compared with it\n" in result.stdout
    assert "to mend it: git checkout figures/manifest.json\n" in result.stdout
