"""The finished pages: links, names, headings, numbers and safety, on every page of the built site."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import ROOT
from printed import printed

pytestmark = pytest.mark.slow

Pages = dict[str, BeautifulSoup]
BASE = "https://site.invalid/"
ENGLISH = "en/index.html"  # a page of its own beside the book; test_english.py says what it must hold
# A licence is named, never fetched.
LOADED = "[src], [srcset], link[href]:not([rel=license]), object[data], iframe, script[src], use[href]"


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """The book's pages and the English summary, by address from the root; others have tests of their own."""
    found = sorted(path for path in site.rglob("*.html") if path.name not in {"404.html", "sok.html"})
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "lxml") for path in found
    }


def text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def links(pages: Pages) -> list[tuple[str, str, str]]:
    """(page, address within the site, fragment) of every link that stays in the site."""
    found = []
    for name, page in pages.items():
        for tag in page.find_all(href=True):
            url = urlparse(urljoin(BASE + name, tag["href"]))
            if url.netloc == "site.invalid":
                found.append((name, unquote(url.path.lstrip("/")), unquote(url.fragment)))
    return found


def captions(pages: Pages) -> list[tuple[str, str, str]]:
    """(page, "Figur 2.1", headline) in the order of the book's pages."""
    found = []
    for name, page in pages.items():
        for figure in page.select("main figure"):
            caption = figure.select_one("figcaption")
            assert caption is not None, (name, figure.get("id"))
            number = caption.select_one(".nr")
            assert number is not None, (name, figure["id"])
            found.append((name, text(number), text(caption).removeprefix(text(number)).strip()))
    return found


def test_every_chapter_has_its_page(pages: Pages):
    """The addresses are those of the chapters' files, which stay the same from build to build."""
    chapters = {path.relative_to(ROOT).with_suffix(".html").as_posix() for path in (ROOT / "chapters").glob("*.qmd")}
    assert set(pages) == chapters | {"index.html", ENGLISH}


def test_every_link_leads_somewhere(pages: Pages, site: Path):
    """Each link within the site meets a file, and each fragment an id on that page."""
    ids = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    broken = [
        (name, target, fragment)
        for name, target, fragment in links(pages)
        if not (site / target).is_file() or (fragment and fragment not in ids.get(target, set()))
    ]
    assert broken == []


def test_every_id_stands_once_a_page(pages: Pages):
    """A fragment means one place."""
    counts = {name: Counter(tag["id"] for tag in page.find_all(id=True)) for name, page in pages.items()}
    assert [(name, id_) for name, count in counts.items() for id_, times in count.items() if times > 1] == []


def test_every_figure_has_a_number_and_a_headline(pages: Pages):
    """Nothing stands without a name that the text can refer to."""
    found = captions(pages)
    assert len(found) > 10
    assert [
        entry
        for entry in found
        if not re.fullmatch(r"(?:Figure?|Tabell) (?:(?:\d|[A-Z])\.)?\d+", entry[1]) or len(entry[2]) < 10
    ] == []


def test_every_drawing_has_an_alternative_text(pages: Pages):
    """Each drawing is one image with a name, in words that tell its numbers."""
    drawings = [(name, tag) for name, page in pages.items() for tag in page.select("main figure svg")]
    assert len(drawings) == 2 * sum(1 for page in pages.values() for _ in page.select("figure.figur:not(.flyt)"))
    for name, svg in drawings:
        around = svg.find_parent(attrs={"role": "img"})
        assert around is not None, name
        assert len(str(around.get("aria-label", ""))) > 60, (name, around.get("aria-label"))
    assert [name for name, page in pages.items() for image in page.select("img") if not image.get("alt")] == []


def test_the_front_page_tells_findings_in_small(pages: Pages):
    """Five findings, each with a small named drawing and a link to the figure that shows it whole."""
    findings = pages["index.html"].select(".funn li")
    assert len(findings) == 5
    for finding in findings:
        drawn = finding.select_one(".liten-figur")
        assert len(str(drawn.select_one('[role="img"] svg').parent["aria-label"])) > 60
        assert [link["href"].split("#")[1] for link in finding.select("a.ref")] == [drawn["data-figur"]]


