"""The site in a browser: fits every screen, open to everybody, quiet, and whole without scripts."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from serving import Compressing, served

pytestmark = pytest.mark.slow

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTHS = (320, 640, 768, 1280)  # 320 and 640 are a desk's screen enlarged to 400 and 200 percent
SCHEMES = ("light", "dark")
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Contrast is asked for by itself where a part of the page is meant: it takes three times as long as all the rest.
ASK = """async letters => {
    const asked = {resultTypes: ["violations"]}, contrast = "color-contrast", whole = letters === "html";
    const found = (await axe.run({...asked, rules: {[contrast]: {enabled: whole}}})).violations;
    if (!whole) found.push(...(await axe.run(letters, {...asked, runOnly: [contrast]})).violations);
    return found.flatMap(fault => fault.nodes.map(at => [fault.id, at.target, at.failureSummary]));
}"""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """The site, served on this machine alone."""
    with served(site) as found:
        yield found


def executable() -> str | None:
    """The browser named by CHROMIUM_PATH or found on PATH."""
    names = (os.environ.get("CHROMIUM_PATH"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    found = executable()
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium found, and CI must not skip this: install it, or name it with CHROMIUM_PATH")
    if found is None:
        pytest.skip("no Chromium found: install it, or name it with CHROMIUM_PATH")
    return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests here."""
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def names(site: Path) -> list[str]:
    """Every page's address from the root of the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_ci_never_skips_the_browser(monkeypatch: pytest.MonkeyPatch):
    """Without a browser these tests are skipped with a reason, but where CI is set they fail."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium found"):
        launch(None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="must not skip"):
        launch(None)


def opened(page: Page, addresses: Sequence[str]) -> list[Page]:
    """A tab for each address, when it asks for nothing more: side by side, as half a second must pass to know that."""
    tabs = [page.context.new_page() for _ in addresses]
    for tab, address in zip(tabs, addresses, strict=True):
        tab.set_viewport_size(page.viewport_size)
        tab.goto(address, wait_until="commit")
    for tab in tabs:
        tab.wait_for_load_state("networkidle")
    return tabs


def axe_faults(page: Page, letters: str = "html") -> list[list[object]]:
    """(rule, place, what to do) of each fault that axe finds: of contrast in what the selector `letters` names, of all
    else on the whole page."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    return page.evaluate(ASK, letters)


def looks(page: Page, widths: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(width, scheme) of each way to look at the page that is open, which is then looked at in that way."""
    for width, scheme in product(widths, SCHEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        yield width, scheme


def test_no_page_scrolls_sideways(page: Page, address: str, names: list[str]):
    """On a phone, a tablet and a desk the page is as wide as the screen, opened details included."""
    wide = {}
    for name in names:
        page.goto(address + name)
        page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert found[1] == width
            if found[0] > found[1]:
                wide[name, width] = found
    assert wide == {}


def test_no_page_of_the_ebook_is_wider_than_a_phone(page: Page, site: Path, tmp_path: Path):
    """Reading systems cut what stands out: long addresses break, and a wide table is moved in a frame of its own."""
    with zipfile.ZipFile(site / "arbeidstrening.epub") as book:
        book.extractall(tmp_path)
    pages = sorted(tmp_path.glob("EPUB/text/*.xhtml"))
    page.set_viewport_size({"width": 360, "height": 640})
    wide = {}
    for path in pages:
        page.goto(path.as_uri())
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 360:
            wide[path.name] = width
    assert len(pages) > 10
    assert wide == {}


@pytest.mark.parametrize("half", [0, 1], ids=["odd", "even"])
def test_no_page_has_an_accessibility_fault(page: Page, address: str, names: list[str], half: int):
    """axe finds no fault on any page, on a phone's screen and a desk's, in light and dark, all details open.

    One of the screens is light and the other dark, by turns from page to page.
    """
    faults = []
    for number, name in enumerate(names[half::2]):
        page.goto(address + name)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        for turn, look in enumerate(looks(page, (360, 1280))):
            if (turn in (0, 3)) == (number % 2 == 0):
                faults += [(name, look, *fault) for fault in axe_faults(page)]
    assert faults == []


@pytest.mark.parametrize(("letters", "pale"), [("html", True), ("p", True), ("h1", False)])
def test_a_fault_would_be_found(page: Page, letters: str, pale: bool):
    """A picture without words on the whole page, and pale letters where contrast is asked for."""
    page.set_content('<html lang="nb"><title>T</title><main><h1>H</h1><img src="data:,"><p style="color:#ccc">Blek</p>')
    found = [fault[0] for fault in axe_faults(page, letters)]
    assert sorted(found) == [*(["color-contrast"] if pale else []), "image-alt"]


def test_forced_colours_leave_all_to_be_seen(page: Page, address: str):
    """With the system's own colours, buttons, boxes and the marked place in the menu still show by lines and weight."""
    page.emulate_media(forced_colors="active")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "chapters/02-om-tiltaket.html")
    style = "(node, what) => getComputedStyle(node)[what]"
    for shown in (".topplinje button >> nth=0", ".kort-fortalt", "main .callout >> nth=0"):
        assert page.locator(shown).evaluate(style, "borderTopStyle") == "solid", shown
    marked = page.locator("nav.meny [aria-current=page] >> visible=true").first
    others = page.locator("nav.meny a:not([aria-current]) >> visible=true").first
    assert marked.evaluate(style, "fontWeight") > others.evaluate(style, "fontWeight")
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate(style, "outlineStyle") == "solid"


