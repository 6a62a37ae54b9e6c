"""The icons, from theme/ikon.svg: for browser tabs, home screens and lists of applications."""

from __future__ import annotations

import re

from rapport.draw import png
from rapport.metadata.facts import Facts, as_json
from rapport.steps import Blob, Step, code, versions
from rapport.workers import Workers

TRANSPARENT = (192, 512)  # with round corners, as drawn
FULL = 180  # to the edge: the telephone rounds it


def icons(drawn: str) -> dict[str, bytes]:
    """The PNGs of the icon, whose drawing is the SVG `drawn`, by file name."""
    side = float(re.findall(r'viewBox="0 0 ([\d.]+) ', drawn)[0])
    square = re.sub(r' rx="[\d.]+"', "", drawn, count=1)
    made = {f"ikon-{size}.png": png(_sized(drawn, side), size / side) for size in TRANSPARENT}
    return made | {f"ikon-{FULL}.png": png(_sized(square, side), FULL / side)}


def icon_step(drawn: Blob, workers: Workers) -> Step:
    """The icons as a step."""
    inputs = {"theme/ikon.svg": drawn.digest, **code("rapport.web.icons"), **versions("vl-convert-python")}
    return Step("icons", inputs, lambda _r: workers.call(icons, drawn.text(), later=2))


def _sized(drawn: str, side: float) -> str:
    """The drawing with a size of its own, so that a scale means the same everywhere."""
    return drawn.replace("<svg ", f'<svg width="{side:g}" height="{side:g}" ', 1)


def webmanifest(facts: Facts, background: str, accent: str) -> str:
    """manifest.webmanifest as text; its addresses are relative to itself, so that the site may lie anywhere."""
    pngs = [{"src": f"assets/ikon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in TRANSPARENT]
    return as_json(
        {
            "name": facts.title, "short_name": facts.name, "description": facts.description, "lang": facts.lang,
            "dir": "ltr", "start_url": "./", "scope": "./", "display": "browser",
            "background_color": background, "theme_color": accent,
            "icons": [{"src": "assets/ikon.svg", "sizes": "any", "type": "image/svg+xml"}, *pngs],
        }
    )  # fmt: skip
