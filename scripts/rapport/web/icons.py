"""The icons, from theme/ikon.svg: for browser tabs, home screens and lists of applications."""

from __future__ import annotations

import re
from pathlib import Path

from rapport.draw import png
from rapport.metadata.facts import Facts, as_json
from rapport.paths import Paths

TRANSPARENT = (192, 512)  # with round corners, as drawn
FULL = 180  # to the edge: the telephone rounds it


def write_icons(paths: Paths, assets: Path) -> None:
    """ikon.svg and its PNGs into the folder of the site's assets."""
    drawn = (paths.theme / "ikon.svg").read_text(encoding="utf-8")
    side = float(re.findall(r'viewBox="0 0 ([\d.]+) ', drawn)[0])
    (assets / "ikon.svg").write_text(drawn, encoding="utf-8")
    for size in TRANSPARENT:
        (assets / f"ikon-{size}.png").write_bytes(png(_sized(drawn, side), size / side))
    square = re.sub(r' rx="[\d.]+"', "", drawn, count=1)
    (assets / f"ikon-{FULL}.png").write_bytes(png(_sized(square, side), FULL / side))


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
