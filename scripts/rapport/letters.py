"""An SVG that brings its own letters, to look the same where the report's font is not installed. Knows fonts."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from html import unescape

from rapport.fonts import make_font

WEIGHTS = {"400": ("SourceSansPro-Regular", "normal"), "italic": ("SourceSansPro-It", "italic"),
           "600": ("SourceSansPro-Semibold", "normal")}  # fmt: skip


def _face(font_file: bytes, letters: str) -> str:
    """A font cut down to the letters, as text for a style sheet."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=["kern", "lnum"], hinting=False)
    font = subset.load_font(io.BytesIO(font_file), options)
    cut = subset.Subsetter(options)
    cut.populate(text=letters)
    cut.subset(font)
    out = io.BytesIO()
    font.flavor = "woff2"
    font["head"].modified = font["head"].created  # never the clock
    font.recalcTimestamp = False
    font.save(out)
    return base64.b64encode(out.getvalue()).decode("ascii")


def with_letters(svg: str, fonts: Mapping[str, bytes]) -> str:
    """The SVG with the fonts it uses inside it; `fonts` holds those of WEIGHTS as WOFF2, by name."""
    letters = "".join(sorted(set(unescape(re.sub(r"<[^>]+>", "", svg)))))
    used = {"400"} | {mark for mark in ("600", "italic") if f'="{mark}"' in svg}
    rules = ""
    for mark in sorted(used):
        name, style = WEIGHTS[mark]
        weight = "600" if mark == "600" else "400"
        rules += (
            f"@font-face{{font-family:'Source Sans Pro';font-weight:{weight};font-style:{style};"
            f"src:url(data:font/woff2;base64,{_face(fonts[name], letters)})}}"
        )
    return re.sub(r"(<svg\b[^>]*(?<!/)>)", rf"\1<style>{rules}</style>", svg, count=1)


def in_own_letters(svg: str) -> str:
    """The same with fonts cut for this process alone: for reports that are written once."""
    return with_letters(svg, {name: make_font(name) for name, _style in WEIGHTS.values()})
