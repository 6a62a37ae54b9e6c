"""What the page alone has of a data file: the first rows as a table, and links to the file in every format."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from rapport.exports import FORMATS
from rapport.exports.rows import Rows
from rapport.parts import region
from rapport.wording import file_size

FIRST = 5  # rows of the preview
LONGEST = 90  # letters of a cell of the preview


def link(name: str, text: str, label: str, size: int) -> str:
    """An entry of a list of downloads; `text` is HTML."""
    return f'<li><a href="/data/{name}" download>{text} ({label}, {file_size(size)})</a></li>'


def downloads(resource: Mapping[str, Any], made: Mapping[str, bytes]) -> str:
    """The table in every format, as sentences with format and size. made: what `exports` gave."""
    stem = resource["path"].removesuffix(".csv")
    text = f'Last ned<span class="skjult"> «{escape(resource["title"])}»</span>'
    links = [link(f"{stem}{kind.suffix}", text, kind.label, len(made[f"{stem}{kind.suffix}"])) for kind in FORMATS]
    return f'<ul class="nedlastinger">{"".join(links)}</ul>'


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _is_code(field: Mapping[str, Any]) -> bool:
    """Whether a column holds codes and not words."""
    return any(kind in field.get("constraints", {}) for kind in ("pattern", "enum"))


def _entry(tag: str, text: str, field: Mapping[str, Any], *, code: bool) -> str:
    side = ' class="tall-kolonne"' if field["type"] in ("integer", "number") else ""
    shown = f"<code>{escape(text)}</code>" if code and text else escape(text)
    return f"<{tag}{side}>{shown}</{tag.split()[0]}>"


def preview(rows: Rows) -> str:
    """The first rows as they stand in the file, long texts cut short, in a part that opens on demand."""
    head = "".join(_entry('th scope="col"', field["name"], field, code=True) for field in rows.fields)
    body = "".join(
        f"<tr>{''.join(_entry('td', _cut(c), f, code=_is_code(f)) for c, f in zip(row, rows.fields, strict=True))}</tr>"
        for row in rows.cells[:FIRST]
    )
    path = escape(rows.resource["path"])
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    named = f'Vis de første radene<span class="skjult"> i {path}</span>'
    shown = region(f"De første radene i {rows.resource['path']}", table)
    return f'<details class="forste-rader"><summary>{named}</summary>{shown}</details>'
