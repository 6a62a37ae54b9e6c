"""The pictures that links to pages are shown with, and the icons. Knows a site under completion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapport.captions import places_of
from rapport.metadata import schemaorg
from rapport.steps import Content, Memory, Steps
from rapport.web.card import Card, card_step
from rapport.web.icons import icon_step
from rapport.web.site import Site, drawing
from rapport.workers import Workers

MAIN = "fig-deltakere"  # what the front page and pages without a drawing are shown with


def _shown(site: Site, href: str, own: Iterable[str]) -> str:
    """The page's first drawn figure of its own, or the main one."""
    wanted = [*(own if href != schemaorg.FRONT else ()), MAIN, *site.drawn]
    return next(key for key in wanted if drawing(key) in site.figures)


def card_of(site: Site, href: str, html: str) -> Card:
    """The picture of a page, by its HTML."""
    own = (html[at + len('id="') : html.index('"', at + len('id="'))] for at in places_of("fig-", html))
    key = _shown(site, href, own)
    return Card(key, f"{site.items[key]['title']}. {site.items[key]['alt']}")


def pictures(site: Site, figures: Iterable[str], steps: Steps, workers: Workers) -> dict[str, Content]:
    """What the heads show, and the icons, by address."""
    drawings = {key: site.figures[drawing(key)] for key in sorted(set(figures))}
    name, drawn = site.facts.name, Memory().put((site.paths.theme / "ikon.svg").read_bytes())
    cards = [card_step(site.paths, key, site.items[key], svg, name, workers) for key, svg in drawings.items()]
    icons, *made = steps.run_each([icon_step(drawn, workers), *cards])
    shown: dict[str, Content] = {path: blob for files in made for path, blob in files.items()}
    return shown | {f"assets/{name}": blob for name, blob in ({"ikon.svg": drawn.read()} | dict(icons)).items()}


def pictures_ahead(site: Site, texts: Mapping[str, str], steps: Steps, workers: Workers) -> None:
    """The pictures that `completed` will need, while the pages are still Markdown; texts: theirs by address, if any."""
    shown = {_shown(site, href, re.findall(r"\{#(fig-[\w-]+)", text)) for href, text in texts.items()}
    if shown:
        pictures(site, shown, steps, workers)
