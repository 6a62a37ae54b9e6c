"""Both engines make the same report: a planted difference of each kind is found, and the two real sites agree."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Run
from printed import printed
from rapport.book import read_config
from rapport.engine.quarto import FORMATS, find_quarto
from rapport.errors import RapportError
from rapport.parity.accepted import read_accepted, sift
from rapport.parity.compare import compare_sites
from rapport.parity.difference import Difference
from rapport.parity.page import read_page

# One page as each engine frames it; the text is the same.
OURS = """<!doctype html><html lang="nb"><head><title>Om tiltaket – Rapport</title></head><body><header>Meny</header>
<main id="innhold"><section id="sec-om"><h1><span class="header-section-number">2</span> Om tiltaket</h1>
<p>Bruken falt med <data class="tall" value="63.2"><a href="tall.html#t">63,2 prosent</a></data>, se
<a class="ref" href="#fig-a">figur 2.1</a> og
<span class="citation">(<a href="ref.html#ref-nav">NAV 2022</a>)</span>.</p>
<figure id="fig-a"><figcaption><span class="nr">Figur 2.1</span> Bruken falt</figcaption>
<div role="img" aria-label="Stolper: 5 515."><svg><text>5 515</text></svg></div>
<a href="../figures/a.csv" download>Last ned CSV</a></figure></section>
<nav class="blaing"><a href="x.html">Neste</a></nav></main></body></html>"""
THEIRS = """<!doctype html><html lang="nb"><head><title>Om tiltaket – Rapport</title></head><body><nav>Annen meny</nav>
<main class="content"><header id="title-block-header"><h1><span id="sec-om" class="quarto-section-identifier">
<span class="chapter-number">2</span> Om tiltaket</span></h1></header><div id="refs" style="display: none">NAV</div>
<p>Bruken falt med <data class="tall" value="63.2"><a href="./tall.html#t">63,2&nbsp;prosent</a></data>, se
<a class="quarto-xref" href="#fig-a">figur&nbsp;2.1</a> og
<span class="citation">(<a href="ref.html#ref-nav">NAV 2022</a>)</span>.</p>
<figure id="fig-a"><figcaption>Figur&nbsp;2.1 Bruken falt</figcaption>
<div role="img" aria-label="Stolper: 5 515."><svg><text>5 515</text></svg></div>
<a href="../figures/a.csv" download>Last ned CSV</a></figure></main></body></html>"""


def small_site(folder: Path, page: str) -> Path:
    (folder / "chapters").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "chapters" / "om.html").write_text(page, encoding="utf-8")
    (folder / "data" / "a.csv").write_text("aar;antall\n2022;5515\n", encoding="utf-8")
    return folder


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """Two small sites that say the same."""
    return small_site(tmp_path / "ours", OURS), small_site(tmp_path / "theirs", THEIRS)


def test_what_frames_the_text_is_no_difference(sites: tuple[Path, Path]):
    """Menus, paging, kinds of spaces, hidden lists and where an id stands may differ."""
    assert compare_sites(*sites) == []


PLANTED = {
    "title": ("<title>Om", "<title>Mer om"),
    "language": ('lang="nb"', 'lang="en"'),
    "headings": ('<span id="sec-om"', '<span id="sec-annen"'),
    "text": ("Bruken falt med", "Bruken steg med"),
    "captions": ("2.1 Bruken falt<", "2.2 Bruken falt<"),
    "references": ('href="#fig-a"', 'href="#fig-b"'),
    "citations": ("#ref-nav", "#ref-ssb"),
    "numbers": ('value="63.2"', 'value="63.3"'),
    "downloads": ("../figures/a.csv", "../figures/b.csv"),
    "alternative text": ("Stolper: 5 515.", "Stolper."),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_difference_is_found(sites: tuple[Path, Path], what: str):
    """Of each kind, with the file, ours and theirs."""
    old, new = PLANTED[what]
    page = sites[1] / "chapters" / "om.html"
    page.write_text(THEIRS.replace(old, new), encoding="utf-8")
    found = [difference for difference in compare_sites(*sites) if difference.what == what]
    assert [difference.file for difference in found] == ["chapters/om.html"]
    assert found[0].ours != found[0].theirs


def test_a_page_or_a_file_too_few_or_changed_is_found(sites: tuple[Path, Path]):
    """Addresses and the content of downloads are compared too."""
    (sites[1] / "chapters" / "om.html").unlink()
    (sites[1] / "data" / "a.csv").write_text("aar;antall\n2022;5516\n", encoding="utf-8")
    found = [(difference.file, difference.what, difference.ours) for difference in compare_sites(*sites)]
    assert found == [("site", "addresses *.html", "chapters/om.html"), ("data/a.csv", "content", "one file")]


def test_a_folder_without_a_site_is_refused(tmp_path: Path):
    with pytest.raises(RapportError, match=r"no index\.html"):
        compare_sites(tmp_path, tmp_path)


def test_the_outline_of_a_pdf_is_compared(sites: tuple[Path, Path], tmp_path: Path):
    """A chapter that is named otherwise in one of two PDFs is told, with the text that stands on its page."""
    from pypdf import PdfWriter

    for folder, title in zip(sites, ("Innledning", "Forord"), strict=True):
        writer = PdfWriter()
        writer.add_blank_page(width=100, height=100)
        writer.add_outline_item(title=title, page_number=0)
        writer.write(folder / "rapport.pdf")
    found = [(difference.what, difference.ours, difference.theirs) for difference in compare_sites(*sites)]
    assert ("outline", "1 Innledning", "1 Forord") in found


ENTRY = """[[accepted]]
file = "chapters/*"
what = "title"
ours = '(.+) – Rapport'
theirs = '\\d+ \\1 – Rapport'
reason = "numbers in titles"
"""


def test_an_accepted_difference_is_not_told_and_an_idle_entry_is(tmp_path: Path):
    """An entry speaks of the very text it names; when nothing fits it any longer, it must go."""
    (tmp_path / "parity.toml").write_text(ENTRY, encoding="utf-8")
    accepted = read_accepted(tmp_path / "parity.toml")
    expected = Difference("chapters/a.html", "title", "Om – Rapport", "2 Om – Rapport")
    other = Difference("chapters/a.html", "title", "Om – Rapport", "2 Noe annet – Rapport")
    assert sift([expected, other], accepted) == ([other], [])
    assert sift([other], accepted) == ([other], accepted)


def test_an_entry_without_a_reason_is_refused(tmp_path: Path):
    (tmp_path / "parity.toml").write_text(ENTRY.split("reason")[0], encoding="utf-8")
    with pytest.raises(RapportError, match="entry 1: found an entry without reason"):
        read_accepted(tmp_path / "parity.toml")


def test_the_command_says_what_differs_and_ends_with_one(sites: tuple[Path, Path], rapport: Run):
    """Exit status 0 or 1, and 2 for wrong usage; each difference stands with ours and theirs."""
    told = rapport("parity", *map(str, sites))
    assert told.returncode == 1, told.stderr  # the accepted differences of the report are idle here
    assert "nothing differs any longer" in told.stdout
    (sites[1] / "index.html").write_text(THEIRS.replace("Bruken falt med", "Bruken steg med"), encoding="utf-8")
    told = rapport("parity", *map(str, sites))
    assert re.search(r"index\.html: text\n  ours:   Bruken falt.*\n  theirs: Bruken steg", told.stdout)
    assert rapport("parity", str(sites[0])).returncode == 2


def test_without_quarto_the_command_says_how_to_get_it(rapport: Run, monkeypatch: pytest.MonkeyPatch):
    if shutil.which("quarto"):
        pytest.skip("Quarto is on PATH")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    told = rapport("parity")
    assert (told.returncode, "To mend it: install Quarto" in told.stderr) == (2, True)


def test_the_chapters_of_both_engines_have_the_same_facets():
    """What is compared is found on a page: an empty facet would compare nothing."""
    assert [name for name, entries in read_page("chapters/om.html", OURS).items() if not entries] == []


def test_quarto_is_asked_for_formats_that_the_book_has():
    """A format of Quarto's own in their place would print the report in a template of its own."""
    assert set(FORMATS.values()) <= read_config(ROOT / "_quarto.yml")["format"].keys()


