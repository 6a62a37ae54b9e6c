"""The data in every format: read back by another library, each file holds what the CSV holds, and does no harm."""

from __future__ import annotations

import doctest
import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from conftest import ROOT
from rapport import spreadsheet
from rapport.exports import exports, package_zip, read_package
from rapport.paths import Paths
from rapport.verified import FILE, read_record

PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {resource["name"]: resource["schema"]["fields"] for resource in PACKAGE["resources"]}
TIME = datetime(2026, 11, 24, 12, 30, 10, tzinfo=UTC)
HOSTILE = "=HYPERLINK(A1)"


@pytest.fixture(scope="module")
def files(paths: Paths) -> dict[str, str]:
    """The package's own files, as text."""
    return read_package(paths.data)


@pytest.fixture(scope="module")
def made(files: dict[str, str]) -> dict[str, bytes]:
    """Every table in every format."""
    return exports(files)


def expected(name: str) -> list[list[object]]:
    """The rows of a CSV with the schema's types, read by pandas as plain text; an empty cell is None."""
    read = {"string": str, "integer": int, "number": float, "boolean": lambda text: text == "true"}
    cells = pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
    kinds = [read[field["type"]] for field in TABLES[name]]
    return [
        [None if cell == "" else kind(cell) for kind, cell in zip(kinds, row, strict=True)]
        for row in cells.itertuples(index=False)
    ]


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_is_the_file_of_the_package(name: str, made: dict[str, bytes]):
    """Byte for byte, so that its hash is the one that figures tell of."""
    assert made[f"{name}.csv"] == (ROOT / "data" / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_for_excel_has_semicolons_and_decimal_commas(name: str, made: dict[str, bytes]):
    """Read as Norwegian Excel reads it, it holds what the CSV holds."""
    content = made[f"{name}-excel.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    cells = pd.read_csv(io.BytesIO(content), sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    plain = pd.read_csv(ROOT / "data" / f"{name}.csv", dtype=str, keep_default_na=False)
    for field in TABLES[name]:
        column = cells[field["name"]]
        shown = column.str.replace(",", ".") if field["type"] == "number" else column
        assert list(shown) == list(plain[field["name"]]), field["name"]


@pytest.mark.parametrize("name", TABLES)
def test_the_json_has_types_and_null(name: str, made: dict[str, bytes]):
    rows = json.loads(made[f"{name}.json"])
    names = [field["name"] for field in TABLES[name]]
    assert [[row[column] for column in names] for row in rows] == expected(name)
    kinds = {"string": str, "integer": int, "number": float, "boolean": bool}
    assert all(type(row[field["name"]]) in (kinds[field["type"]], type(None)) for row in rows for field in TABLES[name])


@pytest.mark.parametrize("name", TABLES)
def test_the_workbook_has_the_rows_and_what_the_columns_mean(name: str, made: dict[str, bytes]):
    """Numbers are numbers, an empty cell is empty, and titles and units stand on a sheet of their own."""
    book = openpyxl.load_workbook(io.BytesIO(made[f"{name}.xlsx"]))
    header, *rows = [list(row) for row in book["data"].iter_rows(values_only=True)]
    assert header == [field["name"] for field in TABLES[name]]
    assert rows == expected(name)
    told = [row[:2] + row[3:4] for row in book["kolonner"].iter_rows(min_row=2, values_only=True)]
    assert told == [(field["name"], field["title"], field.get("unit")) for field in TABLES[name]]


@pytest.mark.parametrize("name", TABLES)
def test_the_parquet_has_types_units_and_null(name: str, made: dict[str, bytes]):
    """pyarrow, which did not write it, reads the schema's types and what the columns mean."""
    table = pq.read_table(io.BytesIO(made[f"{name}.parquet"]))
    types = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool"}
    assert [str(kind) for kind in table.schema.types] == [types[field["type"]] for field in TABLES[name]]
    assert [list(row.values()) for row in table.to_pylist()] == expected(name)
    for field in TABLES[name]:
        told = table.schema.field(field["name"]).metadata
        assert told[b"title"].decode() == field["title"]
        assert told.get(b"unit", b"").decode() == field.get("unit", "")


def test_the_zip_is_a_valid_data_package(files: dict[str, str], made: dict[str, bytes], tmp_path: Path):
    """Frictionless finds the descriptor, and every table holds."""
    (tmp_path / "data.zip").write_bytes(package_zip(files, made, TIME))
    report = Package(str(tmp_path / "data.zip")).validate()
    assert (report.valid, len(report.tasks)) == (True, len(TABLES))


def test_the_zip_is_sorted_and_dated(files: dict[str, str], made: dict[str, bytes]):
    """Every file of data/, in order, with the time that was given; the time does not change the size."""
    packed = package_zip(files, made, TIME)
    entries = ZipFile(io.BytesIO(packed)).infolist()
    names = [entry.filename for entry in entries]
    assert names == sorted(path.name for path in (ROOT / "data").iterdir())
    assert {entry.date_time for entry in entries} == {(2026, 11, 24, 12, 30, 10)}
    assert len(package_zip(files, made, datetime(2001, 1, 1, tzinfo=UTC))) == len(packed)


def test_a_formula_in_the_data_is_not_run(files: dict[str, str]):
    """What a spreadsheet opens holds it as text, in the ZIP too; programs get the cell as it is."""
    lines = files["deltakere.csv"].splitlines(keepends=True)
    cells = lines[1].rstrip("\n").split(",")
    lines[1] = ",".join([*cells[:-1], HOSTILE]) + "\n"
    spoiled = {**files, "deltakere.csv": "".join(lines)}
    made = exports(spoiled)
    packed = ZipFile(io.BytesIO(package_zip(spoiled, made, TIME)))
    for content in (made["deltakere.csv"], made["deltakere-excel.csv"], packed.read("deltakere.csv")):
        text = content.decode("utf-8")
        assert f"'{HOSTILE}" in text
        assert f",{HOSTILE}" not in text
        assert f";{HOSTILE}" not in text
    sheet = openpyxl.load_workbook(io.BytesIO(made["deltakere.xlsx"]))["data"]
    last = sheet.cell(2, sheet.max_column)
    assert (last.value, last.quotePrefix, last.hyperlink) == (HOSTILE, last.quotePrefix, None)
    with ZipFile(io.BytesIO(made["deltakere.xlsx"])) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert list(json.loads(made["deltakere.json"])[0].values())[-1] == HOSTILE
    assert pq.read_table(io.BytesIO(made["deltakere.parquet"])).to_pylist()[0]["merknad"] == HOSTILE


def test_the_rule_about_formulas_is_written_once():
    assert doctest.testmod(spreadsheet).failed == 0


def test_a_byte_order_mark_reaches_no_json(paths: Paths, tmp_path: Path):
    """A descriptor saved with one is read, and published without; the record of verification is read as well."""
    folder = Path(shutil.copytree(paths.data, tmp_path / "data"))
    for file, source in ((folder / "datapackage.json", paths.data), (tmp_path / FILE, paths.root)):
        file.write_bytes(b"\xef\xbb\xbf" + (source / file.name).read_bytes())
    assert read_package(folder) == read_package(paths.data)
    assert read_record(tmp_path) == read_record(paths.root)


@pytest.mark.slow
def test_another_process_makes_the_same_bytes(site: Path, made: dict[str, bytes]):
    """What the site offers, built elsewhere and earlier, is what the data give now."""
    found = {path.name: path.read_bytes() for path in (site / "data").iterdir()}
    assert found.keys() == made.keys() | {"datapackage.json", "arbeidstrening-data.zip"}
    assert [name for name, content in made.items() if found[name] != content] == []
