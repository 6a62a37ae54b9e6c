"""The PDF: all of the text, its tags for those who listen, and its way around."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from conftest import ROOT
from printed import attribute, below, elements, levels, of_kind, squeeze

pytestmark = pytest.mark.slow

POINTS = 72 / 25.4  # a millimetre
SPACE = 4  # points: a space after the last word counts as text
MARGIN, FOOT, HEAD = 33 * POINTS, 27 * POINTS, 297 * POINTS - 22 * POINTS


@pytest.fixture(scope="module")
def pdf(site: Path) -> Iterator[pikepdf.Pdf]:
    """The PDF's objects."""
    with pikepdf.open(site / "arbeidstrening.pdf") as opened:
        yield opened


@pytest.fixture(scope="module")
def reader(site: Path) -> PdfReader:
    """The PDF's text and outline."""
    return PdfReader(site / "arbeidstrening.pdf")


@pytest.fixture(scope="module")
def drawings(site: Path) -> Iterator[pdfium.PdfDocument]:
    """The PDF's pages, with the places of their text."""
    opened = pdfium.PdfDocument(site / "arbeidstrening.pdf")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def texts(reader: PdfReader) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def printed(texts: list[str]) -> list[str]:
    """The text of each page, letters and digits only: line ends and hyphens are the printer's own."""
    return [squeeze(text) for text in texts]


def headings() -> list[str]:
    """The chapters' titles as written."""
    files = [ROOT / "index.qmd", *(ROOT / "chapters").glob("*.qmd")]
    return [re.search(r"^# (.+?) \{", path.read_text(encoding="utf-8"), re.MULTILINE)[1] for path in files]


def outline(entries: list) -> Iterator[Destination]:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry)
        else:
            yield entry


def test_every_chapter_is_printed(printed: list[str]):
    """The PDF holds the whole book, appendices and references included."""
    whole = "".join(printed)
    assert [title for title in headings() if squeeze(title) not in whole] == []


def test_every_caption_is_printed(printed: list[str], manifest: dict):
    """Each figure and table that a chapter shows is in print with its headline, source and notes."""
    chapters = "".join(
        path.read_text(encoding="utf-8") for path in [ROOT / "index.qmd", *(ROOT / "chapters").glob("*.qmd")]
    )
    shown = re.findall(r"^(?:figure|table)\(\"(.+?)\"\)", chapters, re.MULTILINE)
    assert len(shown) > 10
    whole = "".join(printed)
    missing = [
        (key, words)
        for key in shown
        for words in (
            manifest["items"][key]["title"],
            manifest["items"][key]["source"],
            *manifest["items"][key]["notes"],
        )
        if squeeze(words) not in whole
    ]
    assert missing == []


def test_every_number_of_a_chapter_is_printed(printed: list[str], raw):
    """A number in the text is the same in print; the fall in participants stands for the rest."""
    before, after = (int(raw("deltakere").set_index("aar")["antall"][year]) for year in ("2017", "2022"))
    whole = "".join(printed)
    assert f"{before}personerhvermåned" in whole
    assert f"Deter{before - after}færre" in whole


def test_the_document_says_its_language_and_title(pdf: pikepdf.Pdf):
    """Readers' programs read it as Norwegian bokmål and show its title instead of a file name."""
    assert str(pdf.Root.Lang).split("-")[0] == "nb"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Arbeidstrening"
        assert metadata["dc:creator"] == ["Bidragsyterne til nettstedet om Arbeidstrening"]


def test_the_document_is_tagged_for_accessibility(pdf: pikepdf.Pdf):
    """It is a tagged PDF that declares PDF/UA-1, and PDF/A-2a for archives."""
    assert bool(pdf.Root.MarkInfo.Marked)
    with pdf.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"].lower() == "a"


def test_every_figure_has_an_alternative_text(pdf: pikepdf.Pdf, manifest: dict):
    """Each drawing carries the alternative text that its page has, and no other images stand in print."""
    texts = [str(figure.get("/Alt", "")) for figure in of_kind(pdf, "/Figure")]
    drawings = [item for item in manifest["items"].values() if ".svg" in item["sizes"] and "lang" not in item]
    assert sorted(texts) == sorted(item["alt"] for item in drawings)


def test_tables_are_tagged_with_headers(pdf: pikepdf.Pdf):
    """Each table has header cells and rows, so that it can be read cell by cell."""
    tables = of_kind(pdf, "/Table")
    assert len(tables) > 3
    for table in tables:
        kinds = {str(element.S) for element in elements(table.K)}
        assert {"/TH", "/TR", "/TD"} <= kinds


