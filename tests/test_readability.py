"""Readability: what counts as a sentence and a word, the formula, and that the chapters stay readable."""

from __future__ import annotations

import pytest

from rapport.book import load_book
from rapport.engine.check import read_sources
from rapport.engine.readability import AIM, Readability, measure, prose, report
from rapport.paths import Paths


def test_lix_is_words_a_sentence_plus_the_percentage_of_long_words():
    """Two sentences, eleven words, two of more than six letters."""
    counts = measure("Veilederen følger opp brukeren. Det er viktig for at begge lykkes.")
    assert counts == Readability(sentences=2, words=11, long_words=2)
    assert counts.lix == pytest.approx(11 / 2 + 100 * 2 / 11)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Én. To! Tre? Fire", 4),
        ("Slik gjør du: Gå ut.", 2),
        ("En overskrift\n\nEn setning.", 2),
        ("-   et punkt\n-   et punkt til", 2),
        ("Grensen er 63,2 prosent av 14 986.", 1),
        ("", 0),
    ],
)
def test_a_sentence_ends_at_its_mark_or_with_its_block(text: str, sentences: int):
    """Headings and items of a list are sentences of their own; decimal commas end nothing."""
    assert measure(text).sentences == sentences


def test_a_text_without_words_has_no_figure():
    """Nothing is divided by nothing."""
    assert measure("…").lix == 0


def test_prose_is_what_the_reader_meets():
    """Cells, ids and addresses are not read; an inline number is one short word."""
    source = (
        "---\ndescription: Ikke med.\n---\n\n# Tittel {#sec-a .unnumbered}\n\n```{python}\nikke.med()\n```\n\n"
        '::: {.kort-fortalt}\n- Det er `{python} n("a.b", "over", 60)` [steder](https://ikke.med).\n:::\n'
    )
    assert prose(source).split() == ["Tittel", "-", "Det", "er", "10", "steder."]


def test_every_chapter_is_readable(paths: Paths):
    """LIX under 50, the limit of what is called difficult."""
    sources = read_sources(paths, load_book(paths))
    assert {name: round(lix) for name, text in sources.items() if (lix := measure(prose(text)).lix) > AIM} == {}


def test_the_report_has_a_line_for_each_chapter_and_marks_the_hard_ones():
    """Long sentences of long words are marked."""
    hard = "Arbeidsmarkedspolitiske virkemiddelvurderinger forutsetter tiltaksgjennomføring. " * 3
    lines = report({"lett.qmd": "Vi går ut. Det er sol.", "tung.qmd": hard}).splitlines()
    assert [line.split()[0] for line in lines] == ["chapter", "lett.qmd", "tung.qmd", "all"]
    assert [line.endswith("over 50") for line in lines[1:3]] == [False, True]
