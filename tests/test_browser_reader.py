"""What a reader does, in a browser: search, choose light or dark, follow the text, and get on without scripts."""
# ruff: noqa: F811 (fixtures of test_browser.py are imported, and named by the tests that use them)

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rapport.design import Tokens
from serving import Compressing, served
from test_browser import SCHEMES, address, axe_faults, browser, names, opened, page  # noqa: F401

pytestmark = pytest.mark.slow

CHAPTER = "chapters/02-om-tiltaket.html"
HITS = "#treff li a"


def search(page: Page, address: str, words: str) -> None:
    page.goto(address + CHAPTER)
    page.fill("#sok", words)
    page.press("#sok", "Enter")
    page.locator(HITS).first.wait_for()


def test_a_figure_is_found_by_its_title_and_its_numbers_opened(page: Page, address: str):
    """From any page, words of a headline lead to the figure, whose numbers then open."""
    search(page, address, "antallet deltakere falt")
    page.locator(HITS).filter(has_text="Figur 2.3").first.click()
    page.wait_for_url("**/02-om-tiltaket.html#fig-deltakere")
    figure = page.locator("#fig-deltakere")
    figure.get_by_text("Vis tallene").click()
    assert figure.locator(".tallene table").is_visible()


def test_other_forms_of_a_word_are_found_and_marked(page: Page, address: str):
    """The search knows Norwegian endings: a word that stands nowhere finds its stem, and the hit is marked."""
    search(page, address, "vignettene")
    assert "vignett" in page.locator("#treff mark").first.inner_text().lower()


def test_nothing_of_the_search_is_loaded_before_it_is_used(page: Page, address: str):
    """Opening a page, or the search page, fetches nothing of Pagefind; writing does, and the keyboard suffices."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + CHAPTER, wait_until="networkidle")
    page.goto(address + "sok.html", wait_until="networkidle")
    assert [url for url in asked if "/pagefind/" in url] == []
    page.locator("#q").focus()
    page.keyboard.type("lønnstilskudd")
    page.locator(HITS).first.wait_for()
    assert [url for url in asked if "/pagefind/" in url] != []
    assert [url for url in asked if not url.startswith(address)] == []
    page.locator("main form button").focus()
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("link => link.matches('#treff a')")


def test_a_search_without_hits_says_so(page: Page, address: str):
    """Nothing found is told in words that a screen reader hears."""
    page.goto(address + "sok.html?q=xyzzy")
    page.locator("#svar", has_text="Ingen treff").wait_for()
    assert page.locator("#svar").get_attribute("role") == "status"


def test_without_scripts_the_search_page_lists_everything(browser: Browser, address: str):
    """With JavaScript off the search page says so, lists figures, and no dead switch is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "sok.html?q=falt")
    assert page.locator("noscript p").is_visible()
    page.locator(".oversikt a").filter(has_text="Antallet deltakere falt").first.click()
    assert page.url.endswith("#fig-deltakere")
    assert page.locator(".tema").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_search_results_have_no_accessibility_fault(page: Page, address: str, scheme: str):
    """axe finds no fault while results are shown, on a phone and on a desk."""
    page.emulate_media(color_scheme=scheme)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        search(page, address, "arbeidserfaring")
        assert axe_faults(page, "main") == []


BACKGROUND = "getComputedStyle(document.body).backgroundColor"
# No frame is drawn before the style sheets are there, however slowly they come: asked earlier, a page has no colours.
FIRST_FRAME = f"window.firstDrawn = new Promise(drawn => requestAnimationFrame(() => drawn({BACKGROUND})))"


def test_the_choice_of_dark_is_remembered_without_cookies(page: Page, address: str):
    """Dark chosen on one page holds on the next and after a reload, from its first drawing, and sets no cookie."""
    page.emulate_media(color_scheme="light")
    page.goto(address + CHAPTER)
    light = page.evaluate(BACKGROUND)
    page.get_by_role("button", name="Mørkt utseende").click()
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    page.add_init_script(FIRST_FRAME)
    page.goto(address)
    assert page.evaluate("firstDrawn") == dark
    page.get_by_role("button", name="Lyst utseende").click()
    page.reload()
    assert page.evaluate(BACKGROUND) == light
    assert page.context.cookies() == []


def test_chosen_light_holds_on_a_dark_system_and_paper_is_white(page: Page, address: str):
    """The choice goes before the system's, and print is light whatever was chosen."""
    page.emulate_media(color_scheme="dark")
    page.goto(address + CHAPTER)
    dark = page.evaluate(BACKGROUND)
    ink = "getComputedStyle(document.querySelector('main h1')).color"
    page.emulate_media(color_scheme="dark", media="print")
    assert sum(map(int, page.evaluate(ink).strip("rgb()").split(", "))) < 200
    page.emulate_media(color_scheme="dark", media="screen")
    page.get_by_role("button", name="Lyst utseende").click()
    assert page.evaluate(BACKGROUND) != dark


