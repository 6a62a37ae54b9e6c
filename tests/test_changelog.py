"""The changelog, of which the feed of versions is made: read rightly, or told with line and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT
from rapport.book import load_book
from rapport.changelog import Version, parse, read_versions
from rapport.engine.check import check
from rapport.errors import BookError
from rapport.paths import Paths

GOOD = """# Changelog

Versions are those of the data package.

## 1.10.0 – 2026-11-25

- A new table, `forskning.csv`,
  of studies.
- Notes
on lines of their own.

## 1.9.0 – 2026-11-25

The first whole report.

* Data.
"""

# What is written for what, the line, and what is told.
SLIPS = {
    "a hyphen for the dash": ("## 1.9.0 –", "## 1.9.0 -", 12, "no heading of a version"),
    "brackets": ("## 1.9.0 –", "## [1.9.0] –", 12, "no heading of a version"),
    "no number": ("## 1.9.0 – 2026-11-25", "## Unreleased", 12, "“## Unreleased” is no heading of a version"),
    "another level": ("## 1.9.0", "# 1.9.0", 12, "no heading of a version"),
    "no heading": ("## 1.9.0", "1.9.0", 12, "no heading of a version"),
    "no blank after the marks": ("## 1.9.0", "##1.9.0", 12, "no heading of a version"),
    "blanks before": ("## 1.9.0", "  ## 1.9.0", 12, "no heading of a version"),
    "a date of another form": ("1.9.0 – 2026-11-25", "1.9.0 – 25.11.2026", 12, "no heading of a version"),
    "a date that is none": ("1.9.0 – 2026-11-25", "1.9.0 – 2026-13-45", 12, "2026-13-45 is no date"),
    "a version twice": ("## 1.9.0", "## 1.10.0", 12, "version 1.10.0 of 2026-11-25 stands below 1.10.0"),
    "the oldest first": ("## 1.10.0", "## 1.8.0", 12, "version 1.9.0 of 2026-11-25 stands below 1.8.0"),
    "dates the wrong way round": ("1.10.0 – 2026", "1.10.0 – 2025", 12, "stands below 1.10.0 of 2025-11-25"),
    "nothing new": ("* Data.", "Data.", 12, "version 1.9.0 has no point"),
    "a control character": ("Data.", "Da\x1bta.", 16, "U+001B"),
    "a mark that turns the reading direction": ("Data.", "Da\u202eta.", 16, "U+202E (right-to-left override)"),
}


def test_versions_are_read_with_all_their_points():
    """Number, date and points, whatever mark a point begins with and however its lines are broken."""
    assert parse(GOOD) == (
        Version("1.10.0", "2026-11-25", ("A new table, forskning.csv, of studies.", "Notes on lines of their own.")),
        Version("1.9.0", "2026-11-25", ("Data.",)),
    )


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_line(slip: str):
    """Nothing that was meant as a version is left out of the feed without a word."""
    old, new, line, problem = SLIPS[slip]
    assert old in GOOD
    with pytest.raises(BookError) as caught:
        parse(GOOD.replace(old, new, 1))
    (told,) = caught.value.faults
    assert (told.file, told.line) == ("CHANGELOG.md", line)
    assert problem in told.problem
    assert str(told).replace("\n", "").isprintable()


def test_all_slips_are_told_at_once():
    """One round of mending is enough."""
    with pytest.raises(BookError) as caught:
        parse(GOOD.replace("1.10.0 –", "1.10.0 -").replace("1.9.0 – 2026-11-25", "1.9.0 – 2026-02-30"))
    assert [fault.line for fault in caught.value.faults] == [5, 12]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "CHANGELOG.md:1: no version"), ("\nBlåbær".encode("cp1252"), "CHANGELOG.md:2: found the byte 0xe5")],
)
def test_a_file_that_is_no_changelog_is_told(content: bytes, told: str, tmp_path: Path):
    """Empty or in another encoding, it is named; without one there are no versions."""
    assert read_versions(tmp_path) == ()
    (tmp_path / "CHANGELOG.md").write_bytes(content)
    with pytest.raises(BookError, match=re.escape(told)):
        read_versions(tmp_path)


def test_the_changelog_is_checked_before_anything_is_built(paths: Paths, tmp_path: Path):
    """It is among the checks that need no building, although nothing but the site's feed is made of it."""
    for name in ("_quarto.yml", "index.qmd", "references.bib", "chapters", "en"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "CHANGELOG.md").write_text("## 1.0 – 2026-11-23\n\n- New.\n", encoding="utf-8")
    with pytest.raises(BookError, match=r"CHANGELOG\.md:1: “## 1\.0 – 2026-11-23” is no heading of a version"):
        check(Paths(tmp_path), load_book(paths))
