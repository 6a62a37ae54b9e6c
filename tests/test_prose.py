"""Numbers typed by hand: each is an error with its line, and each exception has its reason."""

from __future__ import annotations

import pytest

from rapport.book import load_book
from rapport.engine.check import read_sources
from rapport.engine.prose import check_numbers
from rapport.paths import Paths


def typed(text: str) -> list[str]:
    """What is told about a text: the part between the quotation marks."""
    return [fault.problem.split("“")[1].split("”")[0] for fault in check_numbers({"a.qmd": text})]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Det var 60 prosent.", "60"),
        ("Det var 5 515 deltakere.", "5 515"),
        ("Det var 5\u00a0515 deltakere.", "5\u00a0515"),
        ("Det var 63,2 prosent.", "63,2"),
        ("## De 4 punktene {#sec-a}", "4"),
        ("- **25** veiledere", "25"),
        ("| Navn | 7 |", "7"),
        ("[^a]: Det var 80 av dem.", "80"),
        ("I 3021 er alt glemt.", "3021"),
        ("A3 og D1 er ikke språknivåer.", "3"),
    ],
)
def test_digits_typed_by_hand_are_told(text: str, number: str):
    """Digits in a sentence, a heading, a list, a table or a note are an error."""
    assert typed(text)[0] == number


WORDS = (
    "tre fire fem seks sju syv åtte ni ti elleve tolv "
    "halvparten halvert tredjedel tredjedelen tredjedeler fjerdedel femtedel hundre tusen"
)


@pytest.mark.parametrize("word", [*WORDS.split(), "Tre", "TOLV", "Halvparten"])
def test_number_words_typed_by_hand_are_told(word: str):
    """Number words from three to twelve and fractions are an error, with a capital letter too."""
    assert typed(f"Det var {word} av dem.") == [word]


@pytest.mark.parametrize(
    "word",
    ["trenger", "femten", "tilbake", "nivå", "tid", "fireårig", "seksjon", "statistikk", "alternativ", "elleville"],
)
def test_words_that_only_hold_a_number_word_pass(word: str):
    """A number word inside another word is no number."""
    assert typed(f"Her står {word} i teksten.") == []


@pytest.mark.parametrize(
    "text",
    [
        "I 2022 og i 1999.",
        "Fra 2017–2022 falt det.",
        "Se [NAV](https://example.no/side-12/34).",
        "Se <https://example.no/12>.",
        "# Tittel {#sec-del-2 .klasse-3}",
        "Slik @andersen2011 skriver [@a12; -@b34, @fig-vignett-6].",
        "Et funn[^1] til.\n\n[^1]: Noten.",
        "1. Først\n2. Så",
        "  10. Innrykket",
        "Jf. Prop. 39 L (2014–2015).",
        "Jf. Meld. St. 33 (2015–2016).",
        "Jf. Innst. 208 S (2014–2015).",
        "Etter § 5-2 er det slik.",
        "Forskriften er FOR-2015-12-11-1598.",
        "Brukeren snakker norsk på nivå A2, ikke B1.",
        "Lisensen heter CC BY 4.0.",
        "Filen er i UTF-8.",
        "`make 12` og `{python} n('a.2022')`.",
        "<!-- 12 -->",
        "```{python}\nx = 12\n```",
        "```{=html}\n<p>12</p>\n```",
    ],
)
def test_names_that_hold_digits_pass(text: str):
    """Years, addresses, ids, citations, notes, list numbers, laws, language levels and code count nothing."""
    assert typed(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Prop. 39 L (2014–2015) sier 60 prosent.", "60"),
        ("Prop. 39 L sier at det falt 60 prosent.", "60"),
        ("Etter § 5 var det 25 veiledere.", "25"),
        ("FOR-2015-12-11 gjelder for 12 måneder.", "12"),
        ("Rundskriv R76 gir 6 måneder.", "6"),
        ("I 2022 var det 25.", "25"),
        ("2. Så kom 14 kontorer.", "14"),
        ("Se @fig-a og 22 virksomheter.", "22"),
        ("[NAV](https://example.no/1) har 456 kontorer.", "456"),
        ("På nivå A2 er 3 av dem.", "3"),
        ("En note[^1] om 25 veiledere.", "25"),
    ],
)
def test_an_exception_covers_no_number_beside_it(text: str, number: str):
    """A number in the same sentence as a law, a year or a reference is still an error."""
    assert [found.rstrip(".") for found in typed(text)] == [number]


def test_a_fault_names_file_line_and_remedy():
    """The writer is told where each number stands, in the order of the text, and what to write instead."""
    faults = check_numbers({"a.qmd": "---\nx: 1\n---\nIngen.\n", "b.qmd": "En.\n\nDet var tolv av 25.\n"})
    assert [(fault.file, fault.line) for fault in faults] == [("b.qmd", 3), ("b.qmd", 3)]
    assert ["tolv" in faults[0].problem, "25" in faults[1].problem] == [True, True]
    assert '`{python} n("key")`' in faults[0].remedy


def test_the_chapters_hold_no_number_typed_by_hand(paths: Paths):
    """Every number in the published text comes from the register."""
    assert check_numbers(read_sources(paths, load_book(paths))) == []
