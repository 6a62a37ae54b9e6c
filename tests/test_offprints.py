"""Each chapter as a PDF of its own: what the page offers, what the file holds, and what a change sets again."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT, Run
from printed import attribute, below, levels, of_kind, printed, squeeze
from rapport.book import Chapter, load_book
from rapport.paths import Paths

pytestmark = pytest.mark.slow

CHAPTERS = load_book(Paths(ROOT)).chapters
FOOT = 27 / 25.4 * 72  # points: text ends at 30 mm
BASE = "https://example.org/rapport/"


def name(chapter: Chapter) -> str:
    """The file of a chapter, as the README says that it is called."""
    stem = Path(chapter.path).stem
    return f"chapters/arbeidstrening-{'sammendrag' if stem == 'index' else stem}.pdf"


def by_stem(folder: Path, stem: str) -> Path:
    return folder / "chapters" / f"arbeidstrening-{stem}.pdf"


def addresses(path: Path) -> list[str]:
    """Where the links of a PDF lead outside it."""
    with pikepdf.open(path) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        return [str(note.A.URI) for note in notes if note.get("/A", {}).get("/S") == "/URI"]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.path)
def test_each_page_offers_its_own_pdf(site: Path, chapter: Chapter):
    """The link at the end of a page leads to the chapter's file and says how large it is."""
    page = BeautifulSoup((site / chapter.href).read_text(encoding="utf-8"), "html.parser")
    [link] = page.select("main .egen-pdf a[download]")
    file = (site / chapter.href).parent / link["href"]
    assert file.resolve() == (site / name(chapter)).resolve()
    kilobytes = round(file.stat().st_size / 1000)
    assert f"({kilobytes} kB)" in link.get_text().replace("\u00a0", " ")
    what = "siden" if chapter.number is None else "vedlegget" if chapter.appendix else "kapitlet"
    assert what in link.get_text()


def test_no_other_pages_have_one(site: Path):
    """There is a file a chapter of the book, and pages that are no chapters offer none."""
    files = {path.relative_to(site).as_posix() for path in (site / "chapters").glob("*.pdf")}
    assert files == {name(chapter) for chapter in CHAPTERS}
    assert "egen-pdf" not in (site / "en" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.path)
def test_it_is_accessible(site: Path, chapter: Chapter):
    """PDF/UA-1 and PDF/A-2a with language and title; figures have alternative texts, headers a scope, headings nest."""
    with pikepdf.open(site / name(chapter)) as pdf:
        assert str(pdf.Root.Lang).split("-")[0] == "nb"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == f"{chapter.title} – Arbeidstrening"
            assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"].lower()) == ("2", "a")
        assert [figure for figure in of_kind(pdf, "/Figure") if not str(figure.get("/Alt", ""))] == []
        scopes = {attribute(cell, "/Scope") for cell in of_kind(pdf, "/TH")}
        assert scopes <= {"/Column", "/Row", "/Both"}
        found = levels(pdf)
        assert found[0] == 1
        assert found.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(found))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.path)
def test_it_says_what_it_is_of(site: Path, chapter: Chapter):
    """Number, title, edition, licence, and how to cite the chapter stand in the file."""
    text = squeeze(printed(site / name(chapter)))
    number = "" if chapter.number is None else f"{'Vedlegg' if chapter.appendix else ''}{chapter.number}"
    assert f"uavhengiggjengivelse{number}{squeeze(chapter.title)}" in text
    place = "I" if not number else f"{'Vedlegg' if chapter.appendix else 'Kapittel'}{chapter.number}i"
    assert f"{squeeze(chapter.title)}{place}Arbeidstrening" in text
    for words in ("Versjon", "CC BY 4.0", "PDF/UA-1 og PDF/A-2a"):
        assert squeeze(words) in text


def test_no_text_runs_into_the_foot_of_a_page(site: Path):
    """Below the text stand the report's name and the number of the page with that of all pages."""
    for chapter in CHAPTERS:
        foot = re.compile(r"Arbeidstrening|\d+ av \d+")
        assert [low for low in below(site / name(chapter), FOOT) if not foot.fullmatch(low[1])] == [], chapter.path


