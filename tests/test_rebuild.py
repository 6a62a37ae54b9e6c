"""Rebuilding: every kind of input is changed in turn, and just what reads it is made again, equal to a first build.

The project, its code and a font package are copies, so that code and fonts can be changed too. Most changes are built
as pages alone; the last test makes everything, and once more from nothing.
"""

from __future__ import annotations

import hashlib
import json
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

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("rebuild")]

MADE = re.compile(r"^  made  (.+?): ", re.MULTILINE)
FONTS = "font_source_sans_pro"
SITE, EVERYTHING = "site html", "html,pdf,docx,epub,chapters"
# What gathers the rest, and follows whatever a reader sees.
GATHERED = {SITE, "figures", "metadata", "search", "checks of the chapters"}
# The program with one library said to be of another version.
OTHER = (
    "import sys, rapport.steps; v = sys.modules['rapport.steps.versions']; old = v.version_of; "
    "v.version_of = lambda p: '0' if p == {0!r} else old(p)"
)


@dataclass
class Project:
    """A copy with its own code and fonts."""

    root: Path

    def moved(self, target: Path) -> Project:
        """The same in another folder, without anything that was built or kept."""
        shutil.copytree(self.root, target, ignore=shutil.ignore_patterns("_site", ".cache"))
        return Project(target)

    def run(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(self.root / "scripts")}
        return subprocess.run([sys.executable, "-c", code, *arguments], cwd=self.root, env=environment,
                              capture_output=True, text=True, timeout=300, check=False)  # fmt: skip

    def render(self, to: str = "html", *, other: str = "") -> set[str]:
        """Build; the names of the steps that were made. `other`: a library that has another version."""
        code = f"{OTHER.format(other)}; from rapport.cli import main; main()"
        done = self.run(code, "render", "--explain", "--to", to)
        assert done.returncode == 0, done.stderr
        return set(MADE.findall(done.stderr))

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} does not stand in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def results(self) -> dict[str, str]:
        """The digest of every file that a build makes."""
        files = [path for part in ("_site", "figures") for path in (self.root / part).rglob("*") if path.is_file()]
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


def chapters(what: str, *names: str) -> set[str]:
    """The steps `what` of these chapters."""
    return {f"{what} {'' if name.endswith('index') else 'chapters/'}{name}.qmd" for name in names}


def converted(*names: str) -> set[str]:
    """The steps of chapters whose text after their cells have run is another, and which are read and converted anew."""
    return chapters("places for page in", *names) | chapters("page", *names)


def pictures(*keys: str) -> set[str]:
    """What others' documents show of these figures."""
    return {f"{what} {key}" for key in keys for what in ("bitmaps", "print drawing")}


def drawn(name: str) -> set[str]:
    """The steps of a figure that is told in both languages."""
    keys = (f"fig-{name}", f"fig-{name}-en")
    sizes = {f"drawing {key}{size}" for key in keys for size in ("", "-smal")}
    return {f"figure {name}", f"figure {name} en", *sizes, *pictures(*keys), *(f"shared picture {key}" for key in keys)}


def starting(made: set[str], *words: str) -> set[str]:
    return {name for name in made if name.startswith(words)}


def test_nothing_changed(project: Project):
    """A second build makes nothing and writes nothing."""
    before = {path: path.stat().st_mtime_ns for path in (project.root / "_site").rglob("*")}
    assert project.render() == set()
    assert {path: path.stat().st_mtime_ns for path in (project.root / "_site").rglob("*")} == before


def test_nothing_changed_loads_nothing_heavy(project: Project):
    """To find out that nothing has to be done, neither data nor charts nor converters are loaded."""
    code = "import sys; from rapport.cli import main; main(['render', '--to', 'html'], standalone_mode=False); "
    done = project.run(f"{code}print(*sys.modules)")
    heavy = {"pandas", "altair", "frictionless", "nbclient", "typst", "great_tables", "vl_convert", "fontTools", "PIL",
             "IPython", "xlsxwriter", "arro3"}  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) & heavy == set()


def test_a_saved_file_that_is_the_same(project: Project):
    """When and by whom a file was saved never matters."""
    for path in [*(project.root / "data").iterdir(), *(project.root / "chapters").iterdir()]:
        os.utime(path)
    assert project.render() == set()