def test_headings_nest(pages: Pages):
    """One first-level heading a page, and no level is skipped on the way down."""
    for name, page in pages.items():
        levels = [int(tag.name[1]) for tag in page.select("main h1, main h2, main h3, main h4")]
        assert (levels[0], levels.count(1), len(page.select("h1"))) == (1, 1, 1), name
        assert all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)


def test_pages_say_what_they_are(pages: Pages):
    """Each page has its language, a title of its own, and the description from the chapter's front matter."""
    assert {name: str(page.html["lang"]) for name, page in pages.items()} == dict.fromkeys(pages, "nb") | {
        ENGLISH: "en"
    }
    titles = [text(page.title) for page in pages.values()]
    assert len(set(titles)) == len(titles)
    for name, page in pages.items():
        source = (ROOT / name).with_suffix(".qmd").read_text(encoding="utf-8")
        expected = source.split("description: ")[1].split("\n")[0].strip().strip("\"'")
        assert page.select_one('meta[name="description"]')["content"] == expected, name
        heading = re.sub(r"^(?:Vedlegg [A-Z]|\d+) ", "", text(page.h1))
        assert heading in text(page.title), name


def test_nothing_is_fetched_from_elsewhere(pages: Pages, site: Path):
    """No page and no style asks another server for anything."""
    asked = [
        (name, tag.get("src") or tag.get("href") or tag.get("data") or tag.get("srcset"))
        for name, page in pages.items()
        for tag in page.select(LOADED)
    ]
    assert [(name, url) for name, url in asked if url is None or re.match(r"(?:[a-z]+:)?//", str(url))] == []
    for style in site.rglob("*.css"):
        assert re.findall(r"(?:url\(\s*['\"]?|@import\s+['\"])(?:[a-z]+:)?//", style.read_text(encoding="utf-8")) == []


def test_pages_forbid_what_they_do_not_use(pages: Pages):
    """A policy lets in nothing but the site's own styles, fonts and images, and it is stated before anything loads."""
    for name, page in pages.items():
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
        rules = dict(part.strip().split(" ", 1) for part in str(policy["content"]).split(";"))
        assert rules["default-src"] == "'none'", name
        assert rules["style-src"] == "'self'", name
        assert rules["script-src"] == "'self'", name
        assert not re.search(r"unsafe|https?:|\*", str(policy["content"])), name
        assert policy.find_previous(["link", "script", "style", "img"]) is None, name


def test_no_page_carries_script_or_style(pages: Pages):
    """A few scripts of our own; what the policy would stop is not there: inline script, styles, event attributes.

    JSON-LD stands in a script element but is data, which no browser runs.
    """
    for name, page in pages.items():
        scripts = [(tag.get("src", ""), text(tag)) for tag in page.select('script:not([type="application/ld+json"])')]
        own = ["tema.js", "side.js", "noter.js"] + ["figur.js"] * bool(page.select("figure"))
        assert [(src.split("/")[-1], inline) for src, inline in scripts] == [(src, "") for src in own], name
        assert page.select("style") == [], name
        inline = [
            (tag.name, key)
            for tag in page.find_all(True)
            for key in tag.attrs
            if key == "style" or key.startswith("on")
        ]
        assert inline == [], name


def test_downloads_are_there_and_as_large_as_they_say(pages: Pages, site: Path):
    """Each download names its kind and its size, and the file has that size."""
    found = [(name, link) for name, page in pages.items() for link in page.select(".nedlastinger a")]
    assert len(found) > 50
    for name, link in found:
        size = (site / urlparse(urljoin(BASE + name, link["href"])).path.lstrip("/")).stat().st_size
        shown = re.search(r", ([\d,.]+)\u00a0(k|M)B\)$", link.get_text())
        assert shown is not None, (name, text(link))
        unit, digits = (1e3, 0) if shown[2] == "k" else (1e6, 1)
        assert float(shown[1].replace(",", ".")) == max(1 if digits == 0 else 0.1, round(size / unit, digits)), (
            name,
            text(link),
        )


