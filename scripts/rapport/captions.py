"""The numbers of figures and tables in the words around them, as the page's own captions have them.

The engine that makes the page numbers a figure when its words stand there already. Knows the HTML of both engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.languages import BOOK
from rapport.wording import NBSP, small
from rapport.words import words

PLACE = re.compile(r'<span data-nummer="(?P<key>[\w-]+)">(?P<words>[^<]*)</span>')
# From a figure's or table's id to the number in its caption, without another's id between.
CAPTION = re.compile(
    r'id="[^"]*"(?:(?!\bid="(?:fig|tbl)-).)*?<figcaption[^>]*>(?:<[^>]*>|\s)*'
    r"(?P<kind>Figure?|Tabell|Table)(?:\s|&nbsp;)+(?P<number>[\w.]+)",
    re.DOTALL,
)


def place(key: str, lang: str = BOOK) -> str:
    """What stands for "figur 2.1" in the HTML of the figure or table `key` until it has its number."""
    return f'<span data-nummer="{key}">{words(lang)["figuren" if key.startswith("fig-") else "tabellen"]}</span>'


def places_of(key: str, html: str) -> Iterator[int]:
    """Where the attribute id of an element whose id begins with `key` stands, as a plain search: pages are long."""
    at = html.find(f'id="{key}')
    while at >= 0:
        if html[at - 1].isspace():
            yield at
        at = html.find(f'id="{key}', at + 1)


def numbered(html: str) -> str:
    """The page with the number in every place for one; without a caption there the place keeps its words."""

    def filled(match: re.Match[str]) -> str:
        key = match["key"]
        if key not in found:
            captions = (CAPTION.match(html, at) for at in places_of(f'{key}"', html))
            caption = next(filter(None, captions), None)
            found[key] = f"{small(caption['kind'])}{NBSP}{caption['number']}" if caption else match["words"]
        return found[key]

    found: dict[str, str] = {}
    return PLACE.sub(filled, html)