def test_header_cells_say_what_they_head(pdf: pikepdf.Pdf):
    """Each header cell has a scope: its column or its row."""
    cells = of_kind(pdf, "/TH")
    assert len(cells) > 50
    scopes = [attribute(cell, "/Scope") for cell in cells]
    assert set(scopes) <= {"/Column", "/Row", "/Both"}


def test_all_that_is_drawn_is_tagged_or_set_aside(pdf: pikepdf.Pdf):
    """Text outside the tags would never be read; head, foot and lines are marked as artifacts."""
    astray = []
    for number, page in enumerate(pdf.pages, start=1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            if name in ("Tj", "TJ", "Do") and depth == 0:
                astray.append((number, str(operands)[:40]))
    assert astray == []


def test_a_chart_stands_with_its_caption(pdf: pikepdf.Pdf, printed: list[str], manifest: dict):
    """Headline, drawing and source of a figure stand on one page."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    by_alt = {item["alt"]: item for item in manifest["items"].values() if "alt" in item}
    for figure in of_kind(pdf, "/Figure"):
        item, text = by_alt[str(figure.Alt)], printed[pages[figure.Pg.objgen]]
        assert squeeze(item["title"]).lower() in text.lower(), item["title"]
        assert squeeze(f"Kilde: {item['source']}") in text, item["title"]


def test_headings_nest(pdf: pikepdf.Pdf):
    """Headings go down one level at a time."""
    found = levels(pdf)
    assert found.count(1) >= len(headings())
    assert all(after - before <= 1 for before, after in pairwise(found))


def test_the_outline_leads_to_its_headings(reader: PdfReader, printed: list[str]):
    """Each entry of the outline opens the page that holds its title."""
    entries = list(outline(reader.outline))
    assert len(entries) > 40
    astray = [
        entry.title
        for entry in entries
        if squeeze(entry.title) not in printed[reader.get_destination_page_number(entry)]
    ]
    assert astray == []


def test_entries_of_the_outline_begin_with_a_word(reader: PdfReader):
    """One without a number has no blank in its place."""
    titles = [entry.title for entry in outline(reader.outline)]
    assert [title for title in titles if title != title.strip()] == []


def test_the_outline_holds_every_chapter(reader: PdfReader):
    """The outline's first level is the chapters, with their numbers."""
    titles = [entry.title for entry in reader.outline if isinstance(entry, Destination)]
    assert [title for title in headings() if not any(entry.endswith(title) for entry in titles)] == []


def body_lines(page: pdfium.PdfPage) -> list[tuple[float, float, float, str]]:
    """(left, bottom, right, text) of each piece of text between head and foot, the lowest first; in points."""
    text = page.get_textpage()
    boxes = [text.get_rect(i) for i in range(text.count_rects())]
    inside = [(left, low, right, high) for left, low, right, high in boxes if low > FOOT and high < HEAD]
    lines = [(left, low, right, text.get_text_bounded(left, low, right, high)) for left, low, right, high in inside]
    return sorted(lines, key=lambda line: line[1])


def test_no_page_is_nearly_empty(texts: list[str], drawings: pdfium.PdfDocument):
    """Each page after the title holds at least five lines between its head and foot."""
    short = [
        number
        for number, page in enumerate(drawings, start=1)
        if number > 1 and len({round(line[1]) for line in body_lines(page)}) < 5
    ]
    assert short == []


def test_no_page_has_a_hole(drawings: pdfium.PdfDocument):
    """Figures and tables wait at the head or foot of a page; less than a fifth of the page stays empty above one."""
    holes = [
        (number, said)
        for number, page in enumerate(drawings, start=1)
        for (_, low, _, said), (_, above, _, _) in pairwise(body_lines(page))
        if re.match(r"(Figur|Tabell) [\dA-Z.]*\d$", said.strip()) and above - low > page.get_height() / 5
    ]
    assert holes == []


def test_a_users_figure_stands_above_the_next_users_heading(
    reader: PdfReader, drawings: pdfium.PdfDocument, manifest: dict
):
    """A drawing that waits for room comes before the next section begins: under another name it would be misread."""
    figures = [key for key in manifest["items"] if re.fullmatch(r"fig-vignett-\d", key)]
    names = [manifest["items"][key]["title"].split(":")[0] for key in sorted(figures)]
    first = next(entry for entry in outline(reader.outline) if entry.title.removeprefix("5.3 ").startswith(names[0]))
    pages = list(drawings)[reader.get_destination_page_number(first) :]
    lines = [text for page in pages for *_, text in reversed(body_lines(page))]
    order = [name for line in lines for name in names if re.match(rf"{name}: \w", line)]
    assert order[: 2 * len(names)] == [name for name in names for _heading_and_figure in range(2)]


def test_no_line_leaves_the_page(drawings: pdfium.PdfDocument):
    """No text stands outside the margins of its page, of 33 mm; the title page has its own."""
    wide = [
        (number, text)
        for number, page in enumerate(drawings, start=1)
        for left, _low, right, text in body_lines(page)
        if number > 1 and (left < MARGIN - 1 or right > page.get_width() - MARGIN + SPACE)
    ]
    assert wide == []


def test_no_text_runs_into_the_foot_of_a_page(site: Path):
    """Below the text of a page stand the report's name and the page's number, nothing else; the title page has none."""
    low = [(number, said) for number, said in below(site / "arbeidstrening.pdf", FOOT) if number > 1]
    assert [(number, said) for number, said in low if said not in ("Arbeidstrening", str(number))] == []
    assert len(low) > 100


def test_no_heading_ends_a_page(reader: PdfReader, drawings: pdfium.PdfDocument, raw):
    """Below a heading there is always text on the same page, and below a requirement what we say of it."""
    titles = {squeeze(entry.title) for entry in outline(reader.outline)}
    titles |= {squeeze(text) for text in raw("egenvurdering")["krav"]}
    last = [(number, body_lines(page)) for number, page in enumerate(drawings, start=1)]
    assert [number for number, lines in last if lines and squeeze(lines[0][3]) in titles] == []


def test_the_contents_give_the_right_pages(reader: PdfReader, printed: list[str]):
    """Each chapter and section of the contents has the number of the page where it begins."""
    start = next(number for number, text in enumerate(printed) if text.startswith("Innhold"))
    contents = "".join(printed[start : start + 3])
    parts = [part for one in reader.outline for part in (one if isinstance(one, list) else [one])]
    entries = [part for part in parts if isinstance(part, Destination)]
    astray = [
        entry.title
        for entry in entries
        if squeeze(entry.title) in contents
        and f"{squeeze(entry.title)}{reader.get_destination_page_number(entry) + 1}" not in contents
    ]
    assert astray == []
    chapters = [entry for entry in reader.outline if isinstance(entry, Destination)]
    assert [entry.title for entry in chapters if squeeze(entry.title) not in contents + "Innhold"] == []


def test_text_is_read_in_the_order_of_the_chapters(printed: list[str]):
    """Extracted text has the sections of a chapter in the order in which they are written."""
    whole = "".join(printed[5:])
    for path in sorted((ROOT / "chapters").glob("0*.qmd")):
        titles = re.findall(r"^##+ (.+?) \{#sec", path.read_text(encoding="utf-8"), re.MULTILINE)
        at = whole.index(squeeze(re.search(r"^# (.+?) \{", path.read_text(encoding="utf-8"), re.MULTILINE)[1]))
        for title in titles:
            found = whole.find(squeeze(title), at)
            assert found >= 0, f"{path.name}: {title}"
            at = found


def test_the_colophon_says_how_to_cite(printed: list[str]):
    """The page after the title has version, citation, licence and independence."""
    for words in ("Uavhengig gjengivelse", "Versjon", "Slik siterer du", "CC BY 4.0", "PDF/UA-1 og PDF/A-2a"):
        assert squeeze(words) in printed[1]


def test_verapdf_has_nothing_to_say(site: Path):
    """The file is PDF/UA-1 and PDF/A-2a by the archives' own checker."""
    if not shutil.which("verapdf"):
        pytest.skip("veraPDF is not installed (verapdf.org)")
    for flavour in ("ua1", "2a"):
        command = ["verapdf", "--flavour", flavour, str(site / "arbeidstrening.pdf")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_pages_are_a4(reader: PdfReader):
    """Each page is 210 by 297 millimetres."""
    sizes = {
        (round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4))
        for page in reader.pages
    }
    assert sizes == {(210, 297)}


def test_every_letter_can_be_copied(texts: list[str]):
    """Text comes out as text: no letter lacks its meaning, and the Norwegian ones are there."""
    whole = "".join(texts)
    assert "\ufffd" not in whole
    assert all(letter in whole for letter in "æøåÅ«»–")


def test_links_lead_to_pages_or_addresses(pdf: pikepdf.Pdf):
    """Every link of the document opens a web address or a place in the document that exists."""
    names = {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}
    strange = []
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            action = note.get("/A", {})
            place = note.get("/Dest") or action.get("/D")
            if action.get("/S") == "/URI":
                known = re.match(r"https?://", str(action.URI))
            else:
                known = isinstance(place, pikepdf.Array) or str(place) in names
            if not known:
                strange.append(str(action.get("/URI", place)))
    assert strange == []


def test_the_text_holds_nothing_of_the_source(texts: list[str]):
    """No cell, mark or command of the source has reached print."""
    whole = "".join(texts)
    assert re.findall(r"\{python\}|#link|#figure|@(?:fig|tbl|sec)-|:::|\[\^", whole) == []