@pytest.fixture(scope="module")
def quarto_site(tmp_path_factory: pytest.TempPathFactory, copy_project, rapport: Run) -> Path:
    """The committed report, rendered by Quarto in a copy of the project; what it said lies beside it."""
    if find_quarto() is None:
        pytest.skip("Quarto is not on PATH nor named by QUARTO_PATH")
    project = copy_project(tmp_path_factory.mktemp("quarto") / "project")
    shutil.copytree(ROOT / "_extensions", project / "_extensions")
    ours = rapport("render", "--to", "html,pdf", "--output", "egen", cwd=project)  # of the same revision
    assert ours.returncode == 0, ours.stderr
    done = rapport("render", "--engine", "quarto", cwd=project, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    (project / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    return project / "_site"


@pytest.mark.slow
def test_both_engines_make_the_same_report(quarto_site: Path):
    """Addresses, headings, text, numbers, captions, references, downloads, alternative text, and the PDF."""
    found = compare_sites(quarto_site.parent / "egen", quarto_site)
    left, idle = sift(found, read_accepted(ROOT / "tests" / "parity.toml"))
    assert (left, idle) == ([], [])


@pytest.mark.slow
def test_quarto_renders_without_a_warning(quarto_site: Path):
    said = (quarto_site.parent / "said.txt").read_text(encoding="utf-8")
    assert re.findall(r".*\bWARN.*", said, re.IGNORECASE) == []


@pytest.mark.slow
def test_nothing_on_quartos_pages_comes_from_another_site(quarto_site: Path):
    """No page of Quarto's fetches a script, a style, a font or a picture from elsewhere; a licence is only named."""
    fetched = re.compile(
        r'<(?:script|link(?! rel="license")|img|iframe)\b[^>]*\b(?:src|href)="(?:https?:)?//[^"]*"|'
        r'url\(["\']?(?:https?:)?//'
    )
    pages = [*quarto_site.rglob("*.html"), *quarto_site.rglob("*.css")]
    astray = {p.name: fetched.findall(p.read_text(encoding="utf-8")) for p in pages}
    assert {name: found for name, found in astray.items() if found} == {}


@pytest.mark.slow
def test_figures_on_quartos_pages_can_be_explored(quarto_site: Path):
    """Its pages bring the script, Vega lies beside them, and no figure is spoken of without its number."""
    pages = {page.name: page.read_text(encoding="utf-8") for page in quarto_site.glob("chapters/*.html")}
    drawn = [page for page in pages.values() if 'class="utforsk"' in page]
    assert len(drawn) > 3
    assert all(re.search(r'<script defer(="")? src="../assets/figur.js">', page) for page in drawn)
    assert all((quarto_site / "assets" / name).stat().st_size > 1000 for name in ("figur.js", "vega.js"))
    assert [name for name, page in pages.items() if "data-nummer" in page] == []


@pytest.mark.slow
def test_quarto_makes_the_pdf_alone(quarto_site: Path, rapport: Run):
    """Asked for the PDF and nothing else, Quarto prints the report in the report's own template."""
    project = quarto_site.parent
    done = rapport("render", "--engine", "quarto", "--to", "pdf", "--output", "trykk", cwd=project, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert printed(project / "trykk" / "arbeidstrening.pdf") == printed(quarto_site / "arbeidstrening.pdf")
