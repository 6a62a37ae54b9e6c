"""Hedges: what each word promises about a number, at its bound, just inside and just outside."""

from __future__ import annotations

import pytest

from rapport.errors import NumberError
from rapport.hedges import PHRASES, WITH_BOUND, bounded, check_known, phrase

ABOVE = ("over", "mer enn", "i overkant av")
BELOW = ("under", "i underkant av", "nesten")
NEAR = ("omtrent", "om lag", "rundt")
EXACT = ("minst", "inntil", "opptil", "høyst")

# Of a bound of 60: the values of which each hedge is true, and those of which it is not.
TRUE = {
    **dict.fromkeys(ABOVE, (60.01, 63.2, 66)),
    **dict.fromkeys(BELOW, (59.99, 57, 54)),
    **dict.fromkeys(NEAR, (57, 60, 63)),
    **dict.fromkeys(EXACT, (60,)),
}
FALSE = {
    **dict.fromkeys(ABOVE, (59.99, 60, 66.01)),
    **dict.fromkeys(BELOW, (60.01, 60, 53.99)),
    **dict.fromkeys(NEAR, (56.99, 63.01)),
    **dict.fromkeys(EXACT, (59.99, 60.01)),
}

# The percentages of which each phrase is true, and those of which it is not.
PHRASE_TRUE = {
    "halvparten": (48, 50, 52),
    "omtrent halvparten": (45, 50, 55),
    "under halvparten": (40, 47, 49.9),
    "over halvparten": (50.1, 53, 60),
    "mer enn halvert": (50.1, 63.2, 66),
    "en tredjedel": (31.4, 100 / 3, 35.3),
    "omtrent en tredjedel": (31.4, 100 / 3, 35.3),
    "to tredjedeler": (64.7, 200 / 3, 68.6),
    "omtrent to tredjedeler": (64.7, 200 / 3, 68.6),
    "to av tre": (64.7, 200 / 3, 68.6),
    "nesten tre av fem": (55, 59.9),
}
PHRASE_FALSE = {
    "halvparten": (47.9, 52.1),
    "omtrent halvparten": (44.9, 55.1),
    "under halvparten": (39.9, 50),
    "over halvparten": (50, 60.1),
    "mer enn halvert": (50, 66.1),
    "en tredjedel": (31.3, 35.4),
    "omtrent en tredjedel": (31.3, 35.4),
    "to tredjedeler": (64.6, 68.7),
    "omtrent to tredjedeler": (64.6, 68.7),
    "to av tre": (64.6, 68.7),
    "nesten tre av fem": (54.9, 60),
}


# The words of English that promise what a word of bokmål promises.
ENGLISH = {
    "over": ("over", "more than", "just over"),
    "under": ("under", "less than", "fewer than", "just under", "almost", "nearly"),
    "omtrent": ("about", "around", "roughly"),
    "minst": ("at least", "up to", "at most", "no more than"),
}
ENGLISH_PHRASES = {
    "halvparten": ("half",),
    "omtrent halvparten": ("about half",),
    "under halvparten": ("under half", "less than half", "fewer than half"),
    "over halvparten": ("over half", "more than half"),
    "mer enn halvert": ("more than halved",),
    "en tredjedel": ("a third", "one third", "about a third"),
    "to tredjedeler": ("two thirds", "about two thirds", "two in three"),
    "nesten tre av fem": ("almost three in five",),
}


def pairs(table: dict[str, tuple[float, ...]]) -> list[tuple[str, float]]:
    return [(hedge, value) for hedge, values in table.items() for value in values]


@pytest.mark.parametrize(("hedge", "value"), pairs(TRUE))
def test_a_hedge_may_be_written_where_it_is_true(hedge: str, value: float) -> None:
    assert bounded(hedge, 60, value, "personer") == f"{hedge} 60"


@pytest.mark.parametrize(("hedge", "value"), pairs(FALSE))
def test_a_hedge_that_is_not_true_stops_the_build(hedge: str, value: float) -> None:
    with pytest.raises(NumberError, match=f'"{hedge} 60" is true from'):
        bounded(hedge, 60, value, "personer")


@pytest.mark.parametrize(("words", "value"), pairs(PHRASE_TRUE))
def test_a_phrase_may_be_written_where_it_is_true(words: str, value: float) -> None:
    assert phrase(words, value) == words


@pytest.mark.parametrize(("words", "value"), pairs(PHRASE_FALSE))
def test_a_phrase_that_is_not_true_stops_the_build(words: str, value: float) -> None:
    with pytest.raises(NumberError, match=f'"{words}" is true of'):
        phrase(words, value)


