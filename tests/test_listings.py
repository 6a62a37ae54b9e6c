"""Long texts made from data: every row is there, as text and nothing else."""

from __future__ import annotations

import doctest
import json
import re
from dataclasses import replace

import pandas as pd
import pypandoc
import pytest
from bs4 import BeautifulSoup

from conftest import ROOT
from rapport import markup
from rapport.data import Data
from rapport.exports import exports
from rapport.listings import (
    BUILDERS,
    avvik,
    datafil,
    egenvurdering,
    kodebok,
    kolonner,
    make,
    ordliste,
    terms_json,
    usikkert,
)
from rapport.markdown import markdown_table
from rapport.maturity_checks import maturity_faults
from rapport.paths import Paths
from rapport.records import Column, Listing

HOSTILE = '<script>alert("x")</script> **fet** @sec-x [a](b) `c` {{< d >}} | `{python} 1`\n\n# e'
PLAIN = " ".join(HOSTILE.split())


@pytest.fixture(scope="module")
def listings(data: Data) -> dict[str, Listing]:
    """All listings of the committed data."""
    return {listing.key: listing for listing in (build(data) for build in BUILDERS)}


def page(markdown: str) -> BeautifulSoup:
    """What pandoc makes of the Markdown."""
    return BeautifulSoup(pypandoc.convert_text(markdown, "html", "markdown", extra_args=["--wrap=none"]), "html.parser")


def flat(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text().split())


def spoiled(data: Data, resource: str, column: str, value: object) -> Data:
    """The data with one cell of the first row changed."""
    frame = data[resource].copy()
    frame.loc[frame.index[0], column] = value
    return replace(data, frames={**data.frames, resource: frame})


@pytest.mark.parametrize("module", [markup, make])
def test_the_examples_of_the_docstrings_hold(module: object):
    assert doctest.testmod(module).failed == 0


def test_the_committed_files_are_what_the_data_gives(listings: dict[str, Listing], data: Data, paths: Paths):
    """figures/ holds each listing and the words that chapters look up."""
    for key, listing in listings.items():
        assert (paths.figures / f"{key}.md").read_text(encoding="utf-8") == listing.body
    assert (paths.figures / "terms.json").read_text(encoding="utf-8") == terms_json(data)


@pytest.mark.parametrize("key", ["lst-ordliste", "lst-avvik", "lst-kodebok"])
def test_every_entry_has_its_id_once(key: str, listings: dict[str, Listing]):
    """The ids that the manifest tells of are those of the page, in the same order."""
    tags = page(listings[key].body).find_all(id=True)
    columns = [tag["id"] for tag in tags if key == "lst-kodebok" and tag.find_parent("dt")]
    found = [tag["id"] for tag in tags if tag["id"] not in columns]
    assert found == list(listings[key].anchors)
    assert len({*found, *columns}) == len(found) + len(columns)


def test_the_glossary_has_every_word_in_the_order_of_the_alphabet(listings: dict[str, Listing], raw):
    """Each row is a term with its abbreviation, explanation and place in the report."""
    soup, cells = page(listings["lst-ordliste"].body), raw("ordliste")
    words = [tag.get_text() for tag in soup.find_all("dt")]
    assert sorted(words) == sorted(f"{w} ({f})" if f else w for w, f in zip(cells.ord, cells.forkortelse, strict=True))
    assert words == sorted(words, key=make.alphabetical)
    for row in cells.itertuples():
        entry = flat(soup.find(id=f"ord-{row.term}").find_parent("dt").find_next_sibling("dd"))
        assert entry.startswith(row.forklaring), row.term
        assert row.kilde in entry.replace("–", "-"), row.term


def test_an_explanation_from_elsewhere_links_to_its_page(raw):
    """The page is told exactly for the words whose explanation rests on one, and general knowledge is marked so."""
    cells = raw("ordliste")
    assert list(cells.nettsted != "") == list(cells.opphav == "apen_kilde")
    assert list(cells.grunnlag == "antatt") == list(cells.opphav == "allment")


def test_the_points_have_all_that_is_said_of_them(listings: dict[str, Listing], raw):
    """Each point has what the source says, what speaks against, our reading, and where."""
    soup = page(listings["lst-avvik"].body)
    for row in raw("avvik").itertuples():
        heading = soup.find(id=f"uklarhet-{row.nr.lower()}")
        said = ""
        for tag in heading.find_next_siblings():
            if tag.name == "h2":
                break
            said += f" {flat(tag)}"
        assert flat(heading) == f"{row.nr}: {row.tittel}"
        for cell in (row.kilden_sier, row.men, row.vurdering):
            assert cell in said, (row.nr, cell)
        assert row.kilde in said.replace("–", "-"), row.nr


