"""Figures, diagrams and tables as Markdown that both engines understand: raw HTML for pages, an image or
raw Typst for print, and the caption last, as Quarto wants it.

Links and images begin with `/`, the root of the site; theme/rapport.lua turns them to fit each page.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from rapport import parts, shelf
from rapport.languages import language_of
from rapport.markup import code, literal, raw
from rapport.wording import capital
from rapport.words import words


def _attribute(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _aside(kind: str, text: str) -> str:
    return f"::: {{.{kind}}}\n{literal(text)}\n:::"


def figure_block(key: str, item: Mapping[str, Any], data_version: str, facts: Mapping[str, Any]) -> str:
    """The figure `key`: chart in two widths, numbers, downloads and provenance, or an image for print."""
    said, alt = words(language_of(item)), str(item["alt"])
    source = said["kilde"].format(source=item["source"])
    page = "\n".join(
        [
            f'<p class="undertittel">{escape(item["subtitle"])}</p>',
            parts.svg(key, "bred", ".svg", alt),
            parts.svg(key, "smal", ".smal.svg", alt),
            parts.explore(item),
            f'<p class="kilde">{escape(source)}</p>',
            parts.notes(item["notes"]),
            f'<details class="tallene"><summary>{said["vis_tallene"]}</summary>',
            parts.region(said["tallene_bak"].format(title=item["title"]), shelf.text(f"{key}.html")),
            "</details>",
            parts.made(key, item, data_version, facts),
            parts.downloads(key, item, parts.figure_files(item)),
            parts.link(key, item),
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


def diagram_block(key: str, item: Mapping[str, Any], data_version: str, facts: Mapping[str, Any]) -> str:
    """The diagram `key`: its words as text, as a table, downloads and provenance; in print the words alone."""
    source = f"Kilde: {item['source']}"
    page = "\n".join(
        [
            f'<p class="undertittel">{escape(item["subtitle"])}</p>',
            shelf.text(f"{key}.diagram.html"),
            f'<p class="kilde">{escape(source)}</p>',
            parts.notes(item["notes"]),
            '<details class="tallene"><summary>Vis som tabell</summary>',
            parts.region(f"«{item['title']}» som tabell", shelf.text(f"{key}.html")),
            "</details>",
            parts.made(key, item, data_version, facts),
            parts.downloads(key, item, parts.DIAGRAM),
            parts.link(key, item),
        ]
    )
    printed = "\n\n".join(
        [
            _aside("undertittel", item["subtitle"]),
            raw(shelf.text(f"{key}.diagram.typ"), "typst"),
            _aside("kilde", source),
            *(_aside("merknad", note) for note in item["notes"]),
        ]
    )
    return _float(key, "figur .flyt", page, printed, item["title"])


def small_block(key: str) -> str:
    """The figure `key` in small, for a line of text: on the page alone, as print has the figure."""
    html = shelf.text(f"{key}.liten.html").strip()
    return f"{code(html)}{{=html}}"


def table_block(key: str, item: Mapping[str, Any]) -> str:
    """The table `key`: Great Tables' HTML on the page, Typst in print; Markdown for both where cells refer."""
    page, printed = _below_table(key, item)
    kind = "tabell .ord" if item.get("form") == "sentences" else "tabell"
    if ".md" in item["sizes"]:
        region = parts.region_start(item["title"])
        body = f"{raw(region)}\n\n{shelf.text(f'{key}.md')}\n{raw('</div>')}\n\n"
        return _float(key, kind, page, printed, item["title"], body)
    page = f"{parts.region(item['title'], shelf.text(f'{key}.html'))}\n{page}"
    printed = f"{raw(shelf.text(f'{key}.typ'), 'typst')}\n\n{printed}"
    return _float(key, kind, page, printed, item["title"])


def _below_table(key: str, item: Mapping[str, Any]) -> tuple[str, str]:
    """What stands below a table, on the page and in print."""
    source = f"Kilde: {item['source']}"
    page = [
        f'<p class="kilde">{escape(source)}</p>',
        parts.notes(item["notes"]),
        parts.downloads(key, item, parts.TABLE),
        parts.link(key, item),
    ]
    printed = [_aside("kilde", source), *(_aside("merknad", note) for note in item["notes"])]
    return "\n".join(page), "\n\n".join(printed)


def _float(key: str, kind: str, page: str, printed: str, title: str, body: str = "") -> str:
    return (
        f"::: {{#{key} .{kind}}}\n\n{body}{raw(page)}\n\n"
        f'::: {{.content-visible unless-format="html"}}\n\n{printed}\n\n:::\n\n{literal(capital(title))}\n\n:::\n'
    )
