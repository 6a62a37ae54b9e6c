"""A whole build: what follows a change, and what a fault leaves alone. That two builds are equal: test_rebuild.py."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT, Run
from printed import printed

pytestmark = pytest.mark.slow

Copy = Callable[..., Path]

CHAPTER = "chapters/07-drofting.qmd"
# JSON-LD stands in a script element but is data, which no browser runs.
SCRIPTS = 'script:not([type="application/ld+json"], [src]), [onerror]'  # the site's own scripts are files


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def hashes(folder: Path) -> dict[str, str]:
    """The content of every file, by its path in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def moved(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The files that came, went or changed."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def page(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text(encoding="utf-8"), "lxml")


def built(rapport: Run, project: Path, *arguments: str) -> Path:
    done = rapport("render", *arguments, cwd=project)
    assert done.returncode == 0, done.stderr
    return project / "_site"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, rapport: Run, copy_project: Copy) -> Path:
    """The site of an unchanged copy."""
    return built(rapport, copy_project(tmp_path_factory.mktemp("plain") / "project"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, rapport: Run, copy_project: Copy) -> Path:
    """The site after one cell has a new value and one a text full of notation."""
    project = copy_project(tmp_path_factory.mktemp("changed") / "project")
    replace(project / "data" / "deltakere.csv", "2022,5515,", "2022,5700,")
    replace(
        project / "data" / "formaal.csv",
        "2021,arbeidserfaring,Arbeidserfaring,",
        "2021,arbeidserfaring,*Erfaring* #x $y$ [z](w) @q,",
    )
    return built(rapport, project, "--to", "html,pdf")


def test_the_committed_figures_are_what_the_data_gives(plain: Path):
    """A build on a fresh copy writes figures/ exactly as it is committed."""
    assert moved(hashes(ROOT / "figures"), hashes(plain.parent / "figures")) == []


def test_a_changed_cell_changes_the_text(changed: Path, plain: Path):
    """The number itself and what is computed from it follow in the running text."""
    chapter = page(changed, "chapters/02-om-tiltaket.html").main
    shown = {
        link["href"].split("#tall-")[1]: number.get_text()
        for number in chapter.select("data.tall")
        for link in number.select("a")
    }
    assert (shown["deltakere.2022"], shown["deltakere.nedgang"]) == ("5\u00a0700", "9\u00a0286")
    assert "5\u00a0515" not in chapter.get_text()
    assert "5\u00a0515" in page(plain, "chapters/02-om-tiltaket.html").main.get_text()


def test_a_changed_cell_changes_the_figure(changed: Path, plain: Path):
    """Drawing, alternative text, table and downloads follow."""
    figure = page(changed, "chapters/02-om-tiltaket.html").find(id="fig-deltakere")
    assert "5\u00a0700" in figure.select_one("[role=img]")["aria-label"]
    assert "5\u00a0700" in figure.select_one(".tallene").get_text()
    assert "5\u00a0700" in figure.select_one(".bred svg").get_text()
    assert "5700" in (changed / "figures" / "fig-deltakere.csv").read_text(encoding="utf-8-sig")
    for suffix in (".csv", ".json", ".svg", ".smal.svg", ".vl.json"):
        name = f"figures/fig-deltakere{suffix}"
        assert (changed / name).read_bytes() != (plain / name).read_bytes(), name


def test_a_changed_cell_changes_nothing_else(changed: Path, plain: Path):
    """Figures that do not use the cell stay as they were, in both languages."""
    names = {name.split(".")[0] for name in moved(hashes(plain / "figures"), hashes(changed / "figures"))}
    using = {"fig-deltakere", "fig-deltakere-en", "fig-formaal", "fig-kjeder"}
    assert names == using | {"manifest", "numbers", "tbl-tallregister"}


def test_a_changed_cell_changes_the_pdf(changed: Path):
    """Text and figure in print follow, and the alternative text with them."""
    text = re.sub(r"\s+", " ", printed(changed / "arbeidstrening.pdf"))
    assert "5 700" in text
    assert "5 515" not in text


def test_notation_in_a_cell_is_text_everywhere(changed: Path):
    """Signs that mean something to Markdown, Typst or Vega-Lite show as themselves on the page and in print."""
    text = "*Erfaring* #x $y$ [z](w) @q"
    figure = page(changed, "chapters/02-om-tiltaket.html").find(id="fig-formaal")
    assert text in figure.select_one(".tallene").get_text()
    assert json.loads((changed / "figures" / "fig-formaal.json").read_text(encoding="utf-8"))
    assert text in (changed / "figures" / "fig-formaal.csv").read_text(encoding="utf-8-sig")


def test_a_script_in_a_cell_is_text(project: Path, rapport: Run):
    """Whatever a CSV holds is shown, never run; and --to html makes pages without a PDF or a link to one."""
    attack = "<script>alert(1)</script>"
    replace(
        project / "data" / "formaal.csv", "2021,arbeidserfaring,Arbeidserfaring,", f"2021,arbeidserfaring,{attack},"
    )
    replace(
        project / "data" / "vignetter.csv",
        "Har sluttet på videregående og har noe",
        f"{attack}<img src=x onerror=alert(1)>",
    )
    site = built(rapport, project, "--to", "html")
    pages = {path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "lxml") for path in site.rglob("*.html")}
    assert [name for name, soup in pages.items() if soup.select(SCRIPTS)] == []
    assert attack in pages["02-om-tiltaket.html"].find(id="fig-formaal").select_one(".tallene").get_text()
    assert attack in pages["05-vignettstudien.html"].main.get_text()
    assert "<script" not in (site / "figures" / "fig-formaal.svg").read_text(encoding="utf-8")
    assert (list(site.rglob("*.pdf")), [name for name, soup in pages.items() if soup.select('a[href$=".pdf"]')]) == (
        [],
        [],
    )


