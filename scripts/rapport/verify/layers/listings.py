"""Listings and tables in Markdown, as the texts that their page must hold. Knows pandoc and the recomputed files."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from rapport.engine.pandoc import pandoc_path
from rapport.verify.evidence import Evidence
from rapport.verify.reading import COUNTED, plain
from rapport.verify.verdicts import Difference

LISTED = re.compile(r"""\blisting\(\s*["']([\w-]+)["']\s*\)""")
REBUILD = "run `rapport render`; pages are never edited"


@lru_cache(maxsize=16)
def texts(markdown: str) -> tuple[str, ...]:
    """The pieces of text that pandoc reads in Markdown, in order, without references, which the engine fills in."""
    from selectolax.lexbor import LexborHTMLParser

    command = [pandoc_path(), "--from=markdown", "--to=html", "--wrap=none"]
    done = subprocess.run(command, input=markdown, capture_output=True, text=True, check=True)
    tree = LexborHTMLParser(done.stdout)
    for counted in tree.css(COUNTED):
        counted.decompose()
    pieces = (plain(piece) for piece in tree.text(separator="\n").split("\n"))
    return tuple(piece for piece in pieces if piece)


def shown(source: str) -> list[str]:
    """The listings that a chapter's source prints, by key."""
    return [f"lst-{name}" for name in LISTED.findall(source)]


def without_listings(evidence: Evidence, file: str, prose: str) -> tuple[str, list[Difference]]:
    """A page's prose without the pieces of its listings, and the pieces that are not there."""
    pieces = Counter(piece for key in shown(evidence.sources[file]) for piece in _pieces(evidence, key))
    left = []
    for line in prose.split("\n"):
        if pieces[plain(line)] > 0:
            pieces[plain(line)] -= 1
        else:
            left.append(line)
    return "\n".join(left), list(_missing(+pieces))


def _pieces(evidence: Evidence, key: str) -> tuple[str, ...]:
    return texts(evidence.recomputed.get(f"{key}.md", ""))


def _missing(pieces: Counter[str]) -> Iterator[Difference]:
    for piece in pieces:
        yield Difference(where="a listing", found="another text", expected=f"“{piece[:80]}”", remedy=REBUILD)