def test_the_data_page_has_every_column_of_every_file(listings: dict[str, Listing], data: Data):
    """File, row, key, column, unit and allowed values are those of datapackage.json; the columns of all files once."""
    soup = page(listings["lst-kodebok"].body)
    whole, defined = flat(soup), [tag.find("code").get_text() for tag in soup.find_all("dt")]
    for resource in data.descriptor["resources"]:
        assert resource["row"] in whole, f"{resource['name']} does not say what a row is (row)"
        for field in resource["schema"]["fields"]:
            assert field["description"] in whole
            assert field.get("unit", "") in whole
            assert field["name"] in defined
            for entry in field.get("categories", []):
                assert str(entry["label"]) in whole
    names = [field["name"] for resource in data.descriptor["resources"] for field in resource["schema"]["fields"]]
    own = [name for name in names if name not in kolonner.COMMON]
    assert [name for name in defined if name not in kolonner.COMMON] == own
    assert all(1 <= defined.count(name) < names.count(name) for name in kolonner.COMMON)


def test_the_data_page_offers_every_file_in_every_format(listings: dict[str, Listing], data: Data):
    """Each link tells the format, and has room for the size of its own file; so does that of the ZIP."""
    links = page(listings["lst-kodebok"].body).select("a[download]")
    told = {tag["href"].removeprefix("/data/"): flat(tag) for tag in links}
    assert told.keys() == exports(data.files).keys() | {"arbeidstrening-data.zip"}
    for name, said in told.items():
        assert f", @SIZE data/{name}@)" in said


def test_the_first_rows_are_those_of_the_file(listings: dict[str, Listing], raw):
    """The preview holds the file's own words, cut short where they are long."""
    tables = page(listings["lst-kodebok"].body).select(".forste-rader table")
    first = [[cell.get_text() for cell in row.find_all("td")] for row in tables[1].find_all("tr")[1:]]
    assert first == raw("deltakere").head(len(first)).to_numpy().tolist()
    assert [cell.get_text() for cell in tables[1].find_all("th")] == list(raw("deltakere").columns)
    assert max(len(cell.get_text()) for table in tables for cell in table.find_all("td")) <= datafil.LONGEST + 2


def test_the_versions_are_those_of_the_changelog(data: Data, listings: dict[str, Listing]):
    """The page tells readers of the same versions, on the same days, as CHANGELOG.md tells programmers of."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    told = [(change["version"], change["date"]) for change in data.descriptor["changes"]]
    assert told == re.findall(r"^## (\d+\.\d+\.\d+) – (\d{4}-\d\d-\d\d)", changelog, re.MULTILINE)
    assert told[0][0] == data.descriptor["version"]
    assert all(change["text"] in flat(page(listings["lst-kodebok"].body)) for change in data.descriptor["changes"])


def test_the_readme_says_the_same_of_a_row(data: Data, paths: Paths):
    """The overview beside the files is the descriptor's."""
    readme = (paths.data / "README.md").read_text(encoding="utf-8")
    missing = [r["name"] for r in data.descriptor["resources"] if f"| `{r['path']}` | {r['row']} |" not in readme]
    assert missing == []


@pytest.mark.parametrize("column", ["ord", "forkortelse", "forklaring", "kilde"])
def test_a_word_in_the_data_stays_text(column: str, data: Data):
    """Marks in a cell of the glossary are letters."""
    changed = spoiled(data, "ordliste", column, HOSTILE)
    soup = page(ordliste.build(changed).body)
    assert PLAIN in flat(soup)
    assert soup.find(["script", "h1", "table"]) is None
    assert json.loads(terms_json(changed))


@pytest.mark.parametrize("column", ["tittel", "kilden_sier", "men", "vurdering", "kilde"])
def test_a_point_in_the_data_stays_text(column: str, data: Data):
    """Marks in a cell of the points are letters."""
    soup = page(avvik.build(spoiled(data, "avvik", column, HOSTILE)).body)
    assert PLAIN in flat(soup)
    assert soup.find(["script", "h1", "table"]) is None


def test_a_column_in_the_descriptor_stays_text(data: Data):
    """Marks in a description, a unit or a label are letters."""
    descriptor = json.loads(json.dumps(data.descriptor))
    resource = descriptor["resources"][0]
    resource["description"] = resource["row"] = HOSTILE
    resource["schema"]["fields"][0] |= {"title": HOSTILE, "description": HOSTILE, "unit": HOSTILE}
    resource["schema"]["fields"][0]["categories"] = [{"value": HOSTILE, "label": HOSTILE}]
    soup = page(kodebok.build(replace(data, descriptor=descriptor)).body)
    assert flat(soup).count(PLAIN) == 8
    assert soup.find(["script", "h1"]) is None
    assert len(soup.find_all("table")) == len(descriptor["resources"])  # the first rows of each


