"""One table in four shapes, and what a value becomes in each."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
import typst
from bs4 import BeautifulSoup

from rapport.records import Column
from rapport.tabulate import csv_table, html_table, json_table
from rapport.typeset import typst_table

NBSP = "\u00a0"
COLUMNS = (Column(name="navn", title="Gruppe <b>"), Column(name="antall", title="Antall; i alt", decimals=1))

# Cells that would be something else than text, each in its own format.
ODD = (
    "<script>alert(1)</script>",
    "<b>fet</b> & &amp;",
    '=SUM(A1:A9)"; x',
    "#strong[fet] $x$ *y* _z_ `k` @ref <merke> \\ ~ -- ...",
    "a|b",
    "to\nlinjer",
    "«æøå» 'enkle' \"doble\"",
)


def table(*rows: tuple[object, object]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["navn", "antall"])
    return frame.astype({"navn": "string", "antall": "Float64"})


def cells(text: str) -> list[list[str]]:
    """The CSV as a Norwegian spreadsheet reads it."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


# CSV.


def test_the_csv_opens_in_norwegian_excel() -> None:
    """Byte-order mark, semicolons, decimal commas, no spaces in numbers; a lost value is an empty cell."""
    written = csv_table(table(("Veiledere", 17.5), ("Arbeidsgivere", 12345), ("Ukjente", None)), COLUMNS)
    assert written == '\ufeffGruppe <b>;"Antall; i alt"\nVeiledere;17,5\nArbeidsgivere;12345\nUkjente;\n'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(start: str) -> None:
    written = cells(csv_table(table((f"{start}HYPERLINK(1)", 1)), COLUMNS))
    assert written[1] == [f"'{start}HYPERLINK(1)", "1"]


@pytest.mark.parametrize("text", [*ODD[:2], *ODD[3:], "a\rb", "a\r\nb", "tekst; mer"])
def test_a_text_comes_back_from_the_csv_as_it_was(text: str) -> None:
    """Whatever a cell holds, the file has as many rows and columns as the table."""
    assert cells(csv_table(table((text, 1), ("siste", 2)), COLUMNS))[1:] == [[text, "1"], ["siste", "2"]]


def test_a_negative_number_is_a_number_in_the_csv() -> None:
    """Spreadsheets know the hyphen as minus, not the typographic minus sign."""
    assert cells(csv_table(table(("Endring", -0.5)), COLUMNS))[1][1] == "-0,5"


def test_downloads_hold_the_value_and_not_its_rounding() -> None:
    """A value with more decimals than the page shows keeps them in the files."""
    whole = (COLUMNS[0], Column(name="antall", title="Prosent", decimals=0))
    frame = table(("Utprøving", 17.5))
    assert cells(csv_table(frame, whole))[1] == ["Utprøving", "17,5"]
    assert json.loads(json_table(frame, whole)) == [{"Gruppe <b>": "Utprøving", "Prosent": 17.5}]


# JSON.


def test_json_has_numbers_as_numbers_and_a_lost_value_as_null() -> None:
    frame = table(("Veiledere", 24), ("Andel", 66.7), ("Ukjent", None), (None, 0))
    assert json.loads(json_table(frame, COLUMNS)) == [
        {"Gruppe <b>": "Veiledere", "Antall; i alt": 24},
        {"Gruppe <b>": "Andel", "Antall; i alt": 66.7},
        {"Gruppe <b>": "Ukjent", "Antall; i alt": None},
        {"Gruppe <b>": None, "Antall; i alt": 0},
    ]
    assert '"Antall; i alt": 24\n' in json_table(frame, COLUMNS)


# HTML.


def html(frame: pd.DataFrame) -> BeautifulSoup:
    return BeautifulSoup(html_table("tbl-prove", frame, COLUMNS), "html.parser")