def test_downloads_and_links_name_their_figure_by_its_number(pages: Pages):
    """What stands below a figure or a table speaks of it as its caption does: «figur 2.1»."""
    seen = 0
    for name, page in pages.items():
        for figure in page.select("figure[id]"):
            number = text(figure.select_one("figcaption .nr"))
            links = figure.select(".nedlastinger a, .handling a")
            assert links, (name, figure["id"])
            assert {number.lower() in text(link).lower() for link in links} == {True}, (name, figure["id"])
            assert figure.select_one(".handling a")["href"] == f"#{figure['id']}"
            seen += 1
        assert page.select("[data-nummer]") == [], name
    assert seen > 20


def test_the_pdf_is_as_large_as_its_link_says(pages: Pages, site: Path):
    """The link to the PDF on every page tells its size."""
    size = (site / "arbeidstrening.pdf").stat().st_size
    expected = f"{round(size / 1000)}\u00a0kB" if size < 1_000_000 else f"{size / 1e6:.1f}\u00a0MB".replace(".", ",")
    for name, page in pages.items():
        shown = expected.replace(",", ".") if name == ENGLISH else expected
        links = [
            shown in link.get_text()
            for link in page.select('a[href$="/arbeidstrening.pdf"], a[href="arbeidstrening.pdf"]')
        ]
        assert links == [True] * {"index.html": 3, ENGLISH: 1}.get(name, 2), name


def test_every_number_is_that_of_the_register(pages: Pages):
    """A number in the text has the register's value and links to its own line there, and chapters have many."""
    register = json.loads((ROOT / "figures" / "numbers.json").read_text(encoding="utf-8"))
    found = 0
    for name, page in pages.items():
        for number in page.select("data.tall"):
            url = urlparse(urljoin(BASE + name, number.a["href"]))
            assert url.path == "/chapters/tallregister.html", name
            key = unquote(url.fragment).removeprefix("tall-")
            assert float(number["value"]) == pytest.approx(register[key]["value"], rel=1e-8), (name, key)
            found += 1
    assert found > 100


def test_no_number_is_left_unfilled(pages: Pages):
    """No cell, expression, mark or reference of the source is left in what readers see."""
    leftovers = re.compile(r"\{python\}|@PDF-SIZE@|@(?:fig|tbl|sec)-|\bNone\b|\bnan\b|:::|\{\.\w|\[\^")
    for name, page in pages.items():
        assert leftovers.findall(page.main.get_text()) == [], name


def test_figure_numbers_run_without_gaps(pages: Pages):
    """Figures and tables count from one in each chapter, each kind by itself, in the order they stand."""
    for name, page in pages.items():
        heading = page.select_one("h1 .header-section-number")
        chapter = "" if heading is None else text(heading).removeprefix("Vedlegg ") + "."
        for word in ("Figur", "Tabell", "Figure"):
            numbers = [number for where, number, _ in captions({name: page}) if number.split()[0] == word]
            assert numbers == [f"{word} {chapter}{i + 1}" for i in range(len(numbers))], name


def test_references_say_the_number_of_their_target(pages: Pages):
    """«figur 2.1» in the text leads to the caption that says Figur 2.1; tables and sections likewise."""
    found = 0
    for name, page in pages.items():
        for link in page.select("a.ref"):
            url = urlparse(urljoin(BASE + name, link["href"]))
            target = pages[url.path.lstrip("/")].find(id=url.fragment)
            label = target.select_one(".nr, .header-section-number")
            if label is None:
                assert text(link) == f"«{text(target.find(re.compile('^h[1-4]$')))}»", (name, text(link))
            else:
                assert text(link).split()[-1] == text(label).split()[-1], (name, text(link))
            found += 1
    assert found > 50


