"""Typst lays a text out in rounds until its numbers hold: what stands where it did is not laid out again."""

from __future__ import annotations

import json

import pytest
import typst

from rapport.paths import Paths
from rapport.print_fonts import print_fonts

CHAPTER = "= Kapittel\n" + "== Avsnitt\nTekst.\n" * 6
FIGURE = '#figure(kind: "fig", supplement: [Figur], caption: [En figur])[#rect()]\n'
# Adds the pages that chapters begin on, as the round finds them, to those of the rounds before.
NOTED = """#context [#metadata(
  if query(<runder>).len() > 0 { query(<runder>).first().value } +
  (query(heading.where(level: 1)).map(it => it.location().page()),)
) <runder>]"""


@pytest.fixture(scope="module")
def rounds(paths: Paths) -> list[list[int]]:
    """What each round finds of a report with two pages of contents: the pages of its chapters."""
    main = f'#import "/theme/rapport.typ": *\n#show: rapport.with(tittel: "Test")\n{CHAPTER * 10}{FIGURE}{NOTED}'
    found = typst.query(
        main.encode(), "<runder>", field="value", one=True, root=str(paths.root), ignore_system_fonts=True,
        font_paths=[str(print_fonts(paths))],
    )  # fmt: skip
    return json.loads(found)


def test_the_first_round_has_as_many_pages_as_the_last(rounds: list[list[int]]):
    """The first finds nothing; what it lays out, the second finds where the last does: contents, lists and chapters."""
    nothing, first, *_others, last = rounds
    assert not nothing
    assert first == last


def test_contents_take_two_pages_and_the_lists_one(rounds: list[list[int]]):
    """What the template reckons with in the first round is what a report as long as this one has."""
    contents, chapter, *_rest = rounds[-1]
    assert chapter - contents == len(["contents", "contents", "lists"])