def test_no_request_leaves_the_server_and_none_fails(page: Page, address: str, names: list[str]):
    """Reading the whole site asks one server only, gets all it asks for, and the browser has nothing to complain of."""
    asked, failed, said, tabs = set(), [], [], page.context
    tabs.on("request", lambda request: asked.add(request.url))
    tabs.on("requestfailed", lambda request: failed.append(request.url))
    tabs.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    tabs.on("console", lambda message: said.append(message.text))
    tabs.on("weberror", lambda error: said.append(str(error.error)))
    opened(page, [address + name for name in names])
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert (failed, said) == ([], [])
    assert {name for name in names if address + name in asked} == set(names)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_for_no_page_works_at_any_depth(page: Page, site: Path, scheme: str):
    """Shown for an address deep in the site, it has its style and its links, and axe finds no fault."""

    class Lost(Compressing):
        def send_error(self, code: int, *_args: object, **_more: object) -> None:
            body = (site / "404.html").read_bytes()
            self.begin("text/html", len(body), code=code)
            self.wfile.write(body)

    said = []
    page.on("console", lambda message: said.append(message.text))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})
    with served(site, Lost) as address:
        page.goto(address + "chapters/a/b/finnes-ikke.html")
        assert page.evaluate("getComputedStyle(document.body).borderTopWidth") == "4px"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert axe_faults(page) == []
        page.get_by_role("link", name="Innledning").click()
        assert page.url == address + "chapters/01-innledning.html"
    assert [text for text in said if "404" not in text] == []


def test_fonts_of_the_site_are_used(page: Page, address: str):
    """The text is set in the site's own fonts, which the policy lets in."""
    page.goto(address, wait_until="networkidle")
    loaded = page.evaluate(
        "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family.replace(/\"/g, ''))"
    )
    first = page.evaluate(
        "getComputedStyle(document.querySelector('main p')).fontFamily.split(',')[0].replace(/\"/g, '')"
    )
    assert first in loaded


