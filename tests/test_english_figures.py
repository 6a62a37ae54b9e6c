"""The English figures: the same values as the Norwegian ones, all words in English, and a label that has none told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from string import Formatter

import pandas as pd
import pytest

from changes import with_values
from rapport.data import Data
from rapport.design import Tokens
from rapport.errors import DataError
from rapport.figures import builders, english, formaal
from rapport.items import basis_counts
from rapport.languages import LANGUAGES
from rapport.records import Figure
from rapport.tabulate import csv_table

FAMILIES = ("deltakere", "formaal", "informanter", "kjennetegn", "vignetter")
# Words that only bokmål has, and letters that English has not; «Frisch» and «NAV» are names.
NORWEGIAN = re.compile(r"\b(?:og|av|ikke|er|med|til|veiledere|deltakere|kilden|prosent|ukjent|antatt)\b|[æøåÆØÅ]")


@pytest.fixture(scope="module")
def pairs(data: Data, tokens: Tokens) -> dict[str, tuple[Figure, Figure]]:
    """(Norwegian, English) by the Norwegian id."""
    own = {figure.key: figure for figure in (build(data, tokens) for build in builders(data))}
    twins = [build(data, tokens) for build in english()]
    return {figure.key.removesuffix("-en"): (own[figure.key.removesuffix("-en")], figure) for figure in twins}


def said(figure: Figure) -> Iterator[str]:
    """Every text of a figure that a reader meets."""
    yield from (figure.title, figure.subtitle, figure.alt, figure.source, figure.small, *figure.notes)
    yield csv_table(figure.table, figure.columns, figure.lang)
    for layer in figure.wide["layer"]:
        rows = figure.wide["datasets"][layer["data"]["name"]]
        yield from (str(row[name]) for row in rows for name in ("etikett", "tekst") if name in row)


def test_the_front_pages_figures_have_english_twins(pairs: dict[str, tuple[Figure, Figure]]):
    """The five findings are told with the same figures in both languages."""
    assert set(pairs) == {"fig-deltakere", "fig-kjennetegn", "fig-formaal", "fig-vignett-1", "fig-informanter"}
    assert all(twin.lang == "en" and own.lang == "nb" for own, twin in pairs.values())


def test_both_languages_draw_the_same_values(pairs: dict[str, tuple[Figure, Figure]]):
    """Rows, values and what they rest on are those of the Norwegian figure."""
    for own, twin in pairs.values():
        numeric = [column.name for column in own.columns if column.decimals is not None]
        pd.testing.assert_frame_equal(own.table[numeric], twin.table[numeric])
        assert basis_counts(own) == basis_counts(twin)
        assert [column.decimals for column in own.columns] == [column.decimals for column in twin.columns]


def test_no_word_of_an_english_figure_is_norwegian(pairs: dict[str, tuple[Figure, Figure]]):
    found = {twin.key: NORWEGIAN.findall(text) for _, twin in pairs.values() for text in said(twin)}
    assert {key: words for key, words in found.items() if words} == {}


def test_the_norwegian_words_would_be_found(pairs: dict[str, tuple[Figure, Figure]]):
    """The test above can fail: it finds bokmål in every Norwegian figure."""
    assert all(any(NORWEGIAN.search(text) for text in said(own)) for own, _ in pairs.values())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_text_is_in_every_language_with_the_same_fields(family: str):
    """A text that lacks a translation, or a translation that lacks a number, is found here and not by a reader."""
    texts = import_module(f"rapport.figures.texts.{family}").TEXTS
    assert set(texts) == set(LANGUAGES)
    assert {key: fields(text) for key, text in texts["en"].items()} == {
        key: fields(text) for key, text in texts["nb"].items()
    }


def test_a_label_without_a_translation_stops_the_build(data: Data, tokens: Tokens):
    """It is named, with where to add it; the Norwegian figure has its label from the data."""
    changed = with_values(data, "formaal", {"formaal": "annet"}, formaal="nytt", navn="Nytt formål")
    assert "Nytt formål" in set(formaal.build(changed, tokens).table["navn"])
    with pytest.raises(DataError, match=r"nytt \(“Nytt formål”\) without a word in the language en") as caught:
        formaal.build(changed, tokens, "en")
    assert "scripts/rapport/figures/texts/" in str(caught.value)


def test_every_note_of_the_data_is_translated(pairs: dict[str, tuple[Figure, Figure]]):
    """A new note would stand in Norwegian, and say so, until somebody translates it: none does."""
    notes = [note for _, twin in pairs.values() for note in twin.notes]
    assert len(notes) > 5
    assert [note for note in notes if note.startswith("In Norwegian")] == []


def test_a_csv_for_english_spreadsheets_has_commas_and_points(pairs: dict[str, tuple[Figure, Figure]]):
    _, twin = pairs["fig-kjennetegn"]
    lines = csv_table(twin.table, twin.columns, "en").removeprefix("\ufeff").splitlines()
    assert lines[0] == "Characteristic,Category,Share of participants (per cent),Basis"
    assert lines[1] == "Status,Reduced work capacity,66.7,approximate"


def test_english_numbers_and_lost_values_are_written_in_english(pairs: dict[str, tuple[Figure, Figure]]):
    _, twin = pairs["fig-deltakere"]
    assert "2017: 14,986; 2022: 5,515. Not readable in the source: 2018–2021." in twin.alt
    assert "63 per cent" in twin.title.replace("\u00a0", " ")
