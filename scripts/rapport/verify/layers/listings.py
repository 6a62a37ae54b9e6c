"""Listings, tables in Markdown and pages about the report, as the texts that their page must hold.

Knows pandoc and the recomputed files.
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from rapport.engine.downloads import sized
from rapport.engine.pandoc import pandoc_path
from rapport.pages.register import register_text
from rapport.pages.verification import verification_text
from rapport.verify.evidence import Evidence
from rapport.verify.reading import COUNTED, plain
from rapport.verify.verdicts import Difference

PRINTED = '[data-unless-format="html"]'  # what stands in print alone
LISTED = re.compile(r"""\blisting\(\s*["']([\w-]+)["']\s*\)""")
REGISTER = re.compile(r"^register\(\)", re.MULTILINE)
VERIFICATION = re.compile(r"^verification\(\)", re.MULTILINE)
REBUILD = "run `rapport render`; pages are never edited"


@lru_cache(maxsize=16)
def texts(markdown: str) -> tuple[str, ...]:
    """The pieces of text that pandoc reads in Markdown, in order, without references, which the engine fills in."""
    from selectolax.lexbor import LexborHTMLParser

    command = [pandoc_path(), "--from=markdown", "--to=html", "--wrap=none"]
    done = subprocess.run(command, input=markdown, capture_output=True, text=True, check=True)
    tree = LexborHTMLParser(done.stdout)
    for counted in tree.css(f"{COUNTED}, {PRINTED}"):
        counted.decompose()
    pieces = (plain(piece) for piece in tree.text(separator="\n").split("\n"))
    return tuple(piece for piece in pieces if piece)


def shown(source: str) -> list[str]:
    """The listings that a chapter's source prints, by key."""
    return [f"lst-{name}" for name in LISTED.findall(source)]


def _measured(evidence: Evidence, text: str) -> str:
    """The text with the size of each file that it offers; of a file that the site has not, its mark stays."""

    def size(address: str) -> int | None:
        file = evidence.site / address
        return file.stat().st_size if file.is_file() else None

    return sized(text, size)


def _texts(evidence: Evidence, source: str) -> Iterator[str]:
    """The Markdown that a chapter's cells print of data/ and of the build, as recomputed."""
    yield from (_measured(evidence, evidence.recomputed.get(f"{key}.md", "")) for key in shown(source))
    if REGISTER.search(source):
        yield register_text(evidence.numbers, evidence.expected_manifest, evidence.facts)
    if VERIFICATION.search(source):
        yield verification_text(evidence.expected_manifest, evidence.facts)


def without_listings(evidence: Evidence, file: str, prose: str) -> tuple[str, list[Difference]]:
    """A page's prose without the pieces of its listings, and the pieces that are not there."""
    pieces = Counter(piece for text in _texts(evidence, evidence.sources[file]) for piece in texts(text))
    left = []
    for line in prose.split("\n"):
        if pieces[plain(line)] > 0:
            pieces[plain(line)] -= 1
        else:
            left.append(line)
    return "\n".join(left), list(_missing(+pieces))


def _missing(pieces: Counter[str]) -> Iterator[Difference]:
    for piece in pieces:
        yield Difference(where="a listing", found="another text", expected=f"“{piece[:80]}”", remedy=REBUILD)
