"""The Word file and the e-book: the same chapters, numbers and captions as the pages, for all readers."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from rapport.book import load_book
from rapport.engine.revision import revision
from rapport.paths import Paths

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def word(site: Path) -> zipfile.ZipFile:
    """The parts of the Word file."""
    return zipfile.ZipFile(site / "arbeidstrening.docx")


@pytest.fixture(scope="module")
def document(word: zipfile.ZipFile) -> str:
    """The text of the Word file, as WordprocessingML."""
    return word.read("word/document.xml").decode("utf-8")


@pytest.fixture(scope="module")
def ebook(site: Path) -> zipfile.ZipFile:
    """The parts of the e-book."""
    return zipfile.ZipFile(site / "arbeidstrening.epub")


@pytest.fixture(scope="module")
def package(ebook: zipfile.ZipFile) -> BeautifulSoup:
    """What the e-book says of itself."""
    return BeautifulSoup(ebook.read("EPUB/content.opf"), "html.parser")


def paragraphs(document: str) -> list[str]:
    """The text of each paragraph."""
    found = re.findall(r"<w:p>.*?</w:p>", document, re.DOTALL)
    return [unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", text))) for text in found]


def captions(site: Path) -> list[str]:
    """Number and headline of every figure and table of the book's pages, in no order."""
    files = [path for path in site.rglob("*.html") if path.parent.name != "en"]  # no part of the book
    tags = [tag for path in files for tag in soup(path).select("main figcaption")]
    return sorted(" ".join(tag.get_text(" ").split()) for tag in tags)


def chapters(ebook: zipfile.ZipFile) -> list[BeautifulSoup]:
    """The e-book's chapters."""
    names = sorted(name for name in ebook.namelist() if re.search(r"text/ch\d+\.xhtml$", name))
    return [BeautifulSoup(ebook.read(name), "html.parser") for name in names]


def soup(path: Path) -> BeautifulSoup:
    """A page of the site."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def cells(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The words of a table, row by row."""
    rows = [row.select("th, td") for row in table.select("tr")]
    return tuple(tuple(" ".join(cell.get_text().split()) for cell in row) for row in rows)


def drawn(manifest: dict) -> list[str]:
    """The alternative text of each chart."""
    return sorted(item["alt"] for item in manifest["items"].values() if ".svg" in item["sizes"] and "lang" not in item)


def test_the_word_file_has_the_captions_of_the_pages(document: str, site: Path):
    """Figures and tables have the numbers and headlines that they have on the site."""
    texts = {" ".join(text.split()) for text in paragraphs(document)}
    assert len(captions(site)) > 20
    assert [caption for caption in captions(site) if caption not in texts] == []


def test_every_picture_in_word_has_its_alternative_text(document: str, manifest: dict):
    """Each chart carries the text that its page has; no picture is without."""
    found = [unescape(text) for text in re.findall(r'<wp:docPr [^>]*?descr="([^"]*)"', document)]
    assert sorted(found) == drawn(manifest)
    assert document.count("<wp:docPr ") == len(found)


def test_every_table_in_word_repeats_its_head(document: str):
    """The row of headings is marked as one, so that it is repeated on each page and read with each cell."""
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", document, re.DOTALL)
    assert len(tables) > 10
    assert [table[:300] for table in tables if table.count("<w:tblHeader") != 1] == []


def test_rows_in_word_stay_on_one_page(word: zipfile.ZipFile, document: str):
    """The style of every table forbids that a row is parted, and what is a heading keeps with what follows."""
    styles = word.read("word/styles.xml").decode("utf-8")
    made = dict(re.findall(r'<w:style [^>]*w:styleId="([^"]+)"[^>]*>(.*?)</w:style>', styles, re.DOTALL))
    used = set(re.findall(r'<w:tblStyle w:val="([^"]+)"', document))
    assert used
    assert [name for name in used if not re.search(r"<w:trPr>\s*<w:cantSplit ?/>", made[name])] == []
    kept = ("Heading1", "Heading2", "Heading3", "ImageCaption", "TableCaption", "DefinitionTerm")
    assert [name for name in kept if "<w:keepNext" not in made[name]] == []


