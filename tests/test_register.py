"""The number register on the page: every number once, its cells in the codebook, and every use, there and back."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import ROOT
from rapport.engine.uses import uses
from rapport.pages.register import CELL, column_href, register_text
from rapport.pages.topics import TOPICS
from rapport.verify.reading import plain
from rapport.wording import SINGULAR

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every built page by its address from the root."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def numbers() -> dict:
    """The register as committed."""
    return json.loads((ROOT / "figures" / "numbers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def entries(pages: dict[str, BeautifulSoup]) -> dict[str, Tag]:
    """The entries of the register by key."""
    found = pages["chapters/tallregister.html"].select(".register > div")
    return {str(entry["id"]).removeprefix("tall-"): entry for entry in found}


def written(pages: dict[str, BeautifulSoup]) -> dict[tuple[str, str], tuple[str, str]]:
    """(page, id) of each number on the pages: its key and its words."""
    found = {}
    for name, page in pages.items():
        for tag in page.select("data.tall"):
            key = str(tag.find("a")["href"]).partition("#tall-")[2]  # type: ignore[index]
            found[name, str(tag["id"])] = (key, plain(tag.get_text()))
    return found


def test_one_of_a_unit_is_called_by_its_singular(entries: dict[str, Tag], numbers: dict):
    """«1 veileder», not «1 veiledere»; each unit's singular is known."""
    assert {number["unit"] for number in numbers.values()} <= SINGULAR.keys()
    ones = {key: number["unit"] for key, number in numbers.items() if number["value"] == 1}
    assert {"veiledere", "måneder", "uker", "år"} <= {*ones.values()}
    said = {key: plain(entries[key].select("dd")[0].get_text()).partition(" · ")[0] for key in ones}
    assert said == {key: f"1 {SINGULAR[unit]}".removesuffix(" antall") for key, unit in ones.items()}


def test_every_number_has_one_entry(entries: dict[str, Tag], numbers: dict, pages: dict[str, BeautifulSoup]):
    """With value, formula and source, as the register has them."""
    assert entries.keys() == numbers.keys()
    assert len(pages["chapters/tallregister.html"].select(".register > div")) == len(numbers)
    for key, number in numbers.items():
        said = plain(entries[key].get_text(" "))
        assert number["description"][1:] in said, key
        assert number["formula"][1:] in said, key
        assert plain(f"Kilde: {number['source']}") in said.replace("–", "-"), key
        assert ("Ikke lesbar i kilden" in said) == (number["value"] is None), key


def test_a_topic_follows_the_source(entries: dict[str, Tag], numbers: dict):
    """Numbers stand as in the report: the reports to NAV after three, six, nine and twelve months, in that order."""
    reports = [key for key in entries if key.startswith("arbeidsgiver.rapport_")]
    assert [numbers[key]["value"] for key in reports] == sorted(numbers[key]["value"] for key in reports)
    interviews = [int(line[1]) for key in entries if key.startswith("evaluering.")
                  if (line := re.search(r"linje (\d+)", numbers[key]["source"]))]  # fmt: skip
    assert interviews == sorted(interviews)


def test_each_use_is_linked_from_the_register_and_back(entries: dict[str, Tag], pages: dict[str, BeautifulSoup]):
    """The links of the entries are exactly the numbers on the pages, and are named by the words that stand there."""
    there = written(pages)
    linked = {}
    for key, entry in entries.items():
        for link in entry.select("dd li a"):
            path, _, anchor = str(link["href"]).partition("#")
            name = (Path("chapters") / path).as_posix().replace("chapters/../", "")
            linked[name, anchor] = (key, plain(link.get_text()).strip("«»"))
    assert linked == there
    assert len(there) > 200


def test_each_place_has_an_id_of_its_own(pages: dict[str, BeautifulSoup]):
    """A number written twice on a page can be reached both times."""
    for name, page in pages.items():
        ids = Counter(str(tag["id"]) for tag in page.find_all(id=True))
        assert [identifier for identifier, count in ids.items() if count > 1] == [], name


def test_each_cell_leads_to_its_column_in_the_codebook(
    entries: dict[str, Tag], numbers: dict, pages: dict[str, BeautifulSoup]
):
    """Every cell is told with file, column and row, and the column's description is there."""
    codebook = {str(tag["id"]) for tag in pages["chapters/datagrunnlag.html"].find_all(id=True)}
    for key, number in numbers.items():
        links = {str(link["href"]).partition("#")[2] for link in entries[key].select('a[href*="datagrunnlag"]')}
        said = plain(entries[key].get_text(" "))
        for cell in number["cells"]:
            match = CELL.fullmatch(cell)
            assert match is not None
            assert column_href(match["resource"], match["column"]).partition("#")[2] in links, key
            assert plain(match["row"].replace("=", " = ")) in said, key
        assert links <= codebook, key


def test_a_use_has_its_section_and_its_place_in_reading_order():
    """A footnote is read where its mark stands, before what follows the mark."""
    source = (
        "# Tittel {#sec-a}\n\nFørst `{python} n('a.b')`.[^n]\nSist `{python} n('a.b', 'over', 60)`.\n\n"
        "## Del to {#sec-b}\n\n`{python} n('a.b', word=True)` og `{python} term('x')`.\n\n"
        "[^n]: Note `{python} n('a.b')`.\n"
    )
    found = uses({"a.qmd": source})
    assert [(use.line, use.section, use.hedge, use.anchor) for use in found] == [
        (3, "Tittel", None, "bruk-a.b-1"),
        (10, "Tittel", None, "bruk-a.b-2"),
        (4, "Tittel", "over", "bruk-a.b-3"),
        (8, "Del to", None, "bruk-a.b-4"),
    ]


def test_topics_take_every_number_and_the_last_takes_the_rest(numbers: dict, manifest: dict):
    """No key of today falls through, and one of tomorrow still has a place."""
    known = {word for _, words in TOPICS for word in words}
    assert {key.partition(".")[0] for key in numbers} <= known
    new = {"avtaler.antall": {**numbers["deltakere.2022"], "cells": ["opplysninger[id=avtaler.antall].verdi"]}}
    assert "## Andre tall" in register_text(new, manifest, {})


def test_hostile_text_stays_text(numbers: dict, manifest: dict):
    """A description or a row that holds a tag shows it."""
    bad = {**numbers["deltakere.2022"], "description": "<script>a</script>", "cells": ["opplysninger[id=<b>].verdi"]}
    said = register_text({"a.b": bad}, manifest, {}).partition("```{=typst}")[0]
    assert "<script" not in said and "<b>" not in said


def test_print_has_a_line_a_number(numbers: dict, manifest: dict):
    """Four strings a number in Typst, and a sentence that says where the rest is."""
    text = register_text(numbers, manifest, {})
    rows = [json.loads(f"[{line.strip().rstrip(',')}]") for line in re.findall(r'^  (".*),$', text, re.MULTILINE)]
    assert len(rows) == len(numbers)
    assert {len(row) for row in rows} == {4}
    assert "Her i trykk er registeret forkortet" in text
