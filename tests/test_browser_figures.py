"""What a figure can do in a browser: be explored with mouse and keyboard, give its numbers and its address away."""
# ruff: noqa: F811 (fixtures of test_browser.py are imported, and named by the tests that use them)

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from pypdf import PdfReader

from conftest import ROOT
from rapport.design import Tokens
from test_browser import SCHEMES, address, axe_faults, browser, names, page  # noqa: F401

pytestmark = pytest.mark.slow

CHAPTER, FIGURE = "chapters/02-om-tiltaket.html", "fig-deltakere"
NBSP = "\u00a0"


def explored(page: Page, address: str, chapter: str = CHAPTER, key: str = FIGURE) -> Locator:
    """The figure, explored by its button."""
    page.goto(address + chapter)
    figure = page.locator(f"#{key}")
    figure.get_by_role("button", name="Utforsk figuren").click()
    figure.get_by_role("button", name="Tilbake til bildet").wait_for()
    return figure


def told() -> list[str]:
    """What each year says of itself, from the figure's own numbers."""
    rows = json.loads((ROOT / "figures" / f"{FIGURE}.json").read_text(encoding="utf-8"))
    shown = "{}: {} deltakere i snitt per måned"
    return [
        shown.format(row["År"], f"{count:,}".replace(",", NBSP))
        if (count := row["Deltakere i snitt per måned"]) is not None
        else f"{row['År']}: ikke lesbar i kilden"
        for row in rows
    ]


def test_vega_is_fetched_when_it_is_asked_for_and_not_before(page: Page, address: str):
    """Reading asks for nothing of Vega; the button does, from the site alone, and nothing breaks the page's policy."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + CHAPTER, wait_until="networkidle")
    page.locator(f"#{FIGURE}").scroll_into_view_if_needed()
    assert [url for url in asked if "vega" in url or url.endswith(".json")] == []
    read = len(asked)
    explored(page, address)
    later = {url.removeprefix(address) for url in asked[read:]}
    assert {"assets/vega.js", f"figures/{FIGURE}.vl.json"} <= later
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert said == []


def test_every_chart_can_be_explored(page: Page, address: str, site: Path, manifest: dict):
    """Each figure that is drawn of values, and no diagram of words, opens by its button, in each language; each value
    has a name. One of which no value can be read has no button."""
    items = manifest["items"].items()
    charts = {key for key, item in items if ".vl.json" in item["sizes"] and {*item["basis"]} != {"ukjent"}}
    found = set()
    drawn = [path for path in sorted(site.rglob("*.html")) if 'class="utforsk"' in path.read_text(encoding="utf-8")]
    for chapter in drawn:
        page.goto(address + chapter.relative_to(site).as_posix())
        for figure in page.locator("figure:has(.utforsk)").all():
            figure.locator(".utforsk").click()
            figure.locator(".utforsket [role=img]:focus").wait_for()
            marks = figure.locator(".utforsket [role=img]")
            assert marks.count() > 1
            assert figure.locator(".utforsket [aria-roledescription]").count() == 0
            assert len({mark.get_attribute("aria-label") for mark in marks.all()}) == marks.count()
            found.add(figure.get_attribute("id"))
    assert found == charts
    assert len(found) > 10


def test_the_mouse_shows_each_value(page: Page, address: str):
    """Pointing at a mark shows its sentence within the figure; leaving the figure takes it away."""
    figure = explored(page, address)
    page.evaluate("document.activeElement.blur()")
    bubble = figure.locator(".boble")
    assert not bubble.is_visible()
    for sentence in told():
        figure.get_by_role("img", name=sentence, exact=True).hover()
        assert bubble.inner_text() == sentence
    page.mouse.move(0, 0)
    assert not bubble.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_figure_is_explored_by_keyboard_and_left_again(page: Page, address: str, width: int):
    """Enter explores, arrows go from value to value, Escape hides the sentence, and the way back ends at the button."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + CHAPTER)
    figure = page.locator(f"#{FIGURE}")
    picture = figure.locator(".diagram >> visible=true")
    alt = picture.get_attribute("aria-label")
    figure.get_by_role("button", name="Utforsk figuren").focus()
    page.keyboard.press("Enter")
    page.locator(f"#{FIGURE} [role=img]:focus").wait_for()
    seen = []
    for _ in told():
        assert figure.locator(".boble").inner_text() == page.locator(":focus").get_attribute("aria-label")
        box = figure.locator(".boble").bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        seen.append(figure.locator(".boble").inner_text())
        page.keyboard.press("ArrowRight")
    assert seen == told()
    page.keyboard.press("Home")
    assert figure.locator(".boble").inner_text() == told()[0]
    page.keyboard.press("Escape")
    assert not figure.locator(".boble").is_visible()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Tilbake til bildet"
    page.keyboard.press("Enter")
    assert figure.locator(".utforsket").count() == 0
    assert figure.locator(".diagram >> visible=true").get_attribute("aria-label") == alt
    assert page.locator(":focus").inner_text() == "Utforsk figuren"


