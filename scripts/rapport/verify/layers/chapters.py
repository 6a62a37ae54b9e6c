"""Layer 7: the chapters' dialect, references and citations; figures never shown and numbers never used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.engine.check import check as check_chapters
from rapport.engine.uses import uses
from rapport.errors import DialectError, Place
from rapport.pages.register import KEY as REGISTER
from rapport.verify.evidence import Evidence
from rapport.verify.layers import listings
from rapport.verify.verdicts import Difference, Verdict, verdict

SHOWN = re.compile(r"""\b(?:figure|table)\(\s*["']([\w-]+)["']\s*\)""")
OVERVIEWS = {
    "tbl-tallregister",
    "tbl-datafiler",
    "lst-kodebok",
    "lst-usikkert",
}  # they name all data and say nothing with them


def _dialect(evidence: Evidence) -> dict[str, list[Difference]]:
    try:
        check_chapters(evidence.paths, evidence.book)
    except DialectError as error:
        faults = [fault for fault in error.faults if isinstance(fault, Place)]
        found: dict[str, list[Difference]] = {}
        for fault in faults:
            difference = Difference(where=f"{fault.file}:{fault.line}", found=fault.problem,
                                    expected="what both engines understand", remedy=fault.remedy)  # fmt: skip
            found.setdefault(fault.file, []).append(difference)
        return found
    return {}


def shown(evidence: Evidence) -> set[str]:
    """The figures, tables and listings that some chapter shows."""
    sources = evidence.sources.values()
    found = {key for source in sources for key in [*SHOWN.findall(source), *listings.shown(source)]}
    return found | ({REGISTER} if any(listings.REGISTER.search(source) for source in sources) else set())


def _alt(key: str, item: dict) -> Iterator[Difference]:
    if key.startswith("fig-") and not item.get("alt", "").strip():
        yield Difference(where=key, found="no alternative text", expected="a sentence computed from the table",
                         remedy="give the figure a describe()")  # fmt: skip


def _unused(evidence: Evidence) -> Iterator[str]:
    """Numbers that no chapter writes and no figure or table of the report shows the data of."""
    written = {use.key for use in uses(evidence.sources)}
    visible = {name for key in shown(evidence) - OVERVIEWS if key in evidence.items
               for name in evidence.items[key]["inputs"]}  # fmt: skip
    for key, number in evidence.numbers.items():
        resources = {cell.partition("[")[0] for cell in number["cells"]}
        if key not in written and not resources & visible:
            yield key


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per chapter, per figure or table, and one for the register."""
    faults = _dialect(evidence)
    for chapter in evidence.book.pages:
        yield verdict("chapters", chapter.path, faults.get(chapter.path, []))
    on_pages = shown(evidence)
    for key, item in evidence.items.items():
        never = Difference(where="", found="no chapter that shows it", expected="each figure and table in a chapter",
                           remedy=f'show it with a cell, or take it out of scripts/{item["module"]}')  # fmt: skip
        yield verdict("chapters", key, [*([] if key in on_pages else [never]), *_alt(key, item)])
    unused = [Difference(where=key, found="no sentence and no figure that uses it", expected="each number in use",
                         remedy="use it, or take its row out of data/") for key in _unused(evidence)]  # fmt: skip
    yield verdict("chapters", "figures/numbers.json", unused)
