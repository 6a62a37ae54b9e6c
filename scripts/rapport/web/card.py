"""The picture that a link to a page is shown with: the headline of a figure beside its drawing, 1200 × 630 pixels.

Drawn by Typst from the figure's narrow drawing, whose letters are largest.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from rapport.bitmaps import TEMPLATES, Drawing, draw
from rapport.inputs import font_files
from rapport.languages import language_of
from rapport.paths import Paths
from rapport.steps import Blob, Step, code, digest, versions
from rapport.words import words
from rapport.workers import Workers

WIDTH, HEIGHT = 1200, 630  # as theme/eksport.typ has it


@dataclass(frozen=True, slots=True)
class Card:
    """A picture: the figure that it shows, where it lies from the site's root, and what it shows in words."""

    figure: str
    alt: str

    @property
    def path(self) -> str:
        """The picture's name from the root of the site."""
        return f"assets/deling/{self.figure}.png"


def _smaller(picture: bytes) -> bytes:
    """The picture with 256 colours, a fifth of the bytes: it has few, and shades of grey at the edges of letters."""
    from PIL import Image

    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG")
    return out.getvalue()


def draw_card(paths: Paths, drawing: Drawing) -> bytes:
    """The picture as PNG. Raises EngineError with Typst's words."""
    return _smaller(draw(paths, [drawing])[drawing["name"]])


def card_step(paths: Paths, key: str, item: dict[str, Any], svg: Blob, book: str, workers: Workers) -> Step:
    """The picture as a step; `key` is the figure's, `item` its entry in the manifest, `book` the report's name."""
    name = Card(key, "").path
    told = {
        "slag": "deling", "name": name, "rapport": book, "tittel": item["title"], "undertittel": item["subtitle"],
        "kilde": words(language_of(item))["kilde"].format(source=item["source"]), "alt": item["alt"],
    }  # fmt: skip
    theme = {name: digest((paths.root / name).read_bytes()) for name in TEMPLATES}
    inputs = {f"figures/{key}.smal.svg": svg.digest, "its words": digest(json.dumps(told)), **theme, **font_files(),
              **code("rapport.web.card"), **versions("pillow", "typst")}  # fmt: skip

    def make(_reads: object) -> dict[str, bytes]:
        return {name: workers.call(draw_card, paths, told | {"svg": svg.text()}, later=2)}

    return Step(f"shared picture {key}", inputs, make)