def test_print_has_the_same_figure_numbers(pages: Pages, site: Path):
    """Each figure and table has the same number and headline on its page and in the PDF."""

    # Line ends, hyphens and spaces differ between the two; letters and digits do not.
    def squeeze(words: str) -> str:
        return re.sub(r"[\W\u00ad]+", "", words)

    paper = squeeze(printed(site / "arbeidstrening.pdf"))
    book = {name: page for name, page in pages.items() if name != ENGLISH}
    assert [entry for entry in captions(book) if squeeze(entry[1] + entry[2]) not in paper] == []


def test_tables_have_headers(pages: Pages):
    """Every table has header cells that say what they head, and a name or a caption."""
    tables = [(name, table) for name, page in pages.items() for table in page.select("main table")]
    assert len(tables) > 10
    for name, table in tables:
        assert table.select("thead th"), name
        assert [
            str(cell) for cell in table.select("th") if cell.get("scope") not in ("col", "row", "rowgroup")
        ] == [], name
        assert table.find_parent("figure") or table.caption, name


def test_wide_tables_can_be_scrolled_from_the_keyboard(pages: Pages):
    """A table's frame can have focus and has a name."""
    for name, page in pages.items():
        for frame in page.select(".tabell-rulle"):
            assert (frame.get("role"), frame.get("tabindex")) == ("region", "0"), name
            assert frame.get("aria-label"), name


def test_every_figure_shows_its_numbers_and_its_making(pages: Pages):
    """Below each figure stand its numbers, how it was made, and downloads of what it shows."""
    for name, page in pages.items():
        for figure in page.select("figure.figur"):
            summaries = [text(summary) for summary in figure.select("summary")]
            words = "flyt" in figure["class"]
            first = "Vis som tabell" if words else "Vis tallene"
            expected = ["Show the numbers", "How this figure was made"] if name == ENGLISH else [
                first, "Slik er figuren laget",
            ]  # fmt: skip
            assert summaries == expected, (name, figure["id"])
            ends = [link["href"].split("/")[-1].removeprefix(figure["id"]) for link in figure.select(".nedlastinger a")]
            pictures = [] if words else [".svg", ".png", ".trykk.svg", ".lysbilde.png", ".vl.json"]
            assert ends == [".csv", ".json", *pictures], (name, figure["id"])


def test_citations_lead_to_the_reference_list(pages: Pages):
    """Every citation in the text links to its work, and every work in the list is cited."""
    cited = set()
    for name, page in pages.items():
        for citation in page.select("main .citation"):
            targets = [link["href"] for link in citation.select("a")]
            assert len(targets) == len(str(citation["data-cites"]).split()), (name, text(citation))
            cited |= {target.split("#ref-")[1] for target in targets}
    listed = {entry["id"].removeprefix("ref-") for entry in pages["chapters/referanser.html"].select("#refs > [id]")}
    assert listed == cited


def test_every_page_says_that_it_is_independent(pages: Pages):
    """Each page tells at its end that neither the authors nor the directorate made this, with version and date."""
    for name, page in pages.items():
        foot = text(page.select_one("footer.bunn"))
        said = ("independent", r"Version \d+\.\d+\.\d+, \d+ [A-Z][a-z]+ 20\d\d, revision \w+") if name == ENGLISH else (
            "uavhengig", r"Versjon \d+\.\d+\.\d+, \d+\. [a-z]+ 20\d\d, revisjon \w+")  # fmt: skip
        assert said[0] in foot, name
        assert re.search(said[1], foot), (name, foot)


def test_pages_lead_through_the_book(pages: Pages):
    """Following «Neste» from the front page visits every page of the book once, in the order of the menu."""
    order, at = ["index.html"], pages["index.html"]
    while (step := at.select_one('a[rel="next"]')) is not None:
        order.append(urlparse(urljoin(BASE + order[-1], step["href"])).path.lstrip("/"))
        at = pages[order[-1]]
    menu = [
        urlparse(urljoin(BASE, link["href"])).path.lstrip("/")
        for link in pages["index.html"].select(".ramme nav.meny a")
    ]
    assert order == menu
    assert set(order) == set(pages) - {ENGLISH}
