"""Spelling of everything a reader meets, in bokmål and English: pages, tables, alt texts and texts in charts.

Needs hunspell with the dictionaries nb_NO and en_GB (Debian: hunspell, hunspell-no, hunspell-en-gb). Words that they do
not know and that are right stand in tests/words.txt and tests/words-en.txt.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT

WORDS = {"nb": ROOT / "tests" / "words.txt", "en": ROOT / "tests" / "words-en.txt"}
DICTIONARY = {"nb": "nb_NO", "en": "en_GB"}
# Code, names of files and keys of the register, and the titles of works, which are in their own languages.
NOT_PROSE = "script, style, code, pre, kbd, samp, .csl-entry, [lang]:not(html)"
ATTRIBUTES = ("alt", "aria-label", "title", "content")
ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w.-]+\.(?:no|csv|json|bib|cff|qmd|svg)\b|\S+[_/]\S+|\b[a-z_]+(?:\.[\w-]+)+"
)

WRITTEN = {ord("\u00ad"): None, ord("’"): "'"}  # soft hyphens, and apostrophes as dictionaries have them
DICTIONARIES = "" if shutil.which("hunspell") is None else subprocess.run(
    ["hunspell", "-D"], capture_output=True, text=True, input="", check=False).stderr  # fmt: skip
PACKAGES = {"nb": "hunspell-no", "en": "hunspell-en-gb"}


def asked(lang: str) -> pytest.MarkDecorator:
    """Skips a test visibly where the language's dictionary is not installed."""
    reason = f"hunspell with {DICTIONARY[lang]} is not installed (Debian: apt-get install hunspell {PACKAGES[lang]})"
    return pytest.mark.skipif(DICTIONARY[lang] not in DICTIONARIES, reason=reason)


LANGUAGES = [pytest.param(lang, marks=asked(lang)) for lang in WORDS]


def own_words(lang: str) -> list[str]:
    """The project's word list: a word a line; what follows # is the reason."""
    lines = (line.split("#")[0].strip() for line in WORDS[lang].read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def pages(site: Path, lang: str) -> dict[str, Path]:
    """The pages in a language, by address."""
    found = {page.relative_to(site).as_posix(): page for page in sorted(site.rglob("*.html"))}
    return {name: page for name, page in found.items() if f'<html lang="{lang}">' in page.read_text(encoding="utf-8")}


def read_by_people(page: Path) -> str:
    """The text of a page, with the texts that stand in attributes."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for element in soup.select(NOT_PROSE):
        element.decompose()
    attributes = [
        value
        for element in soup.select("[alt], [aria-label], [title], meta[name=description]")
        for name in ATTRIBUTES
        if isinstance(value := element.get(name), str)
    ]
    return ADDRESS.sub(" ", "\n".join([soup.get_text("\n"), *attributes]))


def foreign(text: str, lang: str) -> set[str]:
    """The words of a text that the dictionary does not know."""
    command = ["hunspell", "-d", DICTIONARY[lang], "-i", "utf-8", "-l"]
    done = subprocess.run(command, input=text.translate(WRITTEN), capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def unknown(text: str, lang: str) -> set[str]:
    """The words of a text that neither the dictionary nor the word list knows."""
    return foreign(text, lang) - set(own_words(lang))


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_on_the_pages_is_known(site: Path, lang: str):
    """A misspelt word is found with its page; a right one that is new goes into the language's word list."""
    found = {name: sorted(unknown(read_by_people(page), lang)) for name, page in pages(site, lang).items()}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.slow
def test_every_page_is_in_a_language_that_is_checked(site: Path):
    """Each page is read in one language, and none is left out."""
    read = [*pages(site, "nb"), *pages(site, "en")]
    assert sorted(read) == sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))


@pytest.mark.parametrize(
    ("lang", "text", "wrong"),
    [
        pytest.param("nb", "Tiltaket er vanlgi og vanlig.", "vanlgi", marks=asked("nb")),
        pytest.param("en", "The measure is usuall and usual.", "usuall", marks=asked("en")),
    ],
)
def test_a_misspelt_word_is_found(lang: str, text: str, wrong: str):
    """The dictionary is really asked."""
    assert unknown(text, lang) == {wrong}


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_word_list_holds_no_word_that_is_not_needed(site: Path, lang: str):
    """A list that only grows would hide mistakes: every word of it is on some page."""
    text = "\n".join(read_by_people(page) for page in pages(site, lang).values())
    assert sorted(set(own_words(lang)) - foreign(text, lang)) == []


@pytest.mark.parametrize("lang", WORDS)
def test_the_word_list_is_sorted_and_without_repetition(lang: str):
    """One place for each word."""
    words = own_words(lang)
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
