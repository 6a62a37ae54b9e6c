"""The parts of a figure on the page, as HTML: chart, numbers, downloads, and how it was made.

All text is escaped. Links begin with `/`, the root of the site. Knows figures/ and the tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from rapport.captions import place
from rapport.design import load_tokens
from rapport.draw import for_page
from rapport.pages.verdicts import item_verdict, state
from rapport.shelf import project
from rapport.verified import SAME
from rapport.wording import file_size, listed

# Each download as (what it is, its format), by suffix; {} is the figure or table with its number.
FIGURE = {
    ".csv": ("tallene til {}", "CSV"), ".json": ("tallene til {}", "JSON"), ".svg": ("{}", "SVG"),
    ".png": ("{}", "PNG"), ".trykk.svg": ("{} for trykk", "SVG"), ".lysbilde.png": ("{} som lysbilde", "PNG"),
    ".vl.json": ("oppskriften på {}", "Vega-Lite"),
}  # fmt: skip
DIAGRAM = {".csv": ("teksten i {}", "CSV"), ".json": ("teksten i {}", "JSON")}  # it has no numbers
TABLE = {".csv": ("{}", "CSV"), ".json": ("{}", "JSON")}

BASIS_WORDS = {
    "oppgitt": "oppgitt i kilden",
    "avledet": "avledet ved regning",
    "omtrentlig": "omtrentlig i kilden",
    "antatt": "antatt (slutning)",
    "ukjent": "ukjent",
}


@lru_cache(maxsize=64)
def _text(path: Path, _stamp: int) -> str:
    return path.read_text(encoding="utf-8")


def read(folder: Path, name: str) -> str:
    """A file of figures/, read again when it changed."""
    path = folder / name
    return _text(path, path.stat().st_mtime_ns)


def svg(folder: Path, key: str, variant: str, suffix: str, alt: str) -> str:
    """One width of the chart, named by the figure's alt text."""
    tokens = load_tokens(project().theme)
    drawn = for_page(read(folder, f"{key}{suffix}"), tokens.light, ["diagram-svg"])
    width = f'data-bredde="{tokens.width(variant)}"'
    return f'<div class="diagram {variant}" {width} role="img" aria-label="{escape(alt)}">{drawn}</div>'


def explore() -> str:
    """The button that a chart is explored with; styles show it where scripts run."""
    button = '<button type="button" class="utforsk">Utforsk figuren</button>'
    return f'<p class="handling">{button} <span role="status"></span></p>'


def notes(texts: list[str]) -> str:
    """The notes under a figure, each a paragraph."""
    return "".join(f'<p class="merknad">{escape(note)}</p>' for note in texts)


def region_start(label: str) -> str:
    """The start of a region of its own for a table, which scrolls and takes the keyboard's focus."""
    return f'<div class="tabell-rulle" role="region" tabindex="0" aria-label="{escape(label)}">'


def region(label: str, table: str) -> str:
    """A table in its region."""
    return f"{region_start(label)}{table.strip()}</div>"


def _size(key: str, suffix: str, item: Mapping[str, Any]) -> str:
    """The size of a file; of what the engine draws later, a mark that is filled in when it is drawn."""
    size = item["sizes"].get(suffix)
    return f"@SIZE figures/{key}{suffix}@" if size is None else file_size(size)


def downloads(key: str, item: Mapping[str, Any], files: Mapping[str, tuple[str, str]]) -> str:
    """Links to the files behind the figure, as sentences with number, format and size."""
    links = [
        f'<li><a href="/figures/{key}{suffix}" download>Last ned {what.format(place(key))} '
        f"({kind}, {_size(key, suffix, item)})</a></li>"
        for suffix, (what, kind) in files.items()
    ]
    return f'<ul class="nedlastinger">{"".join(links)}</ul>'


def link(key: str) -> str:
    """The address of the figure or table, to follow or, where scripts run, to copy."""
    return (
        f'<p class="handling"><a href="#{key}">Lenke til {place(key)}</a> '
        '<button type="button" class="kopier">Kopier lenken</button> <span role="status"></span></p>'
    )


def _revision(facts: Mapping[str, Any], key: str) -> str:
    """The revision that the verification was made of, where it still speaks of this figure."""
    known = facts["verified"]["commit"] if state(facts, key) == SAME else None
    return f" Revisjonen som ble etterprøvd: <code>{escape(known)}</code>." if known else ""


def made(key: str, item: Mapping[str, Any], data_version: str, facts: Mapping[str, Any]) -> str:
    """«Slik er figuren laget»: program, data with hashes, rows and what they rest on, revision, last verification.

    facts: what the build knows of itself (engine/facts.py); without them the last two are left out.
    """
    files = "<br>".join(
        f'<a href="/data/{name}.csv" download>data/{name}.csv</a> <code>{digest[:12]}</code>'
        for name, digest in item["inputs"].items()
    )
    basis = listed(f"{count} {BASIS_WORDS[name]}" for name, count in item["basis"].items()) if item["basis"] else "–"
    rows = [
        ("Program", f"<code>scripts/{escape(item['module'])}</code>"),
        (f"Data (versjon {escape(data_version)})", files),
        ("Rader brukt", str(item["rows"])),
        ("Grunnlag", escape(basis)),
    ]
    if facts:
        rows += [("Bygget", f"{escape(facts['date'])}, revisjon <code>{escape(facts['commit'])}</code>")]
        said = escape(item_verdict(facts, key))
        link = '<a href="/chapters/etterproving.html">Les om etterprøvingen</a>'
        rows += [("Etterprøving", f'<span class="etterprovd">{said}</span>{_revision(facts, key)} {link}')]
    terms = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows)
    return f'<details class="laget"><summary>Slik er figuren laget</summary><dl>{terms}</dl></details>'
