"""Figures for others' documents: PNG, a slide with headline and source, and an SVG that brings its own letters.

Each figure's are steps: drawn by Typst from the SVGs of figures/, never committed. Knows the theme, fonts and the
manifest's entries; no data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from rapport.bitmaps import TEMPLATES, Drawing, draw
from rapport.inputs import Inputs, font_files
from rapport.languages import language_of
from rapport.letters import FILES, with_letters
from rapport.paths import Paths
from rapport.steps import Blob, Files, Step, Steps, code, digest, versions
from rapport.words import words
from rapport.workers import Workers

PICTURES = {"figur": ".png", "lysbilde": ".lysbilde.png"}
PRINT_SVG = ".trykk.svg"
COVER = "omslag.png"
AT_ONCE = 3  # figures


@dataclass(frozen=True, slots=True)
class Studio:
    """What pictures are made with; `cover` has the words of the cover, its title also for the foot of slides."""

    paths: Paths
    inputs: Inputs
    workers: Workers
    cover: Drawing


def _drawings(key: str, item: Mapping[str, Any], svg: str, site: str) -> list[Drawing]:
    """The figure alone and as a slide."""
    found = re.search(r'width="([\d.]+)"', svg)
    assert found is not None  # vl-convert always writes it
    said = words(language_of(item))
    shared = {
        "svg": svg, "bredde": float(found[1]), "tittel": item["title"], "undertittel": item["subtitle"],
        "kilde": said["kilde"].format(source=item["source"]), "alt": item["alt"], "nettsted": site,
    }  # fmt: skip
    return [shared | {"slag": kind, "name": f"{key}{suffix}"} for kind, suffix in PICTURES.items()]


def _bitmaps(studio: Studio, title: str, drawings: list[Drawing], later: int = 1) -> Step:
    """Drawings made together by one run of Typst, which reads theme/'s templates and tokens."""
    theme = studio.inputs.pick(*TEMPLATES)
    inputs = {"what is drawn": digest(json.dumps(drawings, sort_keys=True)), **theme, **font_files(),
              **code("rapport.pictures"), **versions("typst")}  # fmt: skip
    return Step(f"bitmaps {title}", inputs, lambda _r: studio.workers.call(draw, studio.paths, drawings, later=later))


def _print_svg(key: str, svg: Blob) -> Step:
    fonts = {name: font_files()[name] for name in FILES}
    inputs = {f"figures/{key}.svg": svg.digest, **fonts, **code("rapport.letters"), **versions("uharfbuzz")}
    return Step(f"print drawing {key}", inputs, lambda _r: {f"{key}{PRINT_SVG}": with_letters(svg.text())})


def export(studio: Studio, steps: Steps, item: Mapping[str, Any], key: str, svg: Blob) -> Files:
    """The exports of one figure by name: a drawing for print and two bitmaps. `item` is its entry in the manifest."""
    # First what is made in this process: while bitmaps are waited for, it may have something else to do.
    printed = steps.run(_print_svg(key, svg))
    drawings = _drawings(key, item, svg.text(), studio.cover["tittel"])
    return {**printed, **steps.run(_bitmaps(studio, key, drawings))}


def _svgs(figures: Files) -> tuple[dict[str, Any], dict[str, Blob]]:
    """The manifest's entries, and the wide drawings of those that have one, by key."""
    items = figures["manifest.json"].json()["items"]
    return items, {key: figures[f"{key}.svg"] for key, item in items.items() if ".svg" in item["sizes"]}


def for_ebook(studio: Studio, steps: Steps, figures: Files) -> Files:
    """What an e-book shows, by its name: the drawings for print, and its cover; `figures` are the files of figures/."""
    _items, svgs = _svgs(figures)
    drawn = [steps.run(_print_svg(key, svg)) for key, svg in svgs.items()]
    cover = _bitmaps(studio, "cover", [studio.cover | {"slag": "omslag", "name": COVER}], later=0)
    return {name: blob for files in (*drawn, steps.run(cover)) for name, blob in files.items()}


def make_exports(studio: Studio, steps: Steps, figures: Files) -> Files:
    """Every export by its name, the e-book's cover among them; `figures` are the files of figures/."""
    items, svgs = _svgs(figures)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = [pool.submit(export, studio, steps, items[key], key, svg) for key, svg in svgs.items()]
        book = for_ebook(studio, steps, figures)
        return {**book, **{name: blob for one in made for name, blob in one.result().items()}}
