"""What reports share: text that stays text everywhere, a self-contained page, pictures side by side, files.

Knows nothing of what is reported.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from rapport.errors import RapportError

MARKUP = re.compile(r"[\\|`*_\[\]~$]")
BLANKS = " \u00a0\u202f"  # written as plain blanks

CSS = """
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 20%, Canvas); }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; margin-top: 1.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; } th, td { text-align: start; vertical-align: top; padding: .35rem 1rem .35rem 0;
border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 5rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
figure { margin: 0; } img { box-sizing: border-box; max-width: 100%; background: white; border: 1px solid var(--line); }
"""


def printable(text: str, *, blanks: bool = False) -> str:
    r"""Text without what could steer a terminal or turn its reading direction: such characters as their codes.

    `blanks` tells blanks that are not plain ones apart as well.

    >>> printable("a\x1b[2Jb"), printable("5\u00a0515"), printable("5\u00a0515", blanks=True)
    ('a\\x1b[2Jb', '5 515', '5\\xa0515')
    """
    kept = " " if blanks else BLANKS
    shown = (" " if mark in kept else mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)
    return "".join(shown)


def cell(text: str) -> str:
    """Text that cannot end its cell of a Markdown table, become markup, or call a person or an issue."""
    escaped = MARKUP.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;"))
    return " ".join(re.sub("[@#]", r"\g<0><!-- -->", escaped).split())


@dataclass(frozen=True, slots=True)
class Picture:
    """One of two pictures: its caption, its SVG (None where there is none) and what it shows in words."""

    caption: str
    svg: str | None
    alt: str = ""


def _figure(picture: Picture) -> str:
    caption = escape(picture.caption)
    if picture.svg is None:
        return f"<figure><figcaption>{caption}: none</figcaption></figure>"
    data = base64.b64encode(picture.svg.encode("utf-8")).decode("ascii")
    words = f'lang="nb" alt="{escape(picture.alt)}"' if picture.alt else f'alt="{caption}"'
    image = f'<img {words} src="data:image/svg+xml;base64,{data}">'
    return f"<figure><figcaption>{caption}</figcaption>{image}</figure>"


def pair(old: Picture, new: Picture) -> str:
    """Two pictures beside each other."""
    return f'<div class="pair">{_figure(old)}{_figure(new)}</div>'


def page(title: str, about: str, parts: Iterable[str], css: str = "") -> str:
    """A whole page that loads nothing and runs nothing. title and about are text, parts HTML."""
    whole = [
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{CSS}{css}</style></head><body><main>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(about)}</p>",
        *(part for part in parts if part),
        "</main></body></html>",
    ]
    return "\n".join(whole) + "\n"


def save(targets: Mapping[str, Path], forms: Mapping[str, str]) -> None:
    """Write each form (json, markdown …) to its file. Raises RapportError when a file cannot be written."""
    from rapport.placing import put

    for form, path in targets.items():
        try:
            put(path, forms[form])
        except OSError as error:
            raise RapportError(
                f"--{form} {path}: {error.strerror}.\n  To mend it: name a file that can be written."
            ) from None
