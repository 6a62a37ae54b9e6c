"""An open page of a preview, in a browser: reloads where it was being read, shows an error and takes it away."""
# ruff: noqa: F811 (fixtures of test_browser.py are imported, and named by the tests that use them)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from rapport.preview.board import Board, View
from rapport.preview.server import Server, serving
from rapport.preview.site import Site, read_site
from test_browser import browser, page  # noqa: F401 fixtures

pytestmark = pytest.mark.slow

CHAPTER = "chapters/02-om-tiltaket.html"
SECTION = "sec-om-tiltaket-varighet"
FAILURE = 'data/a.csv:2\n\ndata/a.csv, row 2: found "<img src=x onerror=alert(1)>", expected a number.'


@pytest.fixture(scope="module")
def built(site: Path) -> Site:
    """The real pages, with their policy."""
    return read_site(site)


@pytest.fixture
def board(built: Site) -> Board:
    """What a loop would have told after a good build."""
    return Board(View(built, building=False))


@pytest.fixture
def server(board: Board) -> Iterator[Server]:
    """The real site as a preview serves it."""
    with serving(board, 0) as started:
        yield started


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the page's console complains of, its policy included."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def rebuilt(site: Site, name: str, old: str, new: str) -> Site:
    """The site after a change of one page."""
    html = site.files[name].decode("utf-8")
    assert old in html
    return Site(site.files | {name: html.replace(old, new, 1).encode("utf-8")}, site.shared)


def top(page: Page) -> float:
    """How far from the top of the window a section stands."""
    return page.evaluate(f"document.getElementById('{SECTION}').getBoundingClientRect().top")


def open_at_section(page: Page, server: Server) -> float:
    """Open a chapter, with the first details opened, and read at a section in the middle of it."""
    page.goto(server.address + CHAPTER)
    page.evaluate("document.querySelector('main figure details, main details').open = true")
    page.evaluate(f"document.getElementById('{SECTION}').scrollIntoView({{behavior: 'instant'}})")
    page.evaluate("scrollBy({top: -37, behavior: 'instant'})")
    return top(page)


def test_the_open_page_reloads_where_it_was_being_read(page: Page, server: Server, board: Board):
    """A new paragraph far above does not move what is being read, and what was opened stays open."""
    before = open_at_section(page, server)
    assert page.evaluate("scrollY") > 500
    paragraph = "<p id='ny'>" + "Et nytt avsnitt. " * 200 + "</p>"
    board.put(site=rebuilt(board.view.site, CHAPTER, "</h1>", f"</h1>{paragraph}"))
    expect(page.locator("#ny")).to_be_attached()
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)  # a browser that restores the place of its own accord does it after the load
    assert abs(top(page) - before) <= 2
    assert page.evaluate("document.querySelector('main figure details, main details').open")
    page.reload()
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") > 500, "a reload by the reader keeps the place as well"


def test_a_change_elsewhere_leaves_the_open_page_alone(page: Page, server: Server, board: Board):
    """Only the pages that a change reaches are reloaded."""
    page.goto(server.address + CHAPTER)
    page.evaluate("window.same = true")
    with page.expect_event("console", lambda message: message.text == "told"):
        page.evaluate(
            "() => { new EventSource('/__preview__/events?page=/index.html').onmessage = "
            f"(event) => JSON.parse(event.data).tag !== '{board.view.site.tag('/')}' && console.log('told') }}"
        )
        board.put(site=rebuilt(board.view.site, "index.html", "</h1>", "</h1><p>Nytt.</p>"))
    page.wait_for_timeout(200)
    assert page.evaluate("window.same")


@pytest.mark.parametrize("name", [CHAPTER, "sok.html", "nei/finnes/ikke.html"])
def test_an_error_shows_in_the_page_as_text_until_it_is_mended(
    page: Page,
    server: Server,
    board: Board,
    complaints: list[str],
    name: str,
):
    """File and line stand over the last good page, what the error quotes is text, and all goes when it is mended."""
    page.goto(server.address + name)
    heading = page.locator("h1").inner_text()
    board.put(building=True)
    expect(page.locator(".preview-building")).to_have_text("Building …")
    board.put(building=False, failure=FAILURE)
    box = page.get_by_role("alert")
    expect(box.locator("pre")).to_have_text(FAILURE)
    assert box.locator("img").count() == 0
    assert page.locator("h1").inner_text() == heading
    box.get_by_role("button", name="Hide").click()
    expect(box).to_be_hidden()
    board.put(failure="")
    expect(page.locator(".preview-failure, .preview-building")).to_have_count(0)
    missing = [text for text in complaints if "404" in text]
    assert [text for text in complaints if text not in missing] == []
    assert bool(missing) == name.startswith("nei")


def test_a_page_waits_for_the_first_build(page: Page, built: Site):
    """Opened before there is anything to show, or while the first build fails, the page comes when it is there."""
    board = Board(View())
    with serving(board, 0) as server:
        page.goto(server.address + CHAPTER)
        expect(page.locator("h1")).to_have_text("No page yet")
        board.put(building=False, failure=FAILURE)
        expect(page.get_by_role("alert").locator("pre")).to_have_text(FAILURE)
        board.put(site=built, failure="")
        expect(page.locator(f"#{SECTION}")).to_be_attached()
        expect(page.get_by_role("alert")).to_have_count(0)


def test_a_preview_asks_nobody_else(page: Page, server: Server):
    """Every request of a previewed page goes to the server of the preview."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    for name in ("index.html", CHAPTER, "sok.html?q=tiltak"):
        page.goto(server.address + name)
        page.wait_for_timeout(100)
    assert any("/__preview__/events" in request.url for request in asked)
    assert [request.url for request in asked if not request.url.startswith((server.address, "data:"))] == []
