"""Small drawings of the front page: what they say and draw follows from the rows; what is lost is said."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT
from rapport.small import Small, SmallRow, small_html

ROWS = (SmallRow("a", 40.0, "40 %"), SmallRow("b", 10.0, "10 %"), SmallRow("<c>", None, ""))


def drawing(**settings: bool) -> BeautifulSoup:
    return BeautifulSoup(small_html(Small(rows=ROWS, alt="a 40, b 10", **settings), "fig-x"), "html.parser")


def test_bars_are_as_long_as_their_values():
    """A value four times another has a bar four times as long, its value beside it, and the drawing has a name."""
    page = drawing()
    widths = [float(bar["width"]) for bar in page.select("rect")]
    assert widths[0] == pytest.approx(4 * widths[1], abs=0.2)
    assert [text.get_text() for text in page.select("text.verdi")] == ["40 %", "10 %"]
    assert page.select_one('[role="img"]')["aria-label"] == "a 40, b 10"


def test_what_is_lost_is_said_and_not_drawn():
    """A row without a value is named in words, escaped, and has no bar."""
    page = drawing()
    assert [said.get_text() for said in page.select(".mangler")] == ["Ikke lesbar i kilden: <c>"]
    assert len(page.select("rect")) == 2


@pytest.mark.parametrize("hollow", [True, False])
def test_marks_are_as_many_as_the_answers(hollow: bool):
    """One mark an answer, hollow when it is an inference, and then said in words too."""
    page = drawing(dots=True, hollow=hollow)
    assert len(page.select("circle")) == 50
    assert len(page.select("circle.apen")) == (50 if hollow else 0)
    assert ("Åpne punkter er slutninger." in [said.get_text() for said in page.select(".mangler")]) is hollow


def test_a_long_value_has_room():
    """The longest bar leaves room for words beside it."""
    html = small_html(Small(rows=(SmallRow("a", 2.0, "omtrent to tredjedeler"),), alt="a"), "fig-x")
    bar = float(re.search(r'width="([\d.]+)"', html)[1])
    assert bar + 6 + 22 * 6.5 <= 300


def test_the_front_page_shows_the_data(raw):
    """The small figure of participants holds the values of the CSV's known years."""
    text = (ROOT / "figures" / "fig-deltakere.liten.html").read_text(encoding="utf-8").replace("\u00a0", "")
    known = [value for value in raw("deltakere")["antall"] if value]
    assert len(known) >= 2
    assert re.findall(r'class="verdi"[^>]*>(\d+)<', text) == known