def test_markup_in_a_cell_or_a_heading_is_text_on_the_page() -> None:
    """A CSV cell that holds a script shows as letters."""
    soup = html(table(*((text, 1) for text in ODD)))
    assert [tag.name for tag in soup.find_all(["script", "b"])] == []
    assert soup.th.get_text() == "Gruppe <b>"
    shown = [row.td.get_text() for row in soup.select("tbody tr")]
    assert [text.split() for text in shown] == [text.split() for text in ODD]


def test_every_heading_has_a_scope() -> None:
    """A screen reader can say which column a cell stands in."""
    headings = html(table(("a", 1))).select("th")
    assert [heading.get_text() for heading in headings] == ["Gruppe <b>", "Antall; i alt"]
    assert [heading["scope"] for heading in headings] == ["col", "col"]


def test_numbers_on_the_page_are_norwegian_and_a_lost_one_is_said_to_be_unknown() -> None:
    soup = html(table(("a", 12345.67), ("b", 24), ("c", None), ("d", 0), (None, 1)))
    assert [cell.get_text() for cell in soup.select("td:nth-of-type(2)")] == [
        f"12{NBSP}345,7",
        "24",
        "ukjent",
        "0",
        "1",
    ]
    assert soup.select("td:nth-of-type(1)")[4].get_text() == ""


def test_rows_can_have_anchors_to_link_to() -> None:
    """A column `anker` gives each row an id and is not shown."""
    frame = table(("a.b", 1), ("c<d", 2)).assign(anker=["tall-a.b", "tall-c<d"])
    soup = html(frame)
    assert [span["id"] for span in soup.select("td span")] == ["tall-a.b", "tall-c<d"]
    assert [span.get_text() for span in soup.select("td span")] == ["a.b", "c<d"]
    assert len(soup.select("th")) == 2


# Groups.

GROUPED = (
    Column(name="studie", title="Studie", group=True),
    Column(name="navn", title="Utfall"),
    Column(name="antall", title="Antall", decimals=0),
)


def grouped() -> pd.DataFrame:
    """Two groups, the first of two rows."""
    return table(("jobb", 1), ("trygd", 2), ("jobb", 3)).assign(studie=["A <b> 2016", "A <b> 2016", "A b 2016"])


def test_a_group_is_a_body_of_rows_under_its_heading() -> None:
    """A heading speaks for the rows of its own body; its column is not shown again in the rows."""
    soup = BeautifulSoup(html_table("tbl-prove", grouped(), GROUPED), "html.parser")
    assert [heading.get_text() for heading in soup.select("thead th")] == ["Utfall", "Antall"]
    bodies = [[row.get_text("|") for row in body.select("tr")] for body in soup.select("tbody")]
    assert bodies == [["A <b> 2016", "jobb|1", "trygd|2"], ["A b 2016", "jobb|3"]]
    headings = soup.select("tbody th")
    assert [(heading["scope"], heading["colspan"]) for heading in headings] == [("rowgroup", "2")] * 2
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert not soup.select("[headers]")


def test_downloads_have_the_group_as_a_column() -> None:
    """A spreadsheet needs the group in every row."""
    assert [row[0] for row in cells(csv_table(grouped(), GROUPED))] == [
        "Studie",
        "A <b> 2016",
        "A <b> 2016",
        "A b 2016",
    ]
    assert json.loads(json_table(grouped(), GROUPED))[2] == {"Studie": "A b 2016", "Utfall": "jobb", "Antall": 3}


def test_a_group_is_a_heading_across_the_columns_in_print(tmp_path: Path) -> None:
    seen = "#show table.cell: it => [#metadata((it.body.text, it.colspan)) <celle>]\n"
    (tmp_path / "tabell.typ").write_text(seen + typst_table(grouped(), GROUPED), encoding="utf-8")
    found = json.loads(typst.query(str(tmp_path / "tabell.typ"), "<celle>", field="value"))
    across = [text for text, columns in found if columns == 2]
    assert across == ["A <b> 2016", "A b 2016"]
    assert [text for text, columns in found if columns == 1] == [
        "Utfall",
        "Antall",
        "jobb",
        "1",
        "trygd",
        "2",
        "jobb",
        "3",
    ]


