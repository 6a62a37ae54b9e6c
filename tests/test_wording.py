"""Numbers, lists and sizes as Norwegian readers write them."""

from __future__ import annotations

import doctest

import pytest

from rapport import wording
from rapport.languages import LANGUAGES
from rapport.wording import capital, decimal, file_size, listed, percent, percent_sign, spelled

NBSP = "\u00a0"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (5515, 0, f"5{NBSP}515"),
        (14986, 0, f"14{NBSP}986"),
        (1234567, 0, f"1{NBSP}234{NBSP}567"),
        (63.196, 1, "63,2"),
        (12345.6, 1, f"12{NBSP}345,6"),
        (-0.5, 1, f"{MINUS}0,5"),
        (-1200, 0, f"{MINUS}1{NBSP}200"),
    ],
)
def test_numbers_have_a_decimal_comma_and_thousands_that_hold_together(
    value: float, decimals: int, written: str
) -> None:
    assert decimal(value, decimals) == written


def test_percentages_hold_together_with_their_unit() -> None:
    """No line can break between a number and its unit."""
    assert percent(38) == f"38{NBSP}prosent"
    assert percent(63.196, 1) == f"63,2{NBSP}prosent"
    assert percent_sign(17.5, 1) == f"17,5{NBSP}%"


def test_words_for_zero_to_twelve() -> None:
    words = ["null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"]
    assert [spelled(value) for value in range(13)] == words


@pytest.mark.parametrize("value", [13, 2.5, -1, 100])
def test_other_numbers_have_no_word(value: float) -> None:
    assert spelled(value) is None


def test_no_word_means_two_numbers() -> None:
    """A word that a chapter writes can be checked against one value only."""
    words = [word for forms in LANGUAGES["nb"].words.values() for word in forms]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("parts", "written"),
    [(["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c"), (iter(["a", "b"]), "a og b")],
)
def test_lists_have_og_before_the_last(parts: list[str], written: str) -> None:
    assert listed(parts) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (0, f"1{NBSP}kB"),
        (134, f"1{NBSP}kB"),
        (1600, f"2{NBSP}kB"),
        (69_666, f"70{NBSP}kB"),
        (999_400, f"999{NBSP}kB"),
        (1_000_000, f"1,0{NBSP}MB"),
        (2_345_678, f"2,3{NBSP}MB"),
    ],
)
def test_file_sizes_are_told_in_kilobytes_and_megabytes(size: int, written: str) -> None:
    assert file_size(size) == written


def test_a_thousand_kilobytes_is_a_megabyte() -> None:
    """No file is told to be 1000 kB."""
    assert file_size(999_700) == f"1,0{NBSP}MB"


@pytest.mark.parametrize(("text", "written"), [("æra NAV", "Æra NAV"), ("IPS", "IPS"), ("", "")])
def test_a_capital_changes_the_first_letter_only(text: str, written: str) -> None:
    assert capital(text) == written


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(wording).failed == 0
