"""The numbers of figures and tables in the words around them, as the page's own captions have them.

The engine that makes the page numbers a figure when its words stand there already. Knows the HTML of both engines.
"""

from __future__ import annotations

import re

from rapport.languages import BOOK
from rapport.wording import NBSP, small
from rapport.words import words

PLACE = re.compile(r'<span data-nummer="(?P<key>[\w-]+)">(?P<words>[^<]*)</span>')
CAPTION = (
    r'\bid="{key}"(?:(?!\bid="(?:fig|tbl)-).)*?<figcaption[^>]*>(?:<[^>]*>|\s)*'
    r"(?P<kind>Figure?|Tabell|Table)(?:\s|&nbsp;)+(?P<number>[\w.]+)"
)


def place(key: str, lang: str = BOOK) -> str:
    """What stands for "figur 2.1" in the HTML of the figure or table `key` until it has its number."""
    return f'<span data-nummer="{key}">{words(lang)["figuren" if key.startswith("fig-") else "tabellen"]}</span>'


def numbered(html: str) -> str:
    """The page with the number in every place for one; without a caption there the place keeps its words."""

    def filled(match: re.Match[str]) -> str:
        key = match["key"]
        if key not in found:
            caption = re.search(CAPTION.format(key=re.escape(key)), html, re.DOTALL)
            found[key] = f"{small(caption['kind'])}{NBSP}{caption['number']}" if caption else match["words"]
        return found[key]

    found: dict[str, str] = {}
    return PLACE.sub(filled, html)