def test_an_explored_figure_is_in_the_page_s_colours(page: Page, address: str, tokens: Tokens):
    """Its marks are in the colours of light or dark, and follow when the reader chooses the other."""
    page.emulate_media(color_scheme="light")
    figure = explored(page, address)
    colour = "mark => getComputedStyle(mark).fill"
    rgb = [f"rgb({int(hex_[1:3], 16)}, {int(hex_[3:5], 16)}, {int(hex_[5:7], 16)})"
           for hex_ in (tokens.light["serie-1"], tokens.dark["serie-1"])]  # fmt: skip
    point = figure.locator(".utforsket .mark-symbol path").first
    assert point.evaluate(colour) == rgb[0]
    page.get_by_role("button", name="Mørkt utseende").click()
    assert point.evaluate(colour) == rgb[1]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_an_explored_figure_has_no_accessibility_fault(page: Page, address: str, scheme: str, width: int):
    """axe finds no fault while a figure is explored, and the page is no wider than the screen."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    explored(page, address, "chapters/01-innledning.html", "fig-informanter")
    assert axe_faults(page, "#fig-informanter") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_cannot_be_fetched_is_said_and_the_picture_stays(page: Page, address: str):
    """Without Vega the reader is told, keeps the picture, and can try again."""
    page.goto(address + CHAPTER)
    page.route("**/vega.js", lambda route: route.abort())
    figure = page.locator(f"#{FIGURE}")
    figure.get_by_role("button", name="Utforsk figuren").click()
    figure.get_by_text("kan ikke utforskes nå").wait_for()
    assert figure.locator(".diagram >> visible=true").count() == 1
    page.unroute("**/vega.js")
    figure.get_by_role("button", name="Utforsk figuren").click()
    figure.get_by_role("button", name="Tilbake til bildet").wait_for()


def test_without_scripts_nothing_is_promised(browser: Browser, address: str):
    """With JavaScript off no button stands there that does nothing, and the figure's address is a link."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + CHAPTER)
    assert page.locator("button.utforsk >> visible=true").count() == 0
    assert page.locator("button.kopier >> visible=true").count() == 0
    page.locator(f"#{FIGURE}").get_by_role("link", name=f"Lenke til figur{NBSP}2.3").click()
    assert page.url == f"{address}{CHAPTER}#{FIGURE}"
    context.close()


def test_the_link_to_a_figure_is_copied(browser: Browser, address: str):
    """The button puts the figure's address on the clipboard and says so where a screen reader hears it."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + CHAPTER)
    figure = page.locator(f"#{FIGURE}")
    figure.get_by_role("button", name="Kopier lenken").click()
    figure.get_by_role("status").filter(has_text="Lenken er kopiert").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{CHAPTER}#{FIGURE}"
    context.close()


def test_a_download_holds_the_numbers_of_the_page_and_the_data(page: Page, address: str, raw):
    """The CSV, fetched by a sentence with the figure's number, holds the rows of «Vis tallene» and of the data."""
    page.goto(address + CHAPTER)
    figure = page.locator(f"#{FIGURE}")
    figure.get_by_text("Vis tallene").click()
    shown = [[cell.inner_text() for cell in row.locator("td").all()] for row in figure.locator("tbody tr").all()]
    with page.expect_download() as download:
        figure.get_by_role("link", name=f"Last ned tallene til figur{NBSP}2.3 (CSV, ").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    _head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert download.value.suggested_filename == f"{FIGURE}.csv"
    assert rows == [[cell.replace(NBSP, "").replace("ukjent", "") if i == 1 else cell for i, cell in enumerate(row)]
                    for row in shown]  # fmt: skip
    assert [row[:2] for row in rows] == raw("deltakere").sort_values("aar")[["aar", "antall"]].to_numpy().tolist()


def test_a_number_leads_to_the_register_and_back(page: Page, address: str):
    """A number in the text leads to its entry, whose list of uses leads to the same number in the text."""
    page.goto(address + CHAPTER)
    number = page.locator("data.tall").first
    place, value = number.get_attribute("id"), number.inner_text()
    number.locator("a").click()
    page.wait_for_url("**/tallregister.html#tall-*")
    entry = page.locator(":target")
    assert entry.is_visible()
    entry.locator(f"a[href$='{CHAPTER}#{place}']").click()
    page.wait_for_url(f"**/{CHAPTER}#{place}")
    assert page.locator(":target").inner_text() == value


def test_printed_to_pdf_a_page_is_the_report_alone(page: Page, address: str):
    """A chapter printed by the browser holds text, figures and sources, and neither menus, buttons nor downloads."""
    page.emulate_media(reduced_motion="reduce")
    explored(page, address)
    text = " ".join(
        " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages).split()
    )
    figure = page.locator(f"#{FIGURE}")
    for told_on_paper in ("Om Arbeidstrening", "Figur 2.3", *figure.locator(".kilde").all_inner_texts(), "14 986"):
        assert told_on_paper.replace(NBSP, " ") in text
    screen_only = """Hopp til innholdet|På denne siden|Kapitler|Søk i nettstedet|Mørkt utseende|Utforsk figuren|
        Tilbake til bildet|Kopier lenken|Last ned|Vis tallene|Til toppen|Vignettstudien"""
    for name in screen_only.split("|"):
        assert name.strip() not in text