def test_word_uses_real_styles(document: str, word: zipfile.ZipFile):
    """Every style that a paragraph names exists; headings, captions and sources have their own."""
    used = set(re.findall(r'<w:pStyle w:val="([^"]+)"', document))
    known = set(re.findall(r'w:styleId="([^"]+)"', word.read("word/styles.xml").decode("utf-8")))
    assert {"Heading1", "Heading2", "ImageCaption", "TableCaption", "Kilde", "Undertittel", "TOC1"} <= used
    assert used - known == set()


def test_word_lists_chapters_figures_and_tables(document: str, paths: Paths):
    """Three fields make the lists, which hold their entries already; every link inside the file leads somewhere."""
    fields = [unescape(text).split()[0] for text in re.findall(r"<w:instrText[^>]*>([^<]*)<", document)]
    assert fields.count("TOC") == 3
    texts = paragraphs(document)
    assert any("Oppdater felt" in text for text in texts)  # where pages end, Word alone knows
    assert [c.title for c in load_book(paths).chapters if not any(text.endswith(c.title) for text in texts)] == []
    anchors = set(re.findall(r'<w:hyperlink [^>]*w:anchor="([^"]+)"', document))
    marks = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', document))
    assert len(anchors) > 100
    assert anchors - marks == set()


def test_word_says_its_language_title_and_time(word: zipfile.ZipFile, paths: Paths):
    """Bokmål throughout; title and time of the commit in the file's properties, and never the clock."""
    assert re.search(r'<w:lang [^>]*w:val="nb-NO"', word.read("word/styles.xml").decode("utf-8"))
    core = word.read("docProps/core.xml").decode("utf-8")
    assert "<dc:title>Arbeidstrening</dc:title>" in core
    made = revision(paths.root, load_book(paths).date).time
    assert set(re.findall(r">(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)<", core)) == {f"{made:%Y-%m-%dT%H:%M:%SZ}"}


def test_the_ebook_has_the_captions_of_the_pages(ebook: zipfile.ZipFile, site: Path):
    """The same numbers and headlines as on the site."""
    found = [tag.get_text(" ") for page in chapters(ebook) for tag in page.select('[data-custom-style$="Caption"]')]
    assert sorted(" ".join(text.split()) for text in found) == captions(site)


def test_every_picture_of_the_ebook_has_its_alternative_text(ebook: zipfile.ZipFile, manifest: dict):
    """Each chart carries the text that its page has, as a drawing that can be enlarged."""
    pictures = [tag for page in chapters(ebook) for tag in page.find_all("img")]
    assert sorted(tag.get("alt", "") for tag in pictures) == drawn(manifest)
    assert all(tag["src"].endswith(".svg") for tag in pictures)


def test_every_table_of_the_ebook_is_that_of_its_page(ebook: zipfile.ZipFile, site: Path):
    """Where it stands for itself and not beside a chart: cell by cell, with headings that say what they head."""
    pages = [soup(path) for path in (site / "index.html", *(site / "chapters").glob("*.html"))]
    shown = {cells(table) for page in pages for table in page.select("main figure:not(:has(svg)) table.gt_table")}
    tables = [table for page in chapters(ebook) for table in page.select("table.gt_table")]
    assert len(tables) > 10
    assert {cells(table) for table in tables} == shown
    assert [str(head) for table in tables for head in table.find_all("th") if not head.get("scope")] == []
    assert [table for table in tables if "data-" in str(table) or "style=" in str(table)] == []


def test_the_ebook_says_how_it_can_be_read(package: BeautifulSoup):
    """Language, title, cover and what a reader with a screen reader can expect."""
    text = str(package)
    assert "nb-NO" in text
    for name in ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary"):
        assert f'property="schema:{name}"' in text
    assert 'properties="cover-image"' in text
    assert 'properties="nav"' in text


