"""codecheck.yml: what a codechecker is to make again and compare, by the CODECHECK specification 2.0.

Only the author's part is written. Certificate, codechecker, report and summary belong to whoever does the check, and
identifiers that nobody has given (ORCID, DOI) are left out, not made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from rapport.metadata.facts import Facts

SPECIFICATION = "https://codecheck.org.uk/spec/config/2.0/"
NOTE = """\
# Made by `rapport figures`; do not edit. The author's part of a CODECHECK: what to make again and compare.
# `make report` makes every file of the manifest. A codechecker adds certificate, codechecker, report and summary.
# The authors are named as a group, without ORCID. paper.reference appears when _quarto.yml names a site-url.
"""
KINDS = {"fig": "Figure", "tbl": "Table", "lst": "Listing"}
# The files of an item that somebody would compare, of those that it has, and what each holds.
COMPARED = {".svg": "", ".diagram.html": " (the diagram)", ".csv": " (the values)"}
TEXT = {".md": " (the text)"}  # of a listing, which has nothing else


def _entries(items: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each figure's picture and values, each table's values, each listing's text."""
    return [
        {"file": f"figures/{key}{suffix}",
         "comment": f"{KINDS[key.partition('-')[0]]} {key}: {item['title']}{what}".replace("\u00a0", " ")}
        for key, item in items.items()
        for suffix, what in (COMPARED if ".csv" in item["sizes"] else TEXT).items()
        if suffix in item["sizes"]
    ]  # fmt: skip


def _paper(facts: Facts) -> dict[str, Any]:
    reference = facts.site_url or facts.repo_url
    return {
        "title": facts.title,
        "authors": [{"name": facts.author}],
        **({"reference": reference} if reference else {}),
        "reference-other": [facts.source["path"]],
    }


def codecheck(facts: Facts, items: Mapping[str, Any]) -> str:
    """codecheck.yml as text; `items` are the manifest's entries."""
    document = {
        "version": SPECIFICATION,
        "paper": _paper(facts),
        **({"repository": facts.repo_url} if facts.repo_url else {}),
        "manifest": [
            *_entries(items),
            {"file": "figures/numbers.json", "comment": "Every number that the text may use, with how it was found"},
            {"file": f"_site/{facts.pdf}", "comment": "The whole report as PDF; not committed, `make report` makes it"},
        ],
    }
    return "---\n" + NOTE + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
