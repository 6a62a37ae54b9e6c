"""Bokmål spelling of everything a reader meets: pages, tables, alt texts and texts in charts.

Needs hunspell with the dictionary nb_NO (Debian: hunspell, hunspell-no). Words that it does not know and that are
right stand in tests/words.txt.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from conftest import ROOT

WORDS = ROOT / "tests" / "words.txt"
# Code, names of files and keys of the register, and the titles of works, which are in their own languages.
NOT_PROSE = "script, style, code, pre, kbd, samp, .csl-entry, [lang]:not(html)"
ATTRIBUTES = ("alt", "aria-label", "title", "content")
ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w.-]+\.(?:no|csv|json|bib|cff|qmd|svg)\b|\S+[_/]\S+|\b[a-z_]+(?:\.[\w-]+)+"
)

hunspell = pytest.mark.skipif(
    shutil.which("hunspell") is None or "nb_NO" not in subprocess.run(
        ["hunspell", "-D"], capture_output=True, text=True, input="", check=False).stderr,
    reason="hunspell with nb_NO is not installed (Debian: apt-get install hunspell hunspell-no)",
)  # fmt: skip


def own_words() -> list[str]:
    """The project's word list: a word a line; what follows # is the reason."""
    lines = (line.split("#")[0].strip() for line in WORDS.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


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


def foreign(text: str) -> set[str]:
    """The words of a text that the dictionary does not know."""
    command = ["hunspell", "-d", "nb_NO", "-i", "utf-8", "-l"]
    done = subprocess.run(command, input=text.replace("\u00ad", ""), capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def unknown(text: str) -> set[str]:
    """The words of a text that neither the dictionary nor the word list knows."""
    return foreign(text) - set(own_words())


@pytest.mark.slow
@hunspell
def test_every_word_on_the_pages_is_known(site: Path):
    """A misspelt word is found with its page; a right one that is new goes into tests/words.txt."""
    pages = {page.relative_to(site).as_posix(): page for page in sorted(site.rglob("*.html"))}
    assert {name: found for name, page in pages.items() if (found := sorted(unknown(read_by_people(page))))} == {}


@hunspell
def test_a_misspelt_word_is_found():
    """The dictionary is really asked."""
    assert unknown("Tiltaket er vanlgi og vanlig.") == {"vanlgi"}


@pytest.mark.slow
@hunspell
def test_the_word_list_holds_no_word_that_is_not_needed(site: Path):
    """A list that only grows would hide mistakes: every word of it is on some page."""
    text = "\n".join(read_by_people(page) for page in site.rglob("*.html"))
    assert sorted(set(own_words()) - foreign(text)) == []


def test_the_word_list_is_sorted_and_without_repetition():
    """One place for each word."""
    words = own_words()
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
