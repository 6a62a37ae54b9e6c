"""Figures and tables as Markdown that both engines understand: raw HTML for pages, an image or a pipe
table for everything else, and the caption last, as Quarto wants it.

Links and images begin with `/`, the root of the site; theme/rapport.lua turns them to fit each page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from rapport.design import load_tokens
from rapport.draw import for_page
from rapport.wording import capital, file_size, listed

DOWNLOADS = {".csv": "CSV for Excel", ".json": "JSON", ".svg": "SVG", ".vl.json": "Vega-Lite"}
WHAT = {".csv": "tallene", ".json": "tallene", ".svg": "figuren", ".vl.json": "oppskriften"}

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


def _read(folder: Path, name: str) -> str:
    path = folder / name
    return _text(path, path.stat().st_mtime_ns)


def _svg(folder: Path, key: str, variant: str, suffix: str, alt: str) -> str:
    """One width of the chart, named by the figure's alt text."""
    roles = load_tokens(folder.parent / "theme").light
    drawn = for_page(_read(folder, f"{key}{suffix}"), roles, ["diagram-svg"])
    return f'<div class="diagram {variant}" role="img" aria-label="{escape(alt)}">{drawn}</div>'


def _notes(notes: list[str]) -> str:
    return "".join(f'<p class="merknad">{escape(note)}</p>' for note in notes)


def _region(label: str, table: str) -> str:
    return f'<div class="tabell-rulle" role="region" tabindex="0" aria-label="{escape(label)}">{table.strip()}</div>'


def _downloads(key: str, item: Mapping[str, Any], suffixes: tuple[str, ...]) -> str:
    links = [
        f'<li><a href="/figures/{key}{suffix}" download>Last ned {WHAT[suffix]} '
        f'<span class="skjult">til «{escape(item["title"])}»</span> ({DOWNLOADS[suffix]}, '
        f"{file_size(item['sizes'][suffix])})</a></li>"
        for suffix in suffixes
    ]
    return f'<ul class="nedlastinger">{"".join(links)}</ul>'


def _made(item: Mapping[str, Any], data_version: str) -> str:
    """«Slik er figuren laget»: program, data with hashes, rows and what they rest on."""
    files = "<br>".join(
        f'<a href="/data/{name}.csv" download>data/{name}.csv</a> <code>{digest[:12]}</code>'
        for name, digest in item["inputs"].items()
    )
    basis = listed(f"{count} {BASIS_WORDS[name]}" for name, count in item["basis"].items()) if item["basis"] else "–"
    rows = (
        ("Program", f"<code>scripts/{escape(item['module'])}</code>"),
        (f"Data (versjon {escape(data_version)})", files),
        ("Rader", str(item["rows"])),
        ("Grunnlag", escape(basis)),
    )
    terms = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows)
    return f'<details class="laget"><summary>Slik er figuren laget</summary><dl>{terms}</dl></details>'


def _raw(text: str) -> str:
    return f"```{{=html}}\n{text}\n```"


def _attribute(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _literal(text: str) -> str:
    """Text as Markdown that means just this text."""
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>{}|$#@^~" else mark for mark in text)


def _aside(kind: str, text: str) -> str:
    return f"::: {{.{kind}}}\n{_literal(text)}\n:::"


def figure_block(key: str, item: Mapping[str, Any], folder: Path, data_version: str) -> str:
    """The figure `key`: chart in two widths, numbers, downloads and provenance, or an image for print."""
    alt, source = str(item["alt"]), f"Kilde: {item['source']}"
    page = "\n".join(
        [
            f'<p class="undertittel">{escape(item["subtitle"])}</p>',
            _svg(folder, key, "bred", ".svg", alt),
            _svg(folder, key, "smal", ".smal.svg", alt),
            f'<p class="kilde">{escape(source)}</p>',
            _notes(item["notes"]),
            '<details class="tallene"><summary>Vis tallene</summary>',
            _region(f"Tallene bak «{item['title']}»", _read(folder, f"{key}.html")),
            "</details>",
            _made(item, data_version),
            _downloads(key, item, tuple(DOWNLOADS)),
        ]
    )
    printed = "\n\n".join(
        [
            _aside("undertittel", item["subtitle"]),
            f'![](/figures/{key}.svg){{fig-alt="{_attribute(alt)}"}}',
            _aside("kilde", source),
            *(_aside("merknad", note) for note in item["notes"]),
        ]
    )
    return _float(key, "figur", page, printed, item["title"])


def table_block(key: str, item: Mapping[str, Any], folder: Path, data_version: str) -> str:
    """The table `key`: Great Tables' HTML on the page, a pipe table in print."""
    source = f"Kilde: {item['source']}"
    page = "\n".join(
        [
            _region(item["title"], _read(folder, f"{key}.html")),
            f'<p class="kilde">{escape(source)}</p>',
            _notes(item["notes"]),
            _downloads(key, item, (".csv", ".json")),
        ]
    )
    printed = "\n\n".join(
        [
            _read(folder, f"{key}.md"),
            _aside("kilde", source),
            *(_aside("merknad", note) for note in item["notes"]),
        ]
    )
    return _float(key, "tabell", page, printed, item["title"])


def _float(key: str, kind: str, page: str, printed: str, title: str) -> str:
    return (
        f"::: {{#{key} .{kind}}}\n\n{_raw(page)}\n\n"
        f'::: {{.content-visible unless-format="html"}}\n\n{printed}\n\n:::\n\n{_literal(capital(title))}\n\n:::\n'
    )