def test_a_word_that_is_not_explained_cannot_be_looked_up(data: Data):
    """An empty explanation is said on the page and left out of what chapters look up."""
    changed = spoiled(data, "ordliste", "forklaring", pd.NA)
    assert "Forklaring mangler." in flat(page(ordliste.build(changed).body))
    assert data["ordliste"]["term"].iloc[0] not in json.loads(terms_json(changed))


def test_a_table_of_references_keeps_its_cells():
    """Cells are text but for those of ids, which become references joined as in a sentence."""
    frame = pd.DataFrame({"a": [HOSTILE, "b"], "tall": [1.0, None], "her": ["sec-a; fig-b; tbl-c", None]})
    columns = (Column(name="a", title="A"), Column(name="tall", title="N", decimals=0),
               Column(name="her", title="Her", refs=True))  # fmt: skip
    markdown = markdown_table(frame, columns)
    cells = [[flat(cell) for cell in row.find_all("td")] for row in page(markdown).find_all("tr")[1:]]
    assert cells == [[PLAIN, "1", "@sec-a, @fig-b og @tbl-c"], ["b", "ukjent", ""]]


def test_columns_have_room_by_what_is_read():
    """A reference counts as it is read, not as its id is written, and each column has room for its longest text."""
    frame = pd.DataFrame(
        {"a": ["Sammendrag", "3.2"], "linjer": ["1194–1462", "45"], "her": ["sec-en-lang-id-" * 9, "-"]}
    )
    columns = tuple(Column(name=name, title=name, refs=name == "her") for name in frame)
    rule = markdown_table(frame, columns).split("\n")[1]
    widths = dict(zip(frame, [len(dashes.strip()) for dashes in rule.strip("|").split("|")], strict=True))
    assert widths["a"] > len("Sammendrag")
    assert widths["linjer"] > len("1194–1462")
    assert widths["her"] < 20


def test_everything_unknown_or_inferred_is_listed(listings: dict[str, Listing], raw):
    """Every row of every file whose grunnlag is ukjent or antatt, and how many there are."""
    body = listings["lst-usikkert"].body.replace("\\", "")
    known_by = {name: column for name, (column, _) in usikkert.SHOWN.items()}
    known_by |= {"avvik": "tittel", "ordliste": "ord", "egenvurdering": "krav"}
    counts = {"ukjent": 0, "antatt": 0}
    for path in sorted((ROOT / "data").glob("*.csv")):
        rows = raw(path.stem)
        for basis in counts:
            found = rows[rows.grunnlag == basis]
            counts[basis] += len(found)
            for value in found[known_by[path.stem]] if len(found) else ():
                assert value in body, (path.stem, value)
    assert f"I {counts['ukjent']} av dem er verdien ukjent, i {counts['antatt']} antatt." in body


def test_a_level_is_reached_only_with_all_below_it(data: Data):
    """With one requirement of the lowest level unmet nothing is reached; with all of it met, that level is."""
    rows = data["egenvurdering"]
    levels = data.labels("egenvurdering", "nivaa")
    assert "Ingen av nivåene er nådd" in egenvurdering.build(data).body
    met = rows.assign(vurdering=rows.vurdering.where(rows.nivaa != "grunnivaa", "oppfylt"))
    assert list(egenvurdering._summary(met, levels)) == ["Vi har nådd grunnivå."]
    without = rows.assign(vurdering=rows.vurdering.where(rows.nivaa == "grunnivaa", "oppfylt"))
    assert "Ingen" in next(iter(egenvurdering._summary(without, levels)))


def test_what_is_not_met_says_what_is_missing(data: Data):
    """In the committed rows, and a row without it is told with its place."""
    rows = data["egenvurdering"]
    assert list(maturity_faults(rows)) == []
    index = rows.index[rows.vurdering != "oppfylt"][0]
    silent = rows.copy()
    silent.loc[index, "mangler"] = pd.NA
    (fault,) = maturity_faults(silent)
    assert (fault.row, fault.column) == (index + 2, "mangler")
    skipped = rows.copy()
    skipped.loc[1, "nr"] = 7
    assert [(fault.row, fault.column) for fault in maturity_faults(skipped)] == [(3, "nr")]
