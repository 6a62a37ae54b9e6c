"""What a built site gets beside its pages, whichever engine made them: metadata files and JSON-LD in two heads.

A JSON-LD block is data, not a program: no browser runs it, and a policy that forbids scripts does not touch it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rapport.book import load_book
from rapport.metadata.datapackage import published
from rapport.metadata.facts import Facts, as_json, read_facts
from rapport.metadata.schemaorg import dataset, report
from rapport.paths import Paths

FRONT = "index.html"
# The page about the data: the first of these that the book has.
DATA_PAGES = ("chapters/datagrunnlag.html", "chapters/kolofon.html")


BLOCK = re.compile(r'<script type="application/ld\+json">[^<]*</script>\n')


def _block(document: dict[str, Any]) -> str:
    """A JSON-LD block for a page's head; `</script>` in a text cannot end it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")
    return f'<script type="application/ld+json">{text}</script>\n'


def _insert(page: Path, document: dict[str, Any]) -> None:
    """The block at the end of the head, in place of an older one where a page was not written anew."""
    head, end, rest = page.read_text(encoding="utf-8").partition("</head>")
    page.write_text(BLOCK.sub("", head) + _block(document) + end + rest, encoding="utf-8")


def _base(facts: Facts, page: str) -> str:
    """Before every address of a page: the site's own address, or the way from the page to the root."""
    return facts.site_url or "../" * page.count("/")


def publish(paths: Paths, site: Path) -> None:
    """Complete the site in the folder `site`: data/datapackage.json, two .jsonld files, JSON-LD in two pages.

    Does nothing to a folder without pages, such as one with a PDF alone.
    """
    if not (site / FRONT).is_file():
        return
    facts, chapters = read_facts(paths), load_book(paths).chapters
    (site / "data").mkdir(exist_ok=True)
    (site / "data" / "datapackage.json").write_text(as_json(published(facts, paths.data)), encoding="utf-8")
    base, pdf = _base(facts, FRONT), site / facts.pdf
    (site / "dataset.jsonld").write_text(as_json(dataset(facts, paths.data, base)), encoding="utf-8")
    (site / "report.jsonld").write_text(as_json(report(facts, chapters, pdf, base)), encoding="utf-8")
    _insert(site / FRONT, report(facts, chapters, pdf, base))
    about = next((name for name in DATA_PAGES if (site / name).is_file()), None)
    if about:
        _insert(site / about, dataset(facts, paths.data, _base(facts, about)))
