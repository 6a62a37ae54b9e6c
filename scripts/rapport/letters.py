"""An SVG that brings its own letters, to look the same where the report's font is not installed. Knows fonts."""

from __future__ import annotations

import base64
import re
from functools import cache
from html import unescape

from rapport.fonts import cut, font_source

FONTS = {"400": ("SourceSansPro-Regular", "normal"), "italic": ("SourceSansPro-It", "italic"),
         "600": ("SourceSansPro-Semibold", "normal")}  # fmt: skip
FEATURES = ("kern", "lnum")
FILES = tuple(f"font {name}.ttf" for name, _style in FONTS.values())  # as inputs of a step


@cache
def _font(name: str) -> bytes:
    return font_source(name).read_bytes()


def _face(mark: str, letters: set[str]) -> str:
    """A rule of a style sheet with the font cut down to the letters."""
    name, style = FONTS[mark]
    font = base64.b64encode(cut(_font(name), map(ord, sorted(letters)), FEATURES)).decode("ascii")
    return (
        f"@font-face{{font-family:'Source Sans Pro';font-weight:{'600' if mark == '600' else '400'};"
        f"font-style:{style};src:url(data:font/ttf;base64,{font})}}"
    )


def with_letters(svg: str) -> str:
    """The SVG with the fonts that it uses inside it."""
    letters = set(unescape(re.sub(r"<[^>]+>", "", svg)))
    used = {"400"} | {mark for mark in ("600", "italic") if f'="{mark}"' in svg}
    rules = "".join(_face(mark, letters) for mark in sorted(used))
    return re.sub(r"(<svg\b[^>]*(?<!/)>)", rf"\1<style>{rules}</style>", svg, count=1)
