"""Typst lays a text out in rounds until its numbers hold: what stands where it did is not laid out again."""

from __future__ import annotations

import json
from typing import Any

import pytest
import typst

from rapport.paths import Paths
from rapport.print_fonts import print_fonts

CHAPTER = '#heading(numbering: nr("1"))[Kapittel]\n' + "== Avsnitt\nTekst.\n" * 6
FIGURE = '#figure(kind: "fig", supplement: [Figur], caption: [En figur])[#rect()]\n'
LINKS = "#let link = lenke.with(none)\n"  # as engine/parts.py has it
LINKED = "#link(<her>)[en lenke som er så lang at den tar det meste av en linje, og helt ned på den neste]\n\n"
# Adds what the round finds of each heading to what the rounds before found.
NOTED = """#context [#metadata(
  if query(<runder>).len() > 0 { query(<runder>).first().value } +
  (query(heading.where(WHICH)).map(it => it.location().FOUND),)
) <runder>]"""


def each_round(paths: Paths, text: str, which: str, found: str) -> list[list[Any]]:
    """What each round finds of the headings that are such."""
    noted = NOTED.replace("WHICH", which).replace("FOUND", found)
    main = f'#import "/theme/rapport.typ": *\n#show: rapport.with(tittel: "Test")\n{text}{noted}'
    found = typst.query(
        main.encode(), "<runder>", field="value", one=True, root=str(paths.root), ignore_system_fonts=True,
        font_paths=[str(print_fonts(paths))],
    )  # fmt: skip
    return json.loads(found)


@pytest.fixture(scope="module")
def rounds(paths: Paths) -> list[list[int]]:
    """What each round finds of a report with two pages of contents: the pages of its chapters."""
    return each_round(paths, f"{CHAPTER * 10}{FIGURE}", "level: 1", "page()")


def test_the_first_round_has_as_many_pages_as_the_last(rounds: list[list[int]]):
    """The first finds nothing; what it lays out, the second finds where the last does: contents, lists and chapters."""
    nothing, first, *_others, last = rounds
    assert not nothing
    assert first == last


def test_contents_take_two_pages_and_the_lists_one(rounds: list[list[int]]):
    """What the template reckons with in the first round is what a report as long as this one has."""
    contents, chapter, *_rest = rounds[-1]
    assert chapter - contents == len(["contents", "contents", "lists"])


def test_words_that_are_links_take_their_room_in_the_first_round(paths: Paths):
    """Sections stand where they will, down to the line, before the place that a link leads to is found."""
    text = f"{LINKS}{CHAPTER * 10}{FIGURE}{LINKED}== Avsnitt <her>\n{LINKED * 40}== Slutt\n"
    nothing, first, *_others, last = each_round(paths, text, "outlined: true", "position()")
    assert not nothing
    assert last[-1]["page"] > last[-2]["page"]
    assert first == last


def test_a_link_to_nowhere_in_the_report_is_told(paths: Paths):
    """That its words are there before its place is found hides no mistake."""
    with pytest.raises(RuntimeError, match="label `<borte>` does not exist"):
        each_round(paths, f"{LINKS}= Kapittel\n#link(<borte>)[hit]\n", "level: 1", "page()")