def test_the_last_words_are_how_to_use_it(site: Path):
    """What the file is and how to cite it stand after everything of the chapter, tables that were moved included."""
    for chapter in CHAPTERS:
        last = printed(site / name(chapter)).rpartition("Uavhengig gjengivelse\n")[2]
        assert re.findall(r"^(?:Tabell|Figur) [\dA-G.]+$", last, re.MULTILINE) == [], chapter.path


def test_figures_and_sections_have_their_numbers(site: Path):
    """A number in a chapter's file is that of the report: captions and headings say the same in both."""
    whole = squeeze(printed(site / "arbeidstrening.pdf"))
    numbered = re.compile(r"^((?:Figur|Tabell) [\dA-G]+\.\d+|[\dA-G]\.\d+ .+)$", re.MULTILINE)
    for chapter in CHAPTERS:
        lines = numbered.findall(printed(site / name(chapter)))
        assert [line for line in lines if squeeze(line) not in whole] == []
        if chapter.number and not chapter.appendix:
            assert any(line.startswith(f"{chapter.number}.1 ") for line in lines), chapter.path


def cited(chapter: Chapter) -> set[str]:
    """The works that a chapter cites, by the first author and year of each as the bibliography has them."""
    written = (ROOT / chapter.path).read_text(encoding="utf-8")
    entries = re.split(r"^@\w+\{", (ROOT / "references.bib").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {key for key in (entry.partition(",")[0] for entry in entries) if re.search(rf"@{key}\b", written)}


def listed(path: Path) -> int:
    """How many works stand below the heading «Referanser» that a chapter's file ends with."""
    last = printed(path).rpartition("\nReferanser\n")[2].partition("Uavhengig gjengivelse")[0]
    return len(re.findall(r"^\S.*?\b(?:19|20)\d\d\. ", last, re.MULTILINE))


def test_works_that_it_cites_are_listed(site: Path):
    """A chapter that cites has those works at its end; one that does not has no such list."""
    citing = {chapter.path: cited(chapter) for chapter in CHAPTERS if chapter.number and not chapter.appendix}
    assert {len(works) for works in citing.values()} > {0, 1}
    for chapter in CHAPTERS:
        if works := citing.get(chapter.path):
            assert listed(site / name(chapter)) == len(works), (chapter.path, works)
        elif chapter.path in citing:
            assert "\nReferanser\n" not in printed(site / name(chapter))


def test_links_out_of_the_chapter_lead_to_the_site(
    tmp_path: Path, copy_project: Callable[..., Path], rapport: Run, site: Path
):
    """With the site's address a figure of another chapter is a link to its page; without, it is text."""
    project = copy_project(tmp_path / "project")
    done = rapport("render", "--to", "chapters", "--site-url", BASE, cwd=project)
    assert done.returncode == 0, done.stderr
    target = f"{BASE}chapters/02-om-tiltaket.html#fig-deltakere"
    assert target in addresses(by_stem(project / "_site", "sammendrag"))
    assert [link for link in addresses(by_stem(site, "sammendrag")) if "fig-deltakere" in link] == []
    assert "figur23" in squeeze(printed(by_stem(site, "sammendrag")))
    # A place of its own is found in the file.
    assert [link for link in addresses(by_stem(project / "_site", "02-om-tiltaket")) if "#fig-" in link
            and "02-om-tiltaket" in link] == []  # fmt: skip


def test_a_sentence_sets_its_own_chapter_again(tmp_path: Path, copy_project: Callable[..., Path], rapport: Run):
    """The others are kept."""
    project = copy_project(tmp_path / "project")
    chapter = project / "chapters" / "06-arbeidsgivere.qmd"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text + "\nEn setning til slutt.\n", encoding="utf-8")
    rapport("render", "--to", "chapters", cwd=project)
    chapter.write_text(text + "\nEn annen setning til slutt.\n", encoding="utf-8")
    done = rapport("render", "--to", "chapters", "--explain", cwd=project)
    made = re.findall(r"^  made  (PDF of .+?): ", done.stderr, re.MULTILINE)
    assert made == ["PDF of chapters/06-arbeidsgivere.qmd"], done.stderr
