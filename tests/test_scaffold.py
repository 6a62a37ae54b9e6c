"""What `rapport new` writes works as it is, and nothing that is there is overwritten."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run

NUMBER = ("--value", "12", "--source", "2.3, linje 600-601", "--description", "Avtaler som ble prøvd")


@pytest.fixture
def whole(project: Path) -> Path:
    """A copy of the project with its code and tests, as somebody who adds to it has it."""
    for part in ("scripts", "tests"):
        shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", project / "pyproject.toml")
    return project


def own(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A Python command that uses the copy's own code."""
    environment = os.environ | {"PYTHONPATH": str(project / "scripts")}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True,
        timeout=180, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_a_new_figure_is_made_and_its_test_passes(whole: Path):
    """Module, list and test are written; the figure is drawn, the test holds, and the linter has nothing to say."""
    assert own(whole, "rapport", "new", "figure", "antall-avtaler").returncode == 0
    made = own(whole, "rapport", "figures")
    assert made.returncode == 0, made.stderr
    assert (whole / "figures" / "fig-antall-avtaler.svg").is_file()
    tested = own(whole, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_figure_antall_avtaler.py")
    assert tested.returncode == 0, tested.stdout
    linted = own(whole, "ruff", "check", "scripts/rapport/figures", "tests/test_figure_antall_avtaler.py")
    formatted = own(
        whole, "ruff", "format", "--check", "scripts/rapport/figures", "tests/test_figure_antall_avtaler.py"
    )
    assert (linted.returncode, formatted.returncode) == (0, 0), linted.stdout + formatted.stdout


@pytest.mark.slow
def test_a_new_chapter_renders(project: Path, rapport: Run):
    """The chapter is in the dialect, in the menu and before the references."""
    assert rapport("new", "chapter", "08-oppsummering", cwd=project).returncode == 0
    done = rapport("render", "--to", "html", cwd=project)
    assert done.returncode == 0, done.stderr
    page = (project / "_site" / "chapters" / "08-oppsummering.html").read_text(encoding="utf-8")
    assert "Oppsummering</h1>" in page
    book = (project / "_quarto.yml").read_text(encoding="utf-8")
    assert book.index("chapters/08-oppsummering.qmd") < book.index("chapters/referanser.qmd")


def test_a_title_is_one_line(project: Path, rapport: Run):
    """What follows a line break would be no part of the heading."""
    done = rapport("new", "chapter", "08-ny", "--title", "Etter\n  alt", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "\n# Etter alt {#sec-ny}\n" in (project / "chapters" / "08-ny.qmd").read_text(encoding="utf-8")


def test_a_new_number_stands_in_its_place(project: Path, rapport: Run):
    """The row is in order of id, and the data package still holds."""
    told = rapport("new", "number", "avtaler.proevd", *NUMBER, cwd=project)
    assert told.returncode == 0, told.stderr
    with (project / "data" / "opplysninger.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ids = [row["id"] for row in rows]
    assert ids == sorted(ids)
    assert [row for row in rows if row["id"] == "avtaler.proevd"] == [{
        "id": "avtaler.proevd", "verdi": "12", "enhet": "antall", "beskrivelse": "Avtaler som ble prøvd",
        "grunnlag": "oppgitt", "kilde": "2.3, linje 600-601",
    }]  # fmt: skip
    made = rapport("figures", cwd=project)
    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_only_the_new_row_changes(encoding: str, project: Path, rapport: Run):
    """The other rows keep every letter, also where Excel has put a mark before them."""
    path = project / "data" / "opplysninger.csv"
    before = path.read_text(encoding="utf-8").splitlines()
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
    rapport("new", "number", "avtaler.proevd", *NUMBER, cwd=project)
    after = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if not line.startswith("avtaler.proevd,")] == before


WRONG = {
    "a name that cannot be an id": (("figure", "Antall Avtaler"), "expected lower-case letters"),
    "a figure that begins with a digit": (("figure", "2-avtaler"), "write more words"),
    "a figure that is a word of Python's": (("figure", "class"), "word of Python's own"),
    "a figure that is there": (("figure", "formaal"), "nothing is overwritten"),
    "a chapter that is there": (("chapter", "07-drofting"), "nothing is overwritten"),
    "a chapter whose id is another's": (("chapter", "99-innledning"), "sec-innledning"),
    "a chapter whose id is a section's": (("chapter", "08-om-tiltaket-regelverk"), "sec-om-tiltaket-regelverk"),
    "a title with a number": (("chapter", "08-ny", "--title", "Etter 15 år"), "the number “15” is typed by hand"),
    "a title with HTML": (("chapter", "08-ny", "--title", "Etter <b>alt</b>"), "HTML in running text"),
    "a number that is there": (("number", "arbeidsgiver.besok", *NUMBER), "expected an id that is not taken"),
    "an id without a point": (("number", "avtaler", *NUMBER), 'column "id": found "avtaler"'),
    "a value with a comma": (("number", "a.b", "--value", "1,5", *NUMBER[2:]), "a point for decimals"),
    "a unit that is not known": (("number", "a.b", *NUMBER, "--unit", "kroner"), "expected one of antall, prosent"),
    "a source without lines": (("number", "a.b", *NUMBER[:2], "--source", "2.3", *NUMBER[4:]), 'column "kilde"'),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_will_not_do_is_refused_and_nothing_is_written(what: str, project: Path, rapport: Run):
    """The error says what was found and what to do, and the project is as it was."""
    shutil.copytree(ROOT / "scripts" / "rapport" / "figures", project / "scripts" / "rapport" / "figures")
    arguments, expected = WRONG[what]
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    told = rapport("new", *arguments, cwd=project)
    assert (told.returncode, expected in told.stderr) == (2, True), told.stderr
    assert "To mend it" in told.stderr
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