def test_a_cell_of_a_csv(project: Project):
    """One value reaches its figure, the lists of numbers and files, and the chapters that name what it changed."""
    project.replace("data/deltakere.csv", "2022,5515,", "2022,5700,")
    made = project.render() - GATHERED
    shown = ("index", "en/index", "02-om-tiltaket", "tallregister", "etterproving")
    assert made - starting(made, "cells", "places", "page") == {
        *drawn("deltakere"), "table tallregister", "table datafiler", "listing kodebok", "listing usikkert",
        "data in every format, deltakere.csv",
    }  # fmt: skip
    assert chapters("cells", *shown) | converted(*shown) <= made
    assert starting(made, "page") <= chapters("page", *shown, "07-drofting", "kolofon", "datagrunnlag")


def test_a_word_of_the_schema(project: Project):
    """What a column is called reaches what reads the descriptor, and no drawing."""
    project.replace("data/datapackage.json", '"title": "', '"title": "Ny ')
    made = project.render()
    assert {"listing kodebok", "table datafiler"} <= made
    assert starting(made, "drawing", "bitmaps", "print drawing", "shared picture") == set()


def test_a_sentence(project: Project):
    """One chapter is looked through, run and converted, and the page that says what is new since the verification."""
    with (project.root / "chapters" / "06-arbeidsgivere.qmd").open("a", encoding="utf-8") as chapter:
        chapter.write("\nEn setning til.\n")
    assert project.render() - GATHERED == {
        "check of chapters/06-arbeidsgivere.qmd", *chapters("cells", "06-arbeidsgivere", "etterproving"),
        *converted("06-arbeidsgivere", "etterproving"),
    }  # fmt: skip


def test_a_new_number_of_a_section(project: Project):
    """A section in front of another moves its number: the pages that refer to it are converted, no more."""
    chapter = "chapters/02-om-tiltaket.qmd"
    target = re.search(r"^## .*\{#(sec-[\w-]+)", (project.root / chapter).read_text(encoding="utf-8"), re.MULTILINE)
    assert target is not None
    referring = {path.relative_to(project.root).as_posix() for path in project.root.glob("chapters/*.qmd")
                 if f"@{target[1]}" in path.read_text(encoding="utf-8")}  # fmt: skip
    project.replace(chapter, target[0], f"## Et avsnitt til {{#sec-nytt}}\n\nTekst.\n\n{target[0]}")
    made = project.render()
    assert starting(made, "page") >= {f"page {name}" for name in referring | {chapter}}
    assert len(starting(made, "page")) < len(list(project.root.glob("chapters/*.qmd")))
    assert starting(made, "places") <= {
        f"places for page in {name}" for name in (chapter, "chapters/etterproving.qmd", "chapters/tallregister.qmd")
    }


def test_the_code_of_a_figure(project: Project):
    """A changed figure module makes its own figure anew, and what shows it."""
    project.replace("scripts/rapport/figures/deltakere.py", "HEIGHT = 260", "HEIGHT = 280")
    assert project.render() - GATHERED == {
        *drawn("deltakere"), *chapters("cells", "02-om-tiltaket", "en/index", "tallregister", "etterproving"),
        *converted("02-om-tiltaket", "en/index"),
    }  # fmt: skip


def test_the_code_that_figures_share(project: Project):
    """A changed helper computes all that imports it anew; drawings whose specification is the same stand."""
    project.replace("scripts/rapport/figures/make.py", "Draw = ", "UNUSED = 1\n\nDraw = ")
    made = project.render()
    assert starting(made, "figure ") >= {"figure deltakere", "figure vignetter 1"}
    assert starting(made, "drawing", "cells", "listing", "page", "bitmaps") == set()


def test_the_page_template(project: Project):
    """The pages are converted anew, nothing else."""
    project.replace("theme/page.html", "<!doctype html>", "<!doctype html>\n<!-- ny -->")
    made = project.render() - GATHERED
    assert made == starting(made, "page ")
    assert len(made) == len(list((project.root / "chapters").glob("*.qmd"))) + len(["index.qmd", "en/index.qmd"])
    assert "<!-- ny -->" in (project.root / "_site" / "index.html").read_text(encoding="utf-8")


def test_a_font(project: Project):
    """Its own cut for the web is made anew, and all that measures or sets text."""
    folder = project.root / "scripts" / FONTS / "files"
    shutil.copyfile(folder / "SourceSansPro-Semibold.ttf", folder / "SourceSansPro-Bold.ttf")
    made = project.render()
    assert starting(made, "web font") == {"web font SourceSansPro-Bold"}
    assert {"drawing fig-deltakere", "bitmaps fig-deltakere"} <= made
    assert starting(made, "table", "page", "print drawing") == set()


