"""Chapters in another language than the book's: what their front matter may say, and where their words come from."""

from __future__ import annotations

import pytest

from rapport.engine.dialect import check_dialect
from rapport.engine.prose import check_numbers
from rapport.engine.uses import uses
from rapport.errors import NumberError
from rapport.phrasing import number_text

CHAPTER = """---
lang: {lang}
---

# Title {{#sec-title}}

```{{python}}
#| include: false
from rapport.{module} import n
```

About `{{python}} n("deltakere.2022")` people.
"""


def faults(lang: str, module: str) -> list[str]:
    return [
        str(fault).split("\n")[0] for fault in check_dialect({"en/a.qmd": CHAPTER.format(lang=lang, module=module)})
    ]


def test_a_chapter_may_be_english_and_take_its_words_from_there():
    assert faults("en", "english") == faults("nb", "kapittel") == []


def test_a_language_without_words_is_refused_with_its_line():
    """Only languages in which numbers, hedges and frames have words."""
    assert faults("sv", "kapittel") == ["en/a.qmd:2: the language “sv”"]


@pytest.mark.parametrize(("lang", "module"), [("en", "kapittel"), ("nb", "english")])
def test_words_of_another_language_are_refused_with_their_line(lang: str, module: str):
    """An English page with bokmål numbers would be wrong in every sentence."""
    assert faults(lang, module) == [f"en/a.qmd:9: rapport.{module} in a chapter of another language"]


def test_a_number_typed_by_hand_is_found_in_english_too():
    """Digits and the number words of the chapter's own language."""
    source = CHAPTER.format(lang="en", module="english") + "\nHalf of them, tre of six, in 2022.\n"
    problems = [fault.problem for fault in check_numbers({"en/a.qmd": source})]
    assert problems == ["the number “Half” is typed by hand", "the number “six” is typed by hand"]


def test_a_use_knows_its_language():
    """What a page writes is recomputed in the language of the page."""
    assert [use.lang for use in uses({"en/a.qmd": CHAPTER.format(lang="en", module="english")})] == ["en"]


NUMBER = {"value": 5515.0, "unit": "personer", "decimals": 0, "basis": "oppgitt"}
SHARE = {"value": 63.196, "unit": "prosent", "decimals": 1, "basis": "avledet"}


def test_numbers_are_written_as_english_readers_write_them():
    assert number_text(NUMBER, lang="en") == "5,515"
    assert number_text(SHARE, lang="en") == "63.2\u00a0per\u00a0cent"
    assert number_text(SHARE, "over", 60, lang="en") == "over 60\u00a0per\u00a0cent"
    assert number_text(NUMBER | {"value": 6}, word=True, lang="en") == "six"
    assert number_text(NUMBER | {"value": 6}, word="Six", lang="en") == "Six"


def test_an_english_word_must_mean_the_number():
    with pytest.raises(NumberError, match='"seven" does not mean 6'):
        number_text(NUMBER | {"value": 6}, word="seven", lang="en")
    with pytest.raises(NumberError, match='"over 65" is true from'):
        number_text(SHARE, "over", 65, lang="en")
