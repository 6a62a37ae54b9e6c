"""The English summary: found from every page and back, framed in its own language, and a page of the web alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import ROOT, Run
from printed import printed
from rapport.book import load_book
from rapport.engine.check import read_sources
from rapport.engine.sections import section_names
from rapport.paths import Paths
from rapport.source import masked
from rapport.web.tongues import alternates, with_languages
from rapport.words import WORDS

HREF = "en/index.html"
FIGURES = ["fig-deltakere-en", "fig-kjennetegn-en", "fig-formaal-en", "fig-vignett-1-en", "fig-informanter-en"]
NORWEGIAN = re.compile(
    r"\b(?:og|av|ikke|er|som|til|med|på|vis|tallene|figuren|last ned|kapitler|søk)\b|[æøå]", re.IGNORECASE
)
BASE = "https://example.org/a/"


def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


@pytest.fixture(scope="module")
def page(site: Path) -> BeautifulSoup:
    """The English page as it is built."""
    return read(site / HREF)


def is_english(tag: Tag) -> bool:
    """Whether a text that stands in the element is said to be English."""
    return next(str(at["lang"]) for at in (tag, *tag.parents) if at.get("lang")) == "en"


def english_texts(page: BeautifulSoup) -> Iterator[str]:
    """Every text of the page that is said to be English, names of figures, regions and buttons included."""
    for string in page.body.strings:
        if is_english(string.parent) and not string.find_parent(["script", "style", "code"]):
            yield str(string)
    for tag in page.select("[aria-label], [title], [alt], [placeholder]"):
        if is_english(tag):
            yield from (str(tag[name]) for name in ("aria-label", "title", "alt", "placeholder") if tag.get(name))


# Its frame


@pytest.mark.slow
def test_all_that_is_said_to_be_english_is(page: BeautifulSoup):
    """Frame, text, figures and their names; what is Norwegian, such as the menu, says so."""
    assert page.html["lang"] == "en"
    texts = [text for text in english_texts(page) if text.strip()]
    assert len(texts) > 300
    assert {text.strip() for text in texts if NORWEGIAN.search(text)} == set()


@pytest.mark.slow
def test_norwegian_would_be_found(site: Path):
    """The test above can fail: the Norwegian front page said to be English is found out."""
    html = (site / "index.html").read_text(encoding="utf-8").replace('<html lang="nb">', '<html lang="en">')
    assert sum(bool(NORWEGIAN.search(text)) for text in english_texts(BeautifulSoup(html, "lxml"))) > 100


@pytest.mark.slow
def test_the_frame_has_its_words(page: BeautifulSoup):
    """Skip link, search, menu and the way back to the top are named in English."""
    assert page.select_one("a.hopp").get_text() == "Skip to the content"
    assert {nav["aria-label"] for nav in page.select("nav.meny")} == {"Chapters, in Norwegian"}
    assert page.select_one(".sok label").get_text() == "Search the site, in Norwegian"
    assert page.select_one(".til-toppen").get_text() == "Back to top"
    assert {str(found["lang"]) for found in page.select("nav.meny ul, nav.meny .del")} == {"nb"}
    assert page.select(".blaing") == []


def test_every_word_of_a_frame_is_in_every_language():
    """A word that lacks a translation would leave a hole on the page, and one too many is never shown."""

    def keys(words: dict) -> set[str]:
        nested = {f"{key}/{code}" for key, found in words.items() if isinstance(found, dict) for code in found}
        return set(words) | nested

    table = WORDS
    assert set(table) == {"nb", "en"}
    assert keys(dict(table["en"])) == keys(dict(table["nb"]))


def test_every_word_of_the_template_is_in_the_table():
    """The template fills in no word that is not there: pandoc would leave it out without telling."""
    template = (ROOT / "theme" / "page.html").read_text(encoding="utf-8")
    assert set(re.findall(r"\$ord\.(\w+)\$", template)) - set(WORDS["en"]) == set()
    assert NORWEGIAN.findall(re.sub(r"<[^>]*>|\$[^$]*\$", " ", template)) == []


# The way there and back


@pytest.mark.slow
def test_every_page_leads_there(site: Path):
    """One link in the head of each page, named in the language it leads to."""
    book = load_book(Paths(ROOT))
    for chapter in book.chapters:
        (found,) = read(site / chapter.href).select("header .sprak")
        assert (found.get_text(), found["lang"], found["hreflang"]) == ("English", "en", "en"), chapter.href
        assert (site / chapter.href).parent.joinpath(str(found["href"])).resolve() == (site / HREF).resolve()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "href"), [("sok.html", HREF), ("404.html", f"/{HREF}")])
def test_the_search_page_and_the_lost_lead_there(site: Path, name: str, href: str):
    (found,) = read(site / name).select(f'a[hreflang="en"][href="{href}"]')
    assert is_english(found)


@pytest.mark.slow
def test_it_leads_back(page: BeautifulSoup):
    (found,) = page.select("header .sprak")
    assert (found.get_text(), found["lang"], found["href"]) == ("Norsk", "nb", "../index.html")


def told(soup: BeautifulSoup) -> dict[str, str]:
    """The languages that a head names, with their addresses."""
    return {str(found["hreflang"]): str(found["href"]) for found in soup.select("head link[hreflang]")}


@pytest.mark.slow
def test_both_pages_name_each_other_for_search_engines(copy_project: Callable[..., Path], tmp_path: Path, rapport: Run):
    """hreflang goes both ways, names the page itself too, and says where speakers of other languages go."""
    project = copy_project(tmp_path / "project")
    done = rapport("render", "--to", "html", "--site-url", BASE, cwd=project)
    assert done.returncode == 0, done.stderr
    site, expected = project / "_site", {"nb": BASE, "en": f"{BASE}{HREF}", "x-default": BASE}
    assert told(read(site / "index.html")) == told(read(site / HREF)) == expected
    assert told(read(site / "chapters" / "kolofon.html")) == {}


@pytest.mark.slow
def test_without_an_address_no_half_names_are_told(site: Path, page: BeautifulSoup):
    """Search engines take whole addresses alone; the link in the header names the language all the same."""
    assert told(page) == told(read(site / "index.html")) == {}
    assert page.select("header a.sprak[hreflang=nb]")


def test_with_an_address_the_names_are_whole():
    book = load_book(Paths(ROOT))
    (english,) = book.alone
    expected = [("nb", BASE), ("en", f"{BASE}{HREF}"), ("x-default", BASE)]
    assert list(alternates(book, english, BASE)) == list(alternates(book, book.chapters[0], BASE)) == expected
    assert list(alternates(book, book.chapters[1], BASE)) == []


@pytest.mark.slow
def test_a_link_to_a_norwegian_page_says_so(page: BeautifulSoup):
    """The numbers' lines in the register, chapters and the menu; a file and a place on the page itself do not."""
    inside = [
        link for link in page.select("a[href]") if re.match(r"\.\./(?:index|chapters/[\w-]+)\.html", link["href"])
    ]
    assert len(inside) > 40
    assert {str(link.get("hreflang")) for link in inside} == {"nb"}
    assert page.select("a[hreflang][href^='#'], a[hreflang][href$='.csv']") == []


