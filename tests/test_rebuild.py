"""Rebuilding: every kind of input is changed in turn, and just what reads it is made again, equal to a first build.

The project, its code and a font package are copies, so that code and fonts can be changed too.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import ROOT

pytestmark = pytest.mark.slow

MADE = re.compile(r"^  made  (.+?): ", re.MULTILINE)
FONTS = "font_source_sans_pro"
# The program with one library said to be of another version.
OTHER = (
    "import sys, rapport.steps; v = sys.modules['rapport.steps.versions']; old = v.version_of; "
    "v.version_of = lambda p: '0' if p == {0!r} else old(p)"
)


@dataclass
class Project:
    """A copy with its own code and fonts."""

    root: Path

    def render(self, *, other: str = "") -> set[str]:
        """Build; the names of the steps that were made. `other`: a library that has another version."""
        code = f"{OTHER.format(other)}; from rapport.cli import main; main()"
        environment = os.environ | {"PYTHONPATH": str(self.root / "scripts")}
        done = subprocess.run([sys.executable, "-c", code, "render", "--explain"], cwd=self.root, env=environment,
                              capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return set(MADE.findall(done.stderr))

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} does not stand in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def results(self) -> dict[str, str]:
        """The digest of every file that a build makes."""
        files = sorted(
            path for part in ("_site", "figures") for path in (self.root / part).rglob("*") if path.is_file()
        )
        return {str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]) -> Project:
    """Built once from nothing; the tests here change it one after another."""
    root = copy_project(tmp_path_factory.mktemp("rebuild") / "project")
    shutil.copytree(ROOT / "scripts" / "rapport", root / "scripts" / "rapport", ignore=shutil.ignore_patterns("*.pyc"))
    spec = find_spec(FONTS)
    assert spec is not None
    shutil.copytree(Path(str(spec.origin)).parent, root / "scripts" / FONTS)
    made = Project(root)
    made.render()
    return made


def kinds(made: set[str]) -> set[str]:
    """The steps without those that gather the rest."""
    return made - {"site html pdf", "figures", "pages", "text for print", "PDF"}


def cells(*names: str) -> set[str]:
    return {f"cells {name}.qmd" for name in names}


def test_nothing_changed(project: Project):
    """A second build makes nothing and writes nothing."""
    before = {path: path.stat().st_mtime_ns for path in (project.root / "_site").rglob("*")}
    assert project.render() == set()
    assert {path: path.stat().st_mtime_ns for path in (project.root / "_site").rglob("*")} == before


def test_nothing_changed_loads_nothing_heavy(project: Project):
    """To find out that nothing has to be done, neither data nor charts nor converters are loaded."""
    code = "import sys; from rapport.cli import main; main(['render'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": str(project.root / "scripts")})  # fmt: skip
    heavy = {"pandas", "altair", "frictionless", "nbclient", "typst", "great_tables", "vl_convert", "fontTools"}
    assert set(done.stdout.split()) & heavy == set()


def test_a_cell_of_a_csv(project: Project):
    """One value reaches the figure, the lists of numbers and files, and the chapters that name what it changed."""
    project.replace("data/deltakere.csv", "2022,5515,", "2022,5700,")
    made = kinds(project.render())
    assert made == {
        "figure deltakere", "drawing fig-deltakere", "drawing fig-deltakere-smal", "table tallregister",
        "table datafiler", "listing kodebok",
        *cells("index", "chapters/02-om-tiltaket", "chapters/07-drofting", "chapters/tallregister"),
        *cells("chapters/datagrunnlag", "chapters/kolofon"),  # what they show says which files it was made of
    }  # fmt: skip


def test_a_word_of_the_schema(project: Project):
    """What a column is called reaches what reads the descriptor, and no drawing."""
    project.replace("data/datapackage.json", '"title": "', '"title": "Ny ')
    made = kinds(project.render())
    assert "listing kodebok" in made or "table datafiler" in made
    assert {name for name in made if name.startswith("drawing")} == set()


def test_a_sentence(project: Project):
    """One chapter's cells are run, and no figure is computed."""
    with (project.root / "chapters" / "06-arbeidsgivere.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write("\nEn setning til.\n")
    made = project.render()
    assert kinds(made) == cells("chapters/06-arbeidsgivere")
    assert made - kinds(made) == {"site html pdf", "pages", "text for print", "PDF"}


def test_the_code_of_a_figure(project: Project):
    """A changed figure module makes its own figure anew, and what shows it."""
    project.replace("scripts/rapport/figures/deltakere.py", "HEIGHT = 260", "HEIGHT = 280")
    assert kinds(project.render()) == {
        "figure deltakere", "drawing fig-deltakere", "drawing fig-deltakere-smal", *cells("chapters/02-om-tiltaket"),
    }  # fmt: skip


def test_the_code_that_figures_share(project: Project):
    """A changed helper computes all that imports it anew; drawings whose specification is the same stand."""
    project.replace("scripts/rapport/figures/make.py", "Draw = ", "UNUSED = 1\n\nDraw = ")
    made = kinds(project.render())
    assert {name for name in made if name.startswith("figure")} >= {"figure deltakere", "figure vignetter 1"}
    assert {name for name in made if name.startswith(("drawing", "cells", "listing"))} == set()


def test_the_page_template(project: Project):
    """The pages are converted anew, nothing else."""
    project.replace("theme/page.html", "<!doctype html>", "<!doctype html>\n<!-- ny -->")
    assert project.render() == {"pages", "site html pdf"}
    assert "<!-- ny -->" in (project.root / "_site" / "index.html").read_text(encoding="utf-8")


def test_a_font(project: Project):
    """Its own cut for the web is made anew, and all that measures or sets text."""
    folder = project.root / "scripts" / FONTS / "files"
    shutil.copyfile(folder / "SourceSansPro-Semibold.ttf", folder / "SourceSansPro-Bold.ttf")
    made = project.render()
    assert {name for name in made if name.startswith("web font")} == {"web font SourceSansPro-Bold"}
    assert {"PDF", "drawing fig-deltakere"} <= made
    assert {name for name in made if name.startswith(("table", "pages", "text"))} == set()


def test_the_list_of_chapters(project: Project):
    """A new title of the book reaches every page and the PDF, and no figure or cell."""
    project.replace("_quarto.yml", "title: Arbeidstrening", "title: Arbeidstreningen")
    assert project.render() == {"pages", "text for print", "PDF", "site html pdf"}
    assert "<title>" in (project.root / "_site" / "index.html").read_text(encoding="utf-8")


def test_the_same_as_from_nothing(project: Project):
    """After all these changes, one after another, the result is that of a first build, to the byte."""
    kept = project.results()
    shutil.rmtree(project.root / ".cache")
    shutil.rmtree(project.root / "_site")
    project.render()
    assert project.results() == kept


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ("typst", {"PDF", "site html pdf"}),
        ("pypandoc-binary", {"pages", "text for print", "site html pdf"}),
    ],
)
def test_another_version_of_a_library(project: Project, library: str, expected: set[str]):
    """A library of another version is a reason to call it again, and to call nothing else."""
    assert project.render(other=library) == expected
    assert project.render() == set()  # the first result is still known


def test_a_page_that_was_edited_is_put_right(project: Project):
    """What somebody wrote in _site/ is not believed to be a result."""
    page = project.root / "_site" / "index.html"
    right = page.read_bytes()
    page.write_text("noe annet", encoding="utf-8")
    assert project.render() == set()
    assert page.read_bytes() == right