def broken_cell(project: Path) -> str:
    replace(project / "data" / "deltakere.csv", "2022,5515,", "2022,fem tusen,")
    return 'data/deltakere.csv, row 7, column "antall": found "fem tusen"'


def append(project: Path, line: str) -> str:
    """Adds a line to a chapter; its place as an error names it."""
    path = project / CHAPTER
    text = path.read_text(encoding="utf-8").rstrip("\n") + f"\n\n{line}\n"
    path.write_text(text, encoding="utf-8")
    return f"{CHAPTER}:{text.count(chr(10))}: "


def unknown_number(project: Path) -> str:
    return (
        append(project, 'Det er `{python} n("deltakere.2032")` deltakere.')
        + 'no number "deltakere.2032" in the register'
    )


def unresolved_reference(project: Path) -> str:
    return append(project, "Se @fig-finnes-ikke.") + "the reference @fig-finnes-ikke leads nowhere"


def outside_the_dialect(project: Path) -> str:
    return append(project, "{{< include annet.qmd >}}") + "a shortcode is not in the dialect"


def typed_number(project: Path) -> str:
    return append(project, "Det er 5515 deltakere.") + "the number “5515” is typed by hand"


def broken_claim(project: Path) -> str:
    replace(project / "data" / "deltakere.csv", "2022,5515,", "2022,8000,")
    source = (ROOT / "index.qmd").read_text(encoding="utf-8").split("\n")
    line = next(i for i, text in enumerate(source, start=1) if 'n("deltakere.fall", "over", 60)' in text)
    return f"index.qmd:{line}: "


def broken_template(project: Path) -> str:
    with (project / "theme" / "rapport.typ").open("a", encoding="utf-8") as template:
        template.write("\n#let\n")
    return "Typst could not make the "  # PDF, or the pictures that are drawn beside it


FAULTS = [
    broken_cell,
    unknown_number,
    unresolved_reference,
    outside_the_dialect,
    typed_number,
    broken_claim,
    broken_template,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_leaves_the_last_good_site(fault, project: Path, rapport: Run):
    """Whatever is wrong, early or late, its place is told, the status is 2, and the site is as it was."""
    (project / "_site" / "assets").mkdir(parents=True)
    (project / "_site" / "index.html").write_text("det forrige", encoding="utf-8")
    (project / "_site" / "assets" / "site.css").write_text("p {}", encoding="utf-8")
    expected = fault(project)
    before, site = hashes(project), hashes(project / "_site")
    done = rapport("render", cwd=project)
    assert done.returncode == 2, done.stderr
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert moved(site, hashes(project / "_site")) == []
    assert not list((project / ".cache" / "build").glob("*"))
    if "nothing was written" in done.stderr:
        assert moved(before, hashes(project)) == []


def test_all_faults_of_the_chapters_are_told_at_once(project: Path, rapport: Run):
    """A writer sees all that is wrong in one run, with the number of errors."""
    expected = [outside_the_dialect(project), unresolved_reference(project), typed_number(project)]
    done = rapport("render", cwd=project)
    assert [place for place in expected if place not in done.stderr] == []
    assert "3 errors;" in done.stderr
