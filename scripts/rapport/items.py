"""The files of one figure, diagram, table or listing, as texts by suffix. Knows records and how each is written.

`.facts` holds what the manifest says of the item, and `.narrow` the specification for phones: neither is published.
"""

from __future__ import annotations

import json
from typing import Any

from rapport.draw import canonical
from rapport.flows import html_flows, typst_flows
from rapport.languages import BOOK
from rapport.markdown import markdown_table
from rapport.records import BASES, Diagram, Figure, Listing, Table
from rapport.tabulate import csv_table, html_table, json_table
from rapport.typeset import typst_table

FACTS, NARROW = ".facts", ".narrow"
WIDE = ".vl.json"

Item = Figure | Diagram | Table | Listing


def _table_files(item: Figure | Diagram | Table) -> dict[str, str]:
    lang = item.lang if isinstance(item, Figure) else BOOK
    values = {".csv": csv_table(item.table, item.columns, lang), ".json": json_table(item.table, item.columns)}
    if isinstance(item, Table) and item.download:
        return values
    if any(column.refs for column in item.columns):
        return values | {".md": markdown_table(item.table, item.columns)}
    if lang != BOOK:  # on pages alone
        return values | {".html": html_table(item.key, item.table, item.columns, lang)}
    return values | {
        ".html": html_table(item.key, item.table, item.columns),
        ".typ": typst_table(item.table, item.columns, sentences=isinstance(item, Table) and item.sentences),
    }


def basis_counts(item: Figure | Diagram | Table) -> dict[str, int]:
    """How many rows rest on each basis, in the order of BASES; only those that occur."""
    if "grunnlag" not in item.table:
        return {}
    counts = item.table["grunnlag"].value_counts()
    return {basis: int(counts[basis]) for basis in BASES if basis in counts}


def _facts(item: Item) -> dict[str, Any]:
    facts = {"key": item.key, "title": item.title, "module": item.module.replace(".", "/") + ".py",
             "inputs": list(item.inputs)}  # fmt: skip
    if isinstance(item, Listing):
        return facts | {"rows": len(item.anchors), "anchors": list(item.anchors)}
    facts |= {"notes": list(item.notes), "source": item.source, "rows": len(item.table), "basis": basis_counts(item)}
    if not isinstance(item, Table):
        facts |= {"subtitle": item.subtitle, "alt": item.alt}
    if isinstance(item, Figure) and item.lang != BOOK:
        return facts | {"lang": item.lang}
    if isinstance(item, Diagram):
        return facts | {"form": "diagram"}
    return facts | ({"form": "sentences"} if isinstance(item, Table) and item.sentences else {})


def specs(item: Item) -> dict[str, str]:
    """The specifications that an item is drawn from, by suffix: of a figure alone."""
    return {WIDE: canonical(item.wide), NARROW: canonical(item.narrow)} if isinstance(item, Figure) else {}


def _shown(item: Item) -> dict[str, str]:
    if isinstance(item, Listing):
        return {".md": item.body}
    if isinstance(item, Diagram):
        shown = {".diagram.html": html_flows(item.flows), ".diagram.typ": typst_flows(item.flows)}
        return _table_files(item) | shown
    if isinstance(item, Figure):
        small = {".liten.html": item.small} if item.small else {}
        return _table_files(item) | specs(item) | small
    return _table_files(item)


def item_files(item: Item) -> dict[str, str]:
    """All files of the item but its drawings, by suffix."""
    return _shown(item) | {FACTS: json.dumps(_facts(item), ensure_ascii=False)}
