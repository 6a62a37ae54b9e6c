"""Figures, diagrams and tables as Markdown that both engines understand: raw HTML for pages, an image or
raw Typst for print, and the caption last, as Quarto wants it.

Links and images begin with `/`, the root of the site; theme/rapport.lua turns them to fit each page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import punctuation
from typing import Any

from rapport import parts
from rapport.wording import capital


def _raw(text: str, kind: str = "html") -> str:
    """A raw block whose fence is longer than any that the text, and so a cell of a CSV, could hold."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{{={kind}}}\n{text.rstrip()}\n{fence}"


def _attribute(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _literal(text: str) -> str:
    """Text as Markdown that means just this text."""
    return "".join(f"\\{mark}" if mark in punctuation else mark for mark in " ".join(text.split()))


def _aside(kind: str, text: str) -> str:
    return f"::: {{.{kind}}}\n{_literal(text)}\n:::"


def figure_block(key: str, item: Mapping[str, Any], folder: Path, data_version: str) -> str:
    """The figure `key`: chart in two widths, numbers, downloads and provenance, or an image for print."""
    alt, source = str(item["alt"]), f"Kilde: {item['source']}"
    page = "\n".join(
        [
            f'<p class="undertittel">{escape(item["subtitle"])}</p>',
            parts.svg(folder, key, "bred", ".svg", alt),
            parts.svg(folder, key, "smal", ".smal.svg", alt),
            f'<p class="kilde">{escape(source)}</p>',
            parts.notes(item["notes"]),
            '<details class="tallene"><summary>Vis tallene</summary>',
            parts.region(f"Tallene bak «{item['title']}»", parts.read(folder, f"{key}.html")),
            "</details>",
            parts.made(item, data_version),
            parts.downloads(key, item, tuple(parts.DOWNLOADS)),
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


def diagram_block(key: str, item: Mapping[str, Any], folder: Path, data_version: str) -> str:
    """The diagram `key`: its words as text, as a table, downloads and provenance; in print the words alone."""
    source = f"Kilde: {item['source']}"
    page = "\n".join(
        [
            f'<p class="undertittel">{escape(item["subtitle"])}</p>',
            parts.read(folder, f"{key}.diagram.html"),
            f'<p class="kilde">{escape(source)}</p>',
            parts.notes(item["notes"]),
            '<details class="tallene"><summary>Vis som tabell</summary>',
            parts.region(f"«{item['title']}» som tabell", parts.read(folder, f"{key}.html")),
            "</details>",
            parts.made(item, data_version),
            parts.downloads(key, item, tuple(parts.WORDS), parts.WORDS),
        ]
    )
    printed = "\n\n".join(
        [
            _aside("undertittel", item["subtitle"]),
            _raw(parts.read(folder, f"{key}.diagram.typ"), "typst"),
            _aside("kilde", source),
            *(_aside("merknad", note) for note in item["notes"]),
        ]
    )
    return _float(key, "figur .flyt", page, printed, item["title"])


def table_block(key: str, item: Mapping[str, Any], folder: Path) -> str:
    """The table `key`: Great Tables' HTML on the page, Typst in print."""
    source = f"Kilde: {item['source']}"
    page = "\n".join(
        [
            parts.region(item["title"], parts.read(folder, f"{key}.html")),
            f'<p class="kilde">{escape(source)}</p>',
            parts.notes(item["notes"]),
            parts.downloads(key, item, (".csv", ".json")),
        ]
    )
    printed = "\n\n".join(
        [
            _raw(parts.read(folder, f"{key}.typ"), "typst"),
            _aside("kilde", source),
            *(_aside("merknad", note) for note in item["notes"]),
        ]
    )
    kind = "tabell .ord" if item.get("form") == "sentences" else "tabell"
    return _float(key, kind, page, printed, item["title"])


def _float(key: str, kind: str, page: str, printed: str, title: str) -> str:
    return (
        f"::: {{#{key} .{kind}}}\n\n{_raw(page)}\n\n"
        f'::: {{.content-visible unless-format="html"}}\n\n{printed}\n\n:::\n\n{_literal(capital(title))}\n\n:::\n'
    )
