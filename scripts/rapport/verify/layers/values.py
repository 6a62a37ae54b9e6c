"""Layer 2: the table behind each figure and table, cell by cell, with tolerance zero."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.cells import changes, rows
from rapport.languages import LANGUAGES, language_of
from rapport.verify.evidence import Evidence
from rapport.verify.verdicts import Difference, Verdict, verdict

REMEDY = "run `rapport figures` and look at the change before committing it; never edit figures/ by hand"
SHOWN = {
    ".json": "the table as JSON",
    ".html": "the table on the page",
    ".typ": "the table in print",
    ".md": "the text",
    ".liten.html": "the small drawing",
}


def _cells(found: str, expected: str, delimiter: str) -> Iterator[Difference]:
    told = list(changes(rows(found, delimiter), rows(expected, delimiter)))
    for change in told:
        column = f", column “{change.column}”" if change.column else ""
        missing = "no such cell" if change.column else "no such row"
        old, new = (missing if side is None else f"“{side}”" for side in (change.old, change.new))
        yield Difference(where=f"row {change.row}{column}", found=old, expected=new, remedy=REMEDY)
    if not told and found != expected:
        yield Difference(where="", found="the same values in another notation", expected="the same, letter by letter",
                         remedy=REMEDY)  # fmt: skip


def _gone(name: str, *, missing: bool) -> Difference:
    found, expected = (
        ("no such file", "a file that follows from data/") if missing else ("a file", "none: nothing makes it")
    )
    return Difference(where=f"figures/{name}", found=found, expected=expected, remedy=REMEDY)


def _differences(evidence: Evidence, key: str) -> Iterator[Difference]:
    name = f"{key}.csv"
    if name in evidence.recomputed:
        if name not in evidence.committed:
            yield _gone(name, missing=True)
        else:
            delimiter = LANGUAGES[language_of(evidence.items[key])].delimiter
            yield from _cells(evidence.committed[name], evidence.recomputed[name], delimiter)
    for suffix, what in SHOWN.items():
        name = f"{key}{suffix}"
        expected, found = evidence.recomputed.get(name), evidence.committed.get(name)
        if expected is not None and found != expected:
            yield _gone(name, missing=True) if found is None else Difference(
                where=f"figures/{name}", found=f"another text than {what} that follows from data/",
                expected="the same, letter by letter", remedy=REMEDY,
            )  # fmt: skip


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per item, and one for files that nothing makes any more."""
    for key in evidence.items:
        yield verdict("values", key, _differences(evidence, key))
    strays = sorted(set(evidence.committed) - set(evidence.recomputed))
    yield verdict("values", "figures/", [_gone(name, missing=False) for name in strays])