def test_a_link_is_marked_once_and_only_between_languages():
    """Links within a language, to other sites and to places on the page are left as they are."""
    book = load_book(Paths(ROOT))
    (english,), spoken = book.alone, {page.href: page.lang for page in book.pages}
    html = '<a class="x" href="../index.html#sec-funn">a</a> <a href="#b">b</a> <a href="https://example.org/en/index.html">c</a>'
    marked = with_languages(html, english, spoken)
    assert marked == html.replace('sec-funn">', 'sec-funn" hreflang="nb">')
    assert with_languages(marked, english, spoken) == marked
    assert with_languages('<a href="index.html">d</a>', book.chapters[0], spoken) == '<a href="index.html">d</a>'


@pytest.mark.slow
def test_the_register_leads_to_english_sentences_as_english(site: Path):
    """Words quoted from the English page, and the name of its section, are marked as English."""
    register = read(site / "chapters" / "tallregister.html")
    found = register.select('a[href^="../en/"]')
    assert len(found) > 10
    assert all((link["lang"], link["hreflang"]) == ("en", "en") for link in found)
    assert "Norwegian" not in register.main.get_text()
    assert all(
        is_english(place.parent) for place in register.find_all(string=re.compile("Evaluation of Arbeidstrening"))
    )


# What it says


@pytest.mark.slow
def test_it_shows_the_figures_of_the_findings_in_english(page: BeautifulSoup):
    """Each finding in small, and whole further down, in the order in which they are told."""
    assert [finding["data-figur"] for finding in page.select(".funn .liten-figur")] == FIGURES
    assert [figure["id"] for figure in page.select("figure.figur")] == FIGURES
    assert [figure.select_one(".nr").get_text() for figure in page.select("figure.figur")] == [
        f"Figure {number}" for number in range(1, 6)
    ]
    assert [link.get_text() for link in page.select(".funn a.ref")] == [
        f"figure\u00a0{number}" for number in range(1, 6)
    ]


def test_quarto_is_told_what_its_references_say():
    """Quarto resolves references to figures in chapters alone; the step before it says what those of the page are."""
    paths = Paths(ROOT)
    names = section_names(load_book(paths), read_sources(paths, load_book(paths)))
    assert [names[key] for key in FIGURES] == [
        {"href": HREF, "text": f"figure\u00a0{number}"} for number in range(1, 6)
    ]
    assert "fig-deltakere" not in names


def test_it_is_as_short_as_a_summary():
    """Between five and nine hundred words, numbers and figures left out."""
    text = masked((ROOT / "en" / "index.qmd").read_text(encoding="utf-8"))
    assert 500 <= len(re.findall(r"[\w’-]+", re.sub(r"\{[^}]*\}|\]\([^)]*\)", " ", text))) <= 900


# For the web alone


def text_of(site: Path, kind: str) -> str:
    """All text of a document of the whole book."""
    path = site / f"arbeidstrening.{kind}"
    if kind == "pdf":
        return printed(path)
    with ZipFile(path) as packed:
        names = [name for name in packed.namelist() if name.endswith((".xml", ".xhtml", ".opf", ".ncx"))]
        return re.sub("<[^>]*>", "", "".join(packed.read(name).decode("utf-8") for name in names))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "docx", "epub"])
def test_it_is_not_in_the_book(site: Path, kind: str):
    """Neither its text nor its figures are in print; the Norwegian summary is."""
    text = re.sub(r"\s+", " ", text_of(site, kind))
    assert "Veilederne vurderer ulikt" in text
    assert re.findall(r"labour-market measure|Caseworkers judge|Not readable in the source", text) == []


@pytest.mark.slow
def test_the_search_does_not_find_it(site: Path, page: BeautifulSoup):
    """The search is in Norwegian: the page is in no index, and there is one index alone."""
    assert page.select("[data-pagefind-body]") == []
    assert [path.name.split("_")[0] for path in (site / "pagefind").glob("*.pf_meta")] == ["pagefind.nb"]
    assert "../en/" not in (site / "sok.html").read_text(encoding="utf-8")
