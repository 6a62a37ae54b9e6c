"""What the page alone has of a data file: the first rows as a table, and links to the file in every format."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from rapport.exports import FORMATS
from rapport.exports.rows import Rows
from rapport.parts import region
from rapport.wording import size_mark

FIRST = 5  # rows of the preview
LONGEST = 90  # letters of a cell of the preview


def link(name: str, text: str, label: str) -> str:
    """An entry of a list of downloads; `text` is HTML. The file is made later, and its size filled in then."""
    return f'<li><a href="/data/{name}" download>{text} ({label}, {size_mark(f"data/{name}")})</a></li>'


def downloads(resource: Mapping[str, Any]) -> str:
    """The table in every format, as sentences with format and size."""
    stem = resource["path"].removesuffix(".csv")
    text = f'Last ned<span class="skjult"> «{escape(resource["title"])}»</span>'
    links = [link(f"{stem}{kind.suffix}", text, kind.label) for kind in FORMATS]
    return f'<ul class="nedlastinger">{"".join(links)}</ul>'


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _codes(schema: Mapping[str, Any]) -> set[str]:
    """The columns that hold codes and not words: their values are bound, or name a row here or elsewhere."""
    named = [schema.get("primaryKey", []), *(foreign["fields"] for foreign in schema.get("foreignKeys", []))]
    keys = {name for names in named for name in ([names] if isinstance(names, str) else names)}
    return keys | {field["name"] for field in schema["fields"] if {"pattern", "enum"} & {*field.get("constraints", {})}}


def _entry(tag: str, text: str, field: Mapping[str, Any], *, code: bool) -> str:
    side = ' class="tall-kolonne"' if field["type"] in ("integer", "number") else ""
    shown = f"<code>{escape(text)}</code>" if code and text else escape(text)
    return f"<{tag}{side}>{shown}</{tag.split()[0]}>"


def preview(rows: Rows) -> str:
    """The first rows as they stand in the file, long texts cut short, in a part that opens on demand."""
    head = "".join(_entry('th scope="col"', field["name"], field, code=True) for field in rows.fields)
    codes = _codes(rows.resource["schema"])
    lines = [
        "".join(_entry("td", _cut(c), f, code=f["name"] in codes) for c, f in zip(row, rows.fields, strict=True))
        for row in rows.cells[:FIRST]
    ]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    path = escape(rows.resource["path"])
    named = f'<caption class="skjult">De første radene i {path}</caption>'
    table = f"<table>{named}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    summary = f'Vis de første radene<span class="skjult"> i {path}</span>'
    shown = region(f"De første radene i {rows.resource['path']}", table)
    return f'<details class="forste-rader"><summary>{summary}</summary>{shown}</details>'