# Print.


def typst_cells(frame: pd.DataFrame, folder: Path) -> list[str]:
    """The texts of all cells, as the PDF engine understands them."""
    seen = "#show table.cell: it => [#metadata(it.body.text) <celle>]\n"
    (folder / "tabell.typ").write_text(seen + typst_table(frame, COLUMNS), encoding="utf-8")
    return json.loads(typst.query(str(folder / "tabell.typ"), "<celle>", field="value"))


def test_a_text_means_its_letters_in_print(tmp_path: Path) -> None:
    """No cell is taken for markup, code or a reference by the PDF engine."""
    texts = typst_cells(table(*((text, 1) for text in ODD)), tmp_path)
    assert texts[2::2] == [" ".join(text.split()) for text in ODD]


def test_numbers_in_print_are_as_on_the_page(tmp_path: Path) -> None:
    texts = typst_cells(table(("a", 12345.67), ("b", None)), tmp_path)
    assert texts == ["Gruppe <b>", "Antall; i alt", "a", f"12{NBSP}345,7", "b", "ukjent"]


def shares(frame: pd.DataFrame) -> list[int]:
    """The widths that the columns are given in print."""
    found = re.search(r"columns: \(([^)]*)\)", typst_table(frame, COLUMNS))
    assert found
    return [int(share.removesuffix("fr")) for share in found[1].split(", ")]


def test_the_longer_text_gets_the_wider_column() -> None:
    """Room goes where the text is, and a short word keeps its line beside a long text."""
    even, uneven = (shares(table(*((text, 1),) * 3)) for text in ("kort", "en lang tekst " * 20))
    assert uneven[0] / sum(uneven) > even[0] / sum(even)
    assert uneven[1] / sum(uneven) > 0.1


def test_one_long_cell_does_not_take_the_width_of_all() -> None:
    """A column that is mostly empty is no wider for its one remark than one that is full."""
    rare = shares(table(("ord " * 40, 1), *(("kort", 1),) * 9))
    full = shares(table(*(("ord " * 40, 1),) * 10))
    assert rare[0] / sum(rare) < full[0] / sum(full)


@pytest.mark.parametrize(
    ("rows", "letters", "kept"), [(18, 10, True), (60, 10, False), (18, 300, False), (6, 300, True)]
)
def test_a_table_is_kept_on_one_page_when_a_page_has_room_for_it(rows: int, letters: int, kept: bool):
    """Many rows, or some rows of long texts, go on on the next page; what fits on one is not parted."""
    text = ("ord " * letters)[:letters].strip()
    frame = pd.DataFrame({"navn": ["Navn"] * rows, "tekst": [text] * rows})
    columns = [Column(name="navn", title="Navn"), Column(name="tekst", title="Tekst")]
    assert typst_table(frame, columns).startswith("#block(breakable: false)[") == kept


def test_a_long_key_may_break_without_a_visible_mark(tmp_path: Path) -> None:
    """The key of a number goes on in the next line rather than over the next column; short keys are left alone."""
    texts = typst_cells(table(("begrunnelse_maaneder.4", 1), ("deltakere.fall", 2)), tmp_path)
    assert texts[2] == "begrunnelse_\u200bmaaneder.\u200b4"
    assert texts[4] == "deltakere.fall"


@pytest.mark.parametrize(("across", "narrow"), [(3, False), (6, True)])
def test_words_break_only_where_columns_are_narrow(across: int, narrow: bool):
    """Columns that cannot each have room for their longest words are set as narrow ones, where any word may break."""
    columns = tuple(Column(name=f"k{number}", title="Kolonne") for number in range(across))
    frame = pd.DataFrame({column.name: ["kompetansebevis"] for column in columns})
    assert ("#trang[#table(" in typst_table(frame, columns)) == narrow