def test_the_section_being_read_is_marked(page: Page, address: str):
    """Scrolling to a section marks its link in the contents, and that one alone."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + CHAPTER)
    page.locator("#sec-om-tiltaket-formaal").evaluate("part => part.scrollIntoView({behavior: 'instant'})")
    marked = page.locator(".ramme > .pa-siden a[aria-current]")
    marked.wait_for(state="attached")
    assert [link.get_attribute("href") for link in marked.all()] == ["#sec-om-tiltaket-formaal"]


def test_no_full_stop_stands_alone_after_a_word(page: Page, address: str, names: list[str]):
    """The mark after an explained word is on the last line of the word, on telephones of every width."""
    alone = """[...document.querySelectorAll('.holdt')].filter(part => {
        const range = document.createRange(); range.selectNodeContents(part.lastChild);
        return range.getBoundingClientRect().top > part.querySelector('button').getBoundingClientRect().bottom - 4;
    }).map(part => part.textContent)"""
    seen = 0
    for name in names:
        page.goto(address + name)
        seen += page.locator(".holdt").count()
        for width in (320, 360, 412):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(alone) == [], (name, width)
    assert seen > 5


SHIFT = """new Promise(done => { let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
      .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300); })"""
FIRST_PAGES = ("index.html", "en/index.html", CHAPTER)


class Halting(Compressing):
    """A slow line: a page stops after its first lines and goes on later, and fonts come last."""

    def do_GET(self) -> None:  # noqa: N802 the name is that of http.server
        """One file, a page in two parts."""
        if self.path.endswith(".woff2"):
            time.sleep(0.2)
        if not self.path.endswith(".html"):
            return super().do_GET()
        body = Path(self.translate_path(self.path)).read_bytes()
        half = body.index(b"</h1>")
        self.begin("text/html", len(body))
        self.wfile.write(body[:half])
        time.sleep(0.5)  # long enough to draw them
        self.wfile.write(body[half:])
        return None


@pytest.mark.parametrize("answering", [Compressing, Halting], ids=["fast", "slow"])
@pytest.mark.parametrize("width", [320, 640, 768, 1060, 1280])
def test_nothing_moves_while_a_page_loads(page: Page, site: Path, width: int, answering: type[Compressing]):
    """The switch and the fonts move nothing that is already drawn: no layout shift."""
    page.set_viewport_size({"width": width, "height": 800})
    with served(site, answering) as address:
        shifts = {tab.url: tab.evaluate(SHIFT) for tab in opened(page, [address + name for name in FIRST_PAGES])}
    assert max(shifts.values()) < 0.01, shifts


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def test_pages_are_light(site: Path):
    """Over the wire: HTML ≤ 60 kB on each chapter page, CSS ≤ 15 kB, scripts ≤ 10 kB before any is asked for."""
    assets = site / "assets"
    assert sum(map(zipped, assets.glob("*.css"))) <= 15_000
    assert sum(zipped(assets / name) for name in ("tema.js", "side.js", "noter.js", "figur.js")) <= 10_000
    chapters = [page for page in site.rglob("*.html") if page.name[:2].isdigit() or page.name == "index.html"]
    assert len(chapters) > 7
    assert {page.name: size for page in chapters if (size := zipped(page)) > 60_000} == {}


LOADED = """document.fonts.ready.then(() => [...document.fonts].filter(face => face.status === 'loaded')
    .map(face => [face.family.replace(/"/g, ''), Number(face.weight), face.style]))"""


def test_fonts_are_light(page: Page, address: str, names: list[str], site: Path, tokens: Tokens):
    """Over the wire the fonts of no page are more than 60 kB, those of what is folded away included."""
    size = {
        (font["familie"], file["vekt"], file["stil"]): (site / f"assets/fonts/{file['fil']}.woff2").stat().st_size
        for font in tokens.font.values()
        for file in font["filer"]
    }
    loaded = {}
    for name in names:
        page.goto(address + name)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        page.evaluate("document.body.offsetHeight")  # laid out: what is to be loaded is known
        loaded[name] = sum(size[tuple(face)] for face in page.evaluate(LOADED))
    assert max(loaded.values()) > 30_000  # the text is set in them
    assert {name: total for name, total in loaded.items() if total > 60_000} == {}


def test_a_phone_shows_where_the_page_stands_in_the_book(page: Page, address: str):
    """Where the list of chapters is folded away, the page says its part and chapter, and leads to the front page."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address + CHAPTER)
    trail = page.get_by_role("navigation", name="Hvor du er")
    assert trail.inner_text().split("\n") == ["Arbeidstrening", "Grunnlaget", "Om Arbeidstrening"]
    assert trail.locator("[aria-current=page]").inner_text() == "Om Arbeidstrening"
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not trail.is_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    trail.get_by_role("link").click()
    assert page.url == address + "index.html"
    assert page.get_by_role("navigation", name="Hvor du er").count() == 0


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_findings_fill_their_rows(page: Page, address: str, width: int):
    """No finding of the front page stands alone beside an empty place."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    rows: dict[int, float] = {}
    boxes = [item.bounding_box() for item in page.locator(".funn li").all()]
    for box in boxes:
        rows[round(box["y"])] = rows.get(round(box["y"]), 0) + box["width"]
    whole = page.locator(".funn ul").bounding_box()["width"]
    assert len(boxes) == 5
    assert min(rows.values()) > whole - 60
