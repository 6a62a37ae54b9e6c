"""Notes and references in a browser: they open where they stand, and are links where that cannot be."""
# ruff: noqa: F811 (fixtures of test_browser.py are imported, and named by the tests that use them)

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from test_browser import SCHEMES, address, axe_faults, browser, page  # noqa: F401

pytestmark = pytest.mark.slow

NOTED, CITED = "chapters/04-ulike-mater.html", "chapters/02-om-tiltaket.html"
NOTE, CITATION = ".footnote-ref", ".citation a"
OPEN = ".note:popover-open"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("chapter", "mark", "more"), [(NOTED, NOTE, "#fn1"), (CITED, CITATION, "referanser.html#ref-")]
)
def test_a_mark_opens_in_place_by_keyboard(page: Page, address: str, width: int, chapter: str, mark: str, more: str):
    """Enter shows the text within the screen, Tab reaches the link to the list, Escape closes and focus is back."""
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + chapter)
    before = page.url
    link = page.locator(mark).first
    link.focus()
    page.keyboard.press("Enter")
    note = page.locator(OPEN)
    assert len(note.inner_text()) > 60
    assert page.evaluate("document.activeElement.matches('.note')")
    box = note.bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    assert 0 <= box["y"] <= box["y"] + box["height"] <= 640
    while more not in str(page.locator(":focus").get_attribute("href")):
        page.keyboard.press("Tab")
        assert page.locator(f"{OPEN} :focus").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(OPEN).count() == 0
    assert link.evaluate("link => link === document.activeElement")
    assert link.get_attribute("aria-expanded") == "false"
    assert page.url == before


def test_a_note_says_what_the_list_says(page: Page, address: str):
    """The note's text is that of the list below, and the reference's that of the page of references."""
    page.goto(address + NOTED)
    page.locator(NOTE).first.click()
    listed = page.locator("#fn1").inner_text().removesuffix("↩︎").strip()
    assert page.locator(f"{OPEN} > span").inner_text().strip() == listed
    page.goto(address + CITED)
    link = page.locator(CITATION).first
    link.click()
    told = page.locator(f"{OPEN} > span").inner_text()
    page.locator(OPEN).get_by_role("link", name="Se referanselisten").click()
    page.wait_for_url("**/referanser.html#ref-*")
    assert page.locator(":target").inner_text().strip() == told.strip()


def test_every_citation_of_the_site_can_open(page: Page, address: str, site):
    """Each citation finds its reference on the page where it stands."""
    missing = """[...document.querySelectorAll(".citation a")].filter(link => {
        const id = decodeURIComponent(link.hash.slice(1)), cited = document.getElementById('henvisninger')?.content;
        return !document.getElementById(id) && !cited?.getElementById(id); })"""
    seen = 0
    for path in sorted(site.glob("**/*.html")):
        page.goto(address + path.relative_to(site).as_posix())
        seen += page.locator(".citation a").count()
        assert page.evaluate(f"{missing}.map(link => link.href)") == []
    assert seen > 10


def test_a_second_click_closes(page: Page, address: str):
    """The mark is a switch for the mouse, and a click beside the note closes it too."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + CITED)
    link = page.locator(CITATION).first
    link.click()
    assert page.locator(OPEN).count() == 1
    link.click()
    assert page.locator(OPEN).count() == 0
    page.wait_for_timeout(400)
    link.click()
    assert page.locator(OPEN).count() == 1
    page.locator("h1").click()
    assert page.locator(OPEN).count() == 0


@pytest.mark.parametrize(("chapter", "mark"), [(NOTED, NOTE), (CITED, CITATION)], ids=["note", "reference"])
@pytest.mark.parametrize("width", [320, 1280])
def test_an_open_note_has_no_accessibility_fault(page: Page, address: str, chapter: str, mark: str, width: int):
    """axe finds no fault while a note or a reference is open, in light and dark."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + chapter)
    page.locator(mark).first.click()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert page.locator(OPEN).count() == 1
        assert axe_faults(page, OPEN) == []


def test_without_scripts_marks_are_links(browser: Browser, address: str):
    """With JavaScript off a note's mark leads to the list, and a citation to the page of references."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + NOTED)
    page.locator(NOTE).first.click()
    assert page.url.endswith("#fn1")
    page.goto(address + CITED)
    page.locator(CITATION).first.click()
    assert "referanser.html#ref-" in page.url
    context.close()


def test_without_popovers_marks_are_links(page: Page, address: str):
    """A browser that knows no popovers follows the link."""
    page.add_init_script("delete HTMLElement.prototype.popover")
    page.goto(address + NOTED)
    page.locator(NOTE).first.click()
    assert page.url.endswith("#fn1")


def test_an_open_note_is_not_printed(page: Page, address: str):
    """On paper the note stands in the list alone."""
    page.goto(address + NOTED)
    page.locator(NOTE).first.click()
    assert page.locator(".note >> visible=true").count() == 1
    page.emulate_media(media="print")
    assert page.locator(".note >> visible=true").count() == 0
