"""Pictures of the figures, for others' documents and talks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures(site: Path) -> Path:
    """Where the site keeps its figures."""
    return site / "figures"


def drawn(manifest: dict) -> list[str]:
    """The ids of the figures that are drawings."""
    return [key for key, item in manifest["items"].items() if ".svg" in item["sizes"]]


def test_every_figure_is_there_in_every_form(figures: Path, manifest: dict):
    """SVG, PNG, SVG for print and a slide, under the figure's id."""
    assert len(drawn(manifest)) > 10
    wanted = [f"{key}{end}" for key in drawn(manifest) for end in (".svg", ".png", ".trykk.svg", ".lysbilde.png")]
    assert [name for name in wanted if not (figures / name).is_file()] == []


def test_a_slide_is_16_by_9(figures: Path, manifest: dict):
    """Each slide fills a screen of 1920 by 1080 points."""
    assert {Image.open(figures / f"{key}.lysbilde.png").size for key in drawn(manifest)} == {(1920, 1080)}


def test_a_png_has_two_points_for_each_of_the_drawing(figures: Path, manifest: dict):
    """The PNG is twice as wide as the drawing, and has the same margin on both sides."""
    for key in drawn(manifest):
        width = float(re.search(r'width="([\d.]+)"', (figures / f"{key}.svg").read_text(encoding="utf-8"))[1])
        assert Image.open(figures / f"{key}.png").width == pytest.approx(2 * (width + 32), abs=1)


def test_a_print_svg_brings_its_letters(figures: Path, manifest: dict):
    """It shows the report's own letters where they are not installed, and asks nobody for anything."""
    for key in drawn(manifest):
        text = (figures / f"{key}.trykk.svg").read_text(encoding="utf-8")
        assert "@font-face" in text
        assert {address[:16] for address in re.findall(r"url\(([^)#]+)\)", text)} == {"data:font/ttf;ba"}


def test_pages_offer_them(site: Path, manifest: dict):
    """Each figure on a page has links to its PNG, its slide and its SVG for print, with sizes."""
    pages = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    for key in drawn(manifest):
        for end in (".png", ".lysbilde.png", ".trykk.svg"):
            assert re.search(rf'figures/{key}{re.escape(end)}" download>[^(]*\([^)]*\d[^)]*\skB\)', pages), key + end