def test_every_hedge_and_phrase_is_tried_here() -> None:
    """A new hedge needs its tolerance written out in this file."""
    assert set(WITH_BOUND["nb"]) == set(TRUE) == set(FALSE)
    assert set(PHRASES["nb"]) == set(PHRASE_TRUE) == set(PHRASE_FALSE)


def english(table: dict[str, tuple[str, ...]], values: dict[str, tuple[float, ...]]) -> list[tuple[str, float]]:
    return [(word, value) for meant, words in table.items() for word in words for value in values[meant]]


@pytest.mark.parametrize(("hedge", "value"), english(ENGLISH, TRUE))
def test_an_english_hedge_may_be_written_where_the_norwegian_one_is_true(hedge: str, value: float) -> None:
    assert bounded(hedge, 60, value, "prosent", lang="en") == f"{hedge} 60\u00a0per\u00a0cent"


@pytest.mark.parametrize(("hedge", "value"), english(ENGLISH, FALSE))
def test_an_english_hedge_that_is_not_true_stops_the_build(hedge: str, value: float) -> None:
    with pytest.raises(NumberError, match=f'"{hedge} 60" is true from'):
        bounded(hedge, 60, value, "prosent", lang="en")


@pytest.mark.parametrize(("words", "value"), english(ENGLISH_PHRASES, PHRASE_TRUE))
def test_an_english_phrase_may_be_written_where_the_norwegian_one_is_true(words: str, value: float) -> None:
    assert phrase(words.capitalize(), value, "en") == words.capitalize()


@pytest.mark.parametrize(("words", "value"), english(ENGLISH_PHRASES, PHRASE_FALSE))
def test_an_english_phrase_that_is_not_true_stops_the_build(words: str, value: float) -> None:
    with pytest.raises(NumberError, match=f'"{words}" is true of'):
        phrase(words, value, "en")


def test_every_english_word_is_tried_here() -> None:
    """Each language has its words for the same tolerances, and none has a rule of its own."""
    assert set(WITH_BOUND["en"]) == {word for words in ENGLISH.values() for word in words}
    assert set(PHRASES["en"]) == {word for words in ENGLISH_PHRASES.values() for word in words}
    assert set(WITH_BOUND["nb"].values()) == set(WITH_BOUND["en"].values())
    assert set(PHRASES["nb"].values()) == set(PHRASES["en"].values())


@pytest.mark.parametrize(("hedge", "lang"), [("omtrent", "en"), ("about", "nb"), ("to tredjedeler", "en")])
def test_a_hedge_of_another_language_is_unknown(hedge: str, lang: str) -> None:
    with pytest.raises(NumberError, match="unknown hedge"):
        check_known(hedge, None, lang)


def test_capitals_are_kept() -> None:
    """A hedge may begin a sentence."""
    assert bounded("Over", 60, 63, "personer") == "Over 60"
    assert phrase("To tredjedeler", 66.7) == "To tredjedeler"


def test_percentages_carry_their_unit() -> None:
    assert bounded("over", 60, 63.2, "prosent") == "over 60\u00a0prosent"


def test_a_bound_is_written_as_it_was_checked() -> None:
    """Over 62,5 is not written as over 62."""
    assert bounded("over", 62.5, 63, "prosent") == "over 62,5\u00a0prosent"
    assert bounded("over", 2.5, 2.6, "ganger") == "over 2,5"


@pytest.mark.parametrize("hedge", ["over", "mer enn", "under", "nesten"])
def test_what_the_source_itself_gives_as_a_bound_may_be_told_so(hedge: str) -> None:
    """«Over 100» in the source is 100 in the data; the text may say «over 100», but not of any exact number."""
    assert bounded(hedge, 100, 100, "antall", stated_as_bound=True) == f"{hedge} 100"
    with pytest.raises(NumberError):
        bounded(hedge, 100, 100, "antall")
    with pytest.raises(NumberError):
        bounded(hedge, 101 if hedge in ("over", "mer enn") else 99, 100, "antall", stated_as_bound=True)


def test_nothing_is_over_or_under_zero_by_a_share() -> None:
    """A bound of zero holds for zero alone."""
    assert bounded("høyst", 0, 0, "antall") == "høyst 0"
    with pytest.raises(NumberError):
        bounded("høyst", 0, 1, "antall")


@pytest.mark.parametrize(("hedge", "bound"), [("sånn cirka", 60), ("sånn cirka", None), ("halvparten", 60)])
def test_an_unknown_hedge_is_told_with_those_that_are_known(hedge: str, bound: float | None) -> None:
    """A word without a written tolerance cannot be used, nor a phrase together with a bound."""
    with pytest.raises(NumberError) as caught:
        check_known(hedge, bound)
    assert f'unknown hedge "{hedge}"' in str(caught.value)
    assert "omtrent" in str(caught.value)
    assert ("to tredjedeler" in str(caught.value)) == (bound is None)
