"""The number register as a page: each number's value, formula, cells, source, basis and every place it is used.

One section a topic, in it an entry a number in the order of the source, rather than a table, as most of it is read on
narrow screens; in print a compact table. Links begin at the root of the site. Knows figures/ and the build's facts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from rapport.errors import RapportError
from rapport.languages import BOOK
from rapport.markup import code, literal, raw
from rapport.pages.topics import TOPICS, topic
from rapport.pages.verdicts import numbers_verdict
from rapport.parts import downloads
from rapport.phrasing import number_text
from rapport.wording import MISSING, NBSP, capital, listed, place, quantity
from rapport.words import words

KEY = "tbl-tallregister"
CELL = re.compile(r"(?P<resource>\w+)\[(?P<row>.*)\]\.(?P<column>\w+)")
# Layer 7 of `rapport verify` holds that no number is without either.
UNUSED = "<dd>Ikke brukt i en setning, men dataene er vist i en figur eller tabell</dd>"
LINE = re.compile(r"linje (\d+)")
FEW = 6  # rows told in the entry itself; more are folded away

Json = Mapping[str, Any]


def column_href(resource: str, column: str) -> str:
    """Where the codebook describes a column."""
    return f"/chapters/datagrunnlag.html#data-{resource}-{column}".replace("_", "-")


def _columns(cells: list[str]) -> dict[tuple[str, str], list[str]]:
    """The rows that a number is made from, by file and column."""
    found: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        match = CELL.fullmatch(cell)
        assert match is not None  # records.Cell writes them so
        found.setdefault((match["resource"], match["column"]), []).append(match["row"].replace("=", f"{NBSP}={NBSP}"))
    return found


def _rows(rows: list[str]) -> str:
    told = "; ".join(f"<samp>{escape(row)}</samp>" for row in rows)
    if len(rows) > FEW:
        return f"<details><summary>{len(rows)} rader</summary>{told}</details>"
    return f"{'raden' if len(rows) == 1 else 'radene'} {told}"


def _made(number: Json) -> str:
    """How the number follows, and the very cells that it is made from, column by column."""
    cells = [
        f'<a href="{column_href(resource, column)}">{resource}.csv, kolonnen <samp>{column}</samp></a>, {_rows(rows)}'
        for (resource, column), rows in _columns(number["cells"]).items()
    ]
    return f"<dd>{escape(capital(number['formula']))}: {'<br>'.join(cells)}</dd>"


def _words(number: Json, use: Json) -> str:
    try:
        return number_text(number, use["hedge"], use["bound"], use["word"], use["lang"])
    except RapportError:  # the sentence itself stops the build, with its line
        return "?"


def _place(use: Json) -> str:
    section = use["section"] if use["section"] not in use["place"] else ""
    said = escape(", ".join(filter(None, [use["place"], section])))
    return said if use["lang"] == BOOK else f'<span lang="{use["lang"]}">{said}</span>'


def _uses(number: Json, uses: list[Json]) -> str:
    """Links to the sentences, named by the words that they write; those of one section stand together."""
    if not uses:
        return UNUSED
    places: dict[str, list[str]] = {}
    for use in uses:
        tongue = "" if use["lang"] == BOOK else f' lang="{use["lang"]}"'
        link = f'<a href="{escape(use["href"])}"{tongue}>«{escape(_words(number, use))}»</a>'
        places.setdefault(_place(use), []).append(link)
    items = "".join(f"<li>{listed(links)} i {place}</li>" for place, links in places.items())
    return f"<dd>Brukt her:<ul>{items}</ul></dd>"


def _entry(key: str, number: Json, uses: list[Json]) -> str:
    lost = number["value"] is None
    value = capital(MISSING) if lost else quantity(number["value"], number["decimals"], number["unit"])
    basis = "" if lost else f" · {words(BOOK)['grunnlag'][number['basis']]}"
    return (
        f'<div id="tall-{escape(key)}"><dt>{escape(capital(number["description"]))} <samp>{escape(key)}</samp></dt>'
        f'<dd class="verdi"><strong>{escape(value)}</strong>{basis}</dd>'
        f"{_made(number)}"
        f"<dd>Kilde: {escape(place(number['source']))}</dd>{_uses(number, uses)}</div>"
    )


def _printed(numbers: Json) -> str:
    """A line a number for print: what it is, value, basis and source, by `tallregister` of theme/rapport.typ."""
    rows = [
        (capital(number["description"]), "–" if number["value"] is None
         else quantity(number["value"], number["decimals"], number["unit"]), number["basis"], place(number["source"]))
        for number in numbers.values()
    ]  # fmt: skip
    cells = "\n".join(f"  {', '.join(json.dumps(cell, ensure_ascii=False) for cell in row)}," for row in rows)
    return raw(f"#tallregister(\n{cells}\n)", "typst")


def _section(title: str, numbers: Json, facts: Json) -> str:
    uses = facts.get("uses", {})
    entries = "\n".join(_entry(key, number, uses.get(key, [])) for key, number in numbers.items())
    identifier = "emne-" + re.sub(r"[^a-z]+", "-", title.lower().replace("å", "a").replace("ø", "o"))
    page = raw(f'<dl class="register">{entries}</dl>')
    return f"## {literal(title)} {{#{identifier} .unnumbered}}\n\n{page}\n\n{_printed(numbers)}\n"


def _in_source(entry: tuple[str, Json]) -> tuple[int, float, str]:
    """Where a number's first place in the source is; of those in one line the smallest first."""
    key, number = entry
    line = LINE.search(number["source"])
    return int(line[1]) if line else 0, number["value"] or 0, key


def register_text(numbers: Json, manifest: Json, facts: Json) -> str:
    """The whole register as Markdown. numbers: numbers.json; manifest: manifest.json; facts: engine/facts.py."""
    topics: dict[str, dict[str, Any]] = {title: {} for title, _ in TOPICS}
    for key, number in sorted(numbers.items(), key=_in_source):
        topics[topic(key)][key] = number
    table = manifest["items"][KEY]
    printed = (
        "Her i trykk er registeret forkortet. På nettsiden står også utregningen, cellene i datafilene og "
        f"hvert sted der tallet er brukt. Utregninger og celler ligger også i filen {code('figures/numbers.json')}."
    )
    sections = [_section(title, found, facts) for title, found in topics.items() if found]
    return "\n\n".join(
        [
            literal(numbers_verdict(facts)) + " Se @sec-etterproving.",
            raw(downloads(KEY, table, {".csv": ("tallregisteret", "CSV"), ".json": ("tallregisteret", "JSON")})),
            f'::: {{.content-visible unless-format="html"}}\n\n{printed}\n\n:::',
            *sections,
        ]
    )