def test_the_title_of_the_book(project: Project):
    """A new title reaches every page, the pictures with the book's name on them and the metadata, and no figure."""
    project.replace("_quarto.yml", "title: Arbeidstrening", "title: Arbeidstreningen")
    made = project.render()
    assert starting(made, "figure", "drawing", "print drawing", "web font") == set()
    assert {"metadata", "page index.qmd", "bitmaps fig-deltakere", "shared picture fig-deltakere"} <= made


def test_what_stands_beside_the_pages(project: Project):
    """Files that only the whole site reads put it together again, and make nothing else; the changelog is looked at."""
    for name in ("CHANGELOG.md", "theme/404.css", "theme/site.css"):
        with (project.root / name).open("a", encoding="utf-8") as file:
            file.write("\n")
    assert project.render() == {SITE, "check of the changelog"}


def test_the_record_of_the_verification(project: Project):
    """What was verified stands on the page about it and under each figure."""
    record = project.root / "verification.json"
    record.write_text(json.dumps(json.loads(record.read_text(encoding="utf-8")) | {"date": "2026-01-02"}))
    made = project.render()
    assert chapters("page", "etterproving", "02-om-tiltaket") <= made
    assert starting(made, "figure", "drawing", "bitmaps", "shared picture", "data") == set()


def test_a_work_of_the_bibliography(project: Project):
    """A work's new title stands on the page with the list, although no chapter has changed."""
    project.replace("references.bib", "title       = {Evaluering av", "title       = {Ny evaluering av")
    made = project.render()
    assert chapters("page", "referanser", "02-om-tiltaket") <= made
    assert starting(made, "cells", "figure", "places") == set()
    assert "Ny evaluering av" in (project.root / "_site/chapters/referanser.html").read_text(encoding="utf-8")


def test_a_bibliography_in_a_folder_of_its_own(project: Project):
    """A change in it reaches the list from wherever in the project it lies."""
    old, new = project.root / "references.bib", project.root / "kilder" / "verk.bib"
    new.parent.mkdir()
    old.replace(new)
    project.replace("_quarto.yml", "bibliography: references.bib", "bibliography: kilder/verk.bib")
    project.render()
    project.replace("kilder/verk.bib", "Etterlater arbeidstrening", "Etterlot arbeidstrening")
    assert chapters("page", "referanser", "02-om-tiltaket") <= project.render()
    assert "Etterlot arbeidstrening" in (project.root / "_site/chapters/referanser.html").read_text(encoding="utf-8")
    new.replace(old)
    project.replace("_quarto.yml", "bibliography: kilder/verk.bib", "bibliography: references.bib")
    project.render()


def test_the_address_of_the_site(project: Project):
    """A known address is no reason to draw or convert to print anything."""
    code = "from rapport.cli import main; main()"
    done = project.run(code, "render", "--explain", "--to", "html", "--site-url", "https://example.org/a/")
    made = set(MADE.findall(done.stderr))
    assert made - GATHERED == starting(made, "page ")
    assert "https://example.org/a/" in (project.root / "_site" / "index.html").read_text(encoding="utf-8")
    assert project.render() == set()  # the first result is still known


@pytest.mark.parametrize(
    ("library", "wanted"),
    [("pillow", ("shared picture",)), ("xlsxwriter", ("data in",))],
)
def test_another_version_of_a_library(project: Project, library: str, wanted: tuple[str, ...]):
    """A library of another version is a reason to call it again, and to call nothing else."""
    made = project.render(other=library)
    assert starting(made, *wanted)
    assert made == starting(made, *wanted) | {SITE}
    assert project.render() == set()


def test_a_page_that_was_edited_is_put_right(project: Project):
    """What somebody wrote in _site/ is not believed to be a result."""
    page = project.root / "_site" / "index.html"
    right = page.read_bytes()
    page.write_text("noe annet", encoding="utf-8")
    assert project.render() == set()
    assert page.read_bytes() == right


def test_the_same_as_from_nothing(project: Project, tmp_path: Path):
    """After all these changes, one after another, everything is that of a first build, to the byte.

    The first build is made in a folder with spaces and Norwegian letters, which leave no trace.
    """
    project.render("pdf")
    assert project.render("pdf", other="typst") == {"site pdf", "PDF"}
    project.replace("_quarto.yml", "output-file: arbeidstrening", "output-file: delrapport")
    assert "PDF" in project.render("pdf")
    assert (project.root / "_site" / "delrapport.pdf").is_file()
    project.render(EVERYTHING)
    other = project.moved(tmp_path / "Øystein sine prøver" / "rapport (ny) å")
    other.render(EVERYTHING)
    assert other.results() == project.results()
