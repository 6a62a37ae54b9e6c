"""Text from the data as Markdown that means just this text. Knows nothing of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import punctuation
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Markdown:
    """What a cell shows as Markdown. IPython's own class does the same, and takes half a second to load."""

    data: str

    def _repr_markdown_(self) -> str:
        return self.data


def literal(text: str) -> str:
    r"""Text as Markdown that means just this text, on one line.

    >>> literal("a *b*")
    'a \\*b\\*'
    """
    return "".join(f"\\{mark}" if mark in punctuation else mark for mark in " ".join(text.split()))


def attribute(text: str) -> str:
    """Text as the value of an attribute between double quotes: every mark as a character reference.

    >>> attribute('"x" & y')
    '&#34;x&#34; &#38; y'
    """
    return "".join(f"&#{ord(mark)};" if mark in punctuation else mark for mark in " ".join(text.split()))


def code(text: str) -> str:
    """Text as inline code, whatever backticks it holds."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{gap}{' '.join(text.split())}{gap}{fence}"


def raw(text: str, kind: str = "html") -> str:
    """A raw block whose fence is longer than any that the text, and so a cell of a CSV, could hold."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{{={kind}}}\n{text.rstrip()}\n{fence}"


def address(url: str) -> str:
    """An address as the target of a link, whatever marks it holds."""
    return quote(url, safe=":/?#&=%._-~+,@!")


def site_link(url: str) -> str:
    """A link to a page elsewhere, named by its site.

    >>> site_link("https://www.nav.no/a")
    '[nav\\\\.no](https://www.nav.no/a)'
    """
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    return f"[{literal(host)}]({address(url)})"


def reference(keys: str) -> str:
    """Ids separated by semicolons as references: "sec-a; fig-b" → "@sec-a og @fig-b"."""
    *head, last = [f"@{key}" for key in keys.split("; ")]
    return f"{', '.join(head)} og {last}" if head else last