def test_all_can_be_read_without_scripts(browser: Browser, address: str):
    """With JavaScript off, the numbers below a figure open and the menu works."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(address + "chapters/02-om-tiltaket.html")
    figure = page.locator("#fig-formaal")
    assert figure.locator(".diagram svg >> visible=true").count() == 1
    assert not figure.locator(".tallene table").is_visible()
    figure.get_by_text("Vis tallene").click()
    assert figure.locator(".tallene table").is_visible()
    page.locator("header summary").click()
    page.locator("header nav a").filter(has_text="Innledning").click()
    assert page.url == address + "chapters/01-innledning.html"
    context.close()


def test_the_first_stop_of_the_keyboard_leads_to_the_text(page: Page, address: str):
    """The first Tab shows a link that skips the menu, and it moves focus to the text."""
    page.goto(address + "chapters/02-om-tiltaket.html")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Hopp til innholdet"
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innhold"


def test_focus_can_be_seen(page: Page, address: str):
    """Each of the first stops of the keyboard is drawn with an outline."""
    page.goto(address + "chapters/02-om-tiltaket.html")
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
        )
        assert style[0] != "none"
        assert style[1] >= 2


# Of each figure: its id, its width, and the class and the width of each drawing that is shown.
DRAWINGS = """[...document.querySelectorAll("figure.figur:not(.flyt)")].map(figure => [
    figure.id, figure.getBoundingClientRect().width,
    [...figure.querySelectorAll(".diagram")].filter(drawing => drawing.checkVisibility() && drawing.offsetWidth)
        .map(drawing => [drawing.className, drawing.querySelector("svg").getBoundingClientRect().width])])"""


def test_one_drawing_of_each_figure_is_seen(page: Page, address: str, names: list[str], site: Path):
    """Of the wide and the narrow drawing just one is shown, the narrow where room is scarce, and it fits."""
    seen = 0
    for name in names:
        if "<svg" not in (site / name).read_text(encoding="utf-8"):
            continue
        page.goto(address + name)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for figure, room, shown in page.evaluate(DRAWINGS):
                assert len(shown) == 1, (name, figure, width)
                [(kind, wide)] = shown
                assert wide <= room + 1, (name, figure, width)
                assert ("smal" in kind) == (width < 1280 and room < 600), (name, figure, width)
                seen += 1
    assert seen > 5 * len(WIDTHS)


def test_dark_is_dark(page: Page, address: str):
    """The page and the drawings follow the reader's choice of light or dark."""
    lightness = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.goto(address + "chapters/02-om-tiltaket.html")
        colours = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor,"
            " getComputedStyle(document.querySelector('.diagram svg text')).fill]"
        )
        lightness[scheme] = [sum(map(float, re.findall(r"[\d.]+", colour)[:3])) for colour in colours]
    assert lightness["light"][0] > lightness["light"][1]
    assert lightness["dark"][0] < lightness["dark"][1]


# Words with an explanation. The colophon has some.

WORDS = "chapters/kolofon.html"
OPEN = ".forklaring:popover-open"


@pytest.mark.parametrize("width", [320, 1280])
def test_a_word_is_explained_by_keyboard(page: Page, address: str, width: int):
    """Enter opens the explanation within the screen, its link is the next stop, and Escape closes it again."""
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(reduced_motion="reduce")  # the word is where it will be as soon as it has focus
    page.goto(address + WORDS)
    word = page.locator("button.term").first
    word.focus()
    assert page.locator(OPEN).count() == 0
    page.keyboard.press("Enter")
    box = page.locator(OPEN).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 640
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    assert "ordliste.html#ord-" in str(page.locator(":focus").get_attribute("href"))
    page.keyboard.press("Escape")
    assert page.locator(OPEN).count() == 0
    assert page.evaluate("document.activeElement.className") == "term"


def test_an_explanation_lies_beside_its_word(page: Page, address: str):
    """On a large screen the explanation stands below the word or above it, not at the foot of the page."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + WORDS)
    word = page.locator("button.term").first
    word.click()
    above, box = word.bounding_box(), page.locator(OPEN).bounding_box()
    assert above is not None
    assert box is not None
    assert min(abs(box["y"] - above["y"] - above["height"]), abs(above["y"] - box["y"] - box["height"])) < 24
    assert box["x"] <= above["x"] + above["width"]


def test_a_word_reads_and_copies_as_text(page: Page, address: str):
    """The sentence holds the word once, without its explanation, and looks like the text around it."""
    page.goto(address + WORDS)
    word = page.locator("button.term").first
    around = word.locator("xpath=ancestor::*[self::p or self::li][1]")
    told = word.evaluate("word => word.nextElementSibling.textContent.trim()")
    copied = around.evaluate("part => { getSelection().selectAllChildren(part); return getSelection().toString() }")
    assert word.inner_text() in copied
    assert told not in copied
    styles = "part => (s => [s.fontSize, s.fontFamily, s.color, s.lineHeight])(getComputedStyle(part))"
    assert word.evaluate(styles) == around.evaluate(styles)
    described = word.evaluate("word => document.getElementById(word.getAttribute('aria-describedby')).textContent")
    assert described in told


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_open_explanation_has_no_accessibility_fault(page: Page, address: str, scheme: str):
    """axe finds no fault while an explanation is open, on a phone and on a desk."""
    page.emulate_media(color_scheme=scheme)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + WORDS)
        page.locator("button.term").first.click()
        assert axe_faults(page, OPEN) == []


def test_words_are_plain_on_paper(page: Page, address: str):
    """Printed from the browser, a word has no line under it and no explanation."""
    page.goto(address + WORDS)
    page.locator("button.term").first.click()
    page.emulate_media(media="print")
    assert page.locator(".forklaring >> visible=true").count() == 0
    assert page.locator("button.term").first.evaluate("word => getComputedStyle(word).textDecorationLine") == "none"