def test_the_ebook_leads_to_every_chapter(ebook: zipfile.ZipFile, paths: Paths):
    """The navigation holds every chapter of the book, and a chapter's file is called what its heading says."""
    nav = BeautifulSoup(ebook.read("EPUB/nav.xhtml"), "html.parser")
    entries = [link.get_text() for link in nav.select("nav#toc a")]
    assert [c.title for c in load_book(paths).chapters if not any(text.endswith(c.title) for text in entries)] == []
    titles = [(page.title.get_text(), " ".join(page.h1.get_text().split())) for page in chapters(ebook)]
    assert [pair for pair in titles if pair[0] != pair[1]] == []
    assert len(set(titles)) == len(load_book(paths).chapters)


def test_the_title_page_of_both_says_whose_edition_it_is(ebook: zipfile.ZipFile, document: str, paths: Paths):
    """Independent, of which version and revision, and how to cite it; nobody is named twice on it."""
    book = load_book(paths)
    revised = revision(paths.root, book.date)
    page = BeautifulSoup(ebook.read("EPUB/text/title_page.xhtml"), "html.parser")
    text = " ".join(page.get_text(" ").split())
    for said in ("verken laget eller godkjent", revised.commit, revised.shown_date, "Slik siterer du", "CC BY 4.0"):
        assert said in text
        assert said in " ".join(paragraphs(document))
    assert [tag.get_text() for tag in page.select(".author, .publisher")] == [book.author]


def test_a_finding_has_its_headline_on_a_line_of_its_own(ebook: zipfile.ZipFile, document: str, site: Path):
    """The headlines of the front page's findings, each followed by a break in both documents."""
    headlines = [" ".join(tag.get_text().split()) for tag in soup(site / "index.html").select(".funn li > strong")]
    assert len(headlines) > 4
    shown = [tag for page in chapters(ebook) for tag in page.select(".funn li > strong")]
    assert [tag.get_text() for tag in shown] == headlines
    assert {tag.find_next_sibling().name for tag in shown} == {"br"}
    broken = re.findall(r"([^<>]+)</w:t></w:r><w:r><w:br ?/></w:r>", document)
    assert [text for text in headlines if text not in map(unescape, broken)] == []


def test_nothing_of_the_source_or_the_page_is_left(document: str, ebook: zipfile.ZipFile):
    """No mark of the source, and nothing that only a page can do."""
    whole = " ".join([*paragraphs(document), *(page.get_text() for page in chapters(ebook))])
    assert (
        re.findall(r"\{python\}|#figure|@(?:fig|tbl|sec)-|:::|\[\^|Last ned (?:figuren|tallene)|Vis tallene", whole)
        == []
    )


def test_no_folder_of_the_machine_is_told(word: zipfile.ZipFile, ebook: zipfile.ZipFile, site: Path):
    """A reader has no use for where the file was made, and two builds would differ by it."""
    folder = str(site.parent).encode()
    assert [name for book in (word, ebook) for name in book.namelist() if folder in book.read(name)] == []
    assert [name for book in (word, ebook) for name in book.namelist() if b".cache/" in book.read(name)] == []


def test_epubcheck_has_nothing_to_say(site: Path):
    """The e-book is a valid EPUB 3, by the checker of those who made the format."""
    checker = Path("/usr/share/java/epubcheck.jar")
    if not (shutil.which("java") and checker.is_file()):
        pytest.skip("epubcheck is not installed (apt-get install epubcheck)")
    command = ["java", "-jar", str(checker), "--failonwarnings", str(site / "arbeidstrening.epub")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_files_are_small(site: Path):
    """The PDF is at most 3 MB, the others at most one."""
    sizes = {kind: (site / f"arbeidstrening.{kind}").stat().st_size for kind in ("pdf", "docx", "epub")}
    assert sizes["pdf"] <= 3_000_000
    assert max(sizes["docx"], sizes["epub"]) <= 1_000_000


def test_pages_name_the_files_with_their_sizes(site: Path):
    """The foot of each chapter offers all three; no mark of a size is left unfilled."""
    for page in [site / "index.html", *(site / "chapters").glob("*.html")]:
        shown = soup(page)
        links = [link["href"].split("/")[-1] for link in shown.select("footer a[download]")]
        assert links == ["arbeidstrening.pdf", "arbeidstrening.docx", "arbeidstrening.epub"]
        assert "@SIZE" not in str(shown)
