"""The picture that a link to a page is shown with: the headline of a figure beside its drawing, 1200 × 630 pixels.

Drawn with the report's own fonts and colours, from the figure's narrow drawing, whose letters are largest.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from rapport.design import Tokens
from rapport.draw import png
from rapport.fonts import font_source
from rapport.inputs import font_files
from rapport.languages import language_of
from rapport.steps import Blob, Step, code, digest, versions
from rapport.words import words
from rapport.workers import Workers

WIDTH, HEIGHT = 1200, 630
EDGE, COLUMN, LEFT = 64, 500, 624  # the margin, the width of the words, where the drawing begins
SIZES = (56, 50, 44, 38, 32)  # of the headline, from the largest that fits
LEADING = 1.16
ROOM = 300  # the height that a headline may take


@dataclass(frozen=True, slots=True)
class Card:
    """A picture: the figure that it shows, where it lies from the site's root, and what it shows in words."""

    figure: str
    alt: str

    @property
    def path(self) -> str:
        """The picture's name from the root of the site."""
        return f"assets/deling/{self.figure}.png"


@cache
def _font(name: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(font_source(name)), size, layout_engine=ImageFont.Layout.BASIC)


def _lines(text: str, font: str, size: int) -> list[str]:
    """Text broken to the width of the column, between words."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(font, size).getlength(longer) <= COLUMN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _headline(text: str, font: str) -> tuple[int, list[str]]:
    """(size, lines) of the largest headline that has room, or of the smallest there is."""
    tried = [(size, _lines(text, font, size)) for size in SIZES]
    fitting = (
        (size, lines)
        for size, lines in tried
        if max(_font(font, size).getlength(line) for line in lines) <= COLUMN and len(lines) * size * LEADING <= ROOM
    )
    return next(fitting, tried[-1])


def _text(lines: list[str], y: float, size: int, colour: str, family: str, weight: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        at = y + number * size * LEADING
        yield (
            f'<text x="{EDGE}" y="{at:.1f}" font-family="{family}" font-size="{size}" font-weight="{weight}" '
            f'fill="{colour}">{escape(line)}</text>'
        )


def _drawing(svg: str) -> str:
    """The drawing, as large as its half of the picture allows, in the middle of the height."""
    width, height = (float(side) for side in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    wide, high = WIDTH - EDGE - LEFT, HEIGHT - 2 * EDGE
    scale = min(wide / width, high / height)
    x, y = LEFT + (wide - width * scale) / 2, (HEIGHT - height * scale) / 2
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width * scale:.1f}" height="{height * scale:.1f}"'
    return re.sub(r' width="[\d.]+" height="[\d.]+"', f" {size}", svg, count=1)


def _words(item: dict[str, Any], book: str, tokens: Tokens) -> Iterator[str]:
    heading, body = tokens.font["overskrift"], tokens.font["tekst"]
    roles, sans, serif = tokens.light, body["familie"], heading["familie"]
    size, lines = _headline(item["title"], heading["filer"][0]["fil"])
    plain = body["filer"][0]["fil"]
    yield from _text([book], EDGE + 26, 28, roles["aksent"], sans, 600)
    yield from _text(lines, EDGE + 56 + size, size, roles["tekst"], serif, 600)
    below = EDGE + 56 + len(lines) * size * LEADING + 40
    yield from _text(_lines(item["subtitle"], plain, 22), below, 22, roles["dempet"], sans, 400)
    said = words(language_of(item))["kilde"].format(source=item["source"])
    source = _lines(said, plain, 18)
    yield from _text(source, HEIGHT - EDGE - (len(source) - 1) * 18 * LEADING, 18, roles["dempet"], sans, 400)


def draw_card(item: dict[str, Any], svg: str, book: str, tokens: Tokens) -> bytes:
    """The picture as PNG: `item` is the figure's entry in the manifest, `svg` its drawing, `book` the report's name."""
    roles = tokens.light
    frame = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{roles["bakgrunn"]}"/>'
    band = f'<rect width="{WIDTH}" height="12" fill="{roles["aksent"]}"/>'
    inside = "".join([frame, band, *_words(item, book, tokens), _drawing(svg)])
    return _smaller(png(f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{inside}</svg>'))


def card_step(key: str, item: dict[str, Any], svg: Blob, book: str, tokens: Tokens, workers: Workers) -> Step:
    """The picture as a step; `key` is the figure's."""
    told = [item[name] for name in ("title", "subtitle", "source")]
    inputs = {f"figures/{key}.smal.svg": svg.digest, "its words": digest(json.dumps([book, *told])),
              "theme/tokens.json": digest(repr(tokens)), **font_files(), **code("rapport.web.card"),
              **versions("pillow", "vl-convert-python")}  # fmt: skip
    path = Card(key, "").path
    return Step(
        f"shared picture {key}",
        inputs,
        lambda _r: {path: workers.call(draw_card, item, svg.text(), book, tokens, later=2)},
    )


def _smaller(picture: bytes) -> bytes:
    """The picture with 256 colours, a fifth of the bytes: it has few, and shades of grey at the edges of letters."""
    from PIL import Image

    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG")
    return out.getvalue()
