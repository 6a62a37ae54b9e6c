"""Every table of the report against the raw CSVs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest

from changes import with_values
from rapport.data import Data
from rapport.paths import Paths
from rapport.records import Number, Table
from rapport.tables import BUILDERS

Raw = Callable[[str], pd.DataFrame]
NBSP = "\u00a0"
KEYS = (
    "tbl-varighet", "tbl-informanter", "tbl-vignetter", "tbl-begrunnelser", "tbl-disposisjon", "tbl-datafiler",
    "tbl-tallregister",
)  # fmt: skip


@pytest.fixture(scope="module")
def tables(data: Data, numbers: dict[str, Number]) -> dict[str, Table]:
    """All tables of the committed data."""
    return {table.key: table for table in (build(data, numbers) for build in BUILDERS)}


def seen(table: Table) -> list[tuple[str, ...]]:
    """The columns a reader sees, as texts; a missing value is empty."""
    names = [column.name for column in table.columns]
    return [
        tuple("" if pd.isna(value) else str(value) for value in row)
        for row in table.table[names].itertuples(index=False)
    ]


def wanted(frame: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_all_tables_are_made(tables: dict[str, Table]) -> None:
    assert tuple(tables) == KEYS
    assert all(table.title and table.source and table.inputs for table in tables.values())


def test_varighet_sets_the_two_measures_side_by_side(tables: dict[str, Table], raw: Raw) -> None:
    """One row a group, the longest duration before and now, and each rule's remark below."""
    rules = raw("varighetsregler")
    months = {(row["gruppe_navn"], row["tiltak"]): row["maks_maaneder"] for row in rules.to_dict("records")}
    groups = ["Arbeidssøkere", "Personer med nedsatt arbeidsevne"]
    assert seen(tables["tbl-varighet"]) == [
        (group, months[group, "arbeidspraksis"], months[group, "arbeidstrening"]) for group in groups
    ]
    notes = " ".join(tables["tbl-varighet"].notes)
    assert all(remark in notes for remark in rules["merknad"] if remark)


def test_informanter_has_every_group_with_parts_marked(tables: dict[str, Table], raw: Raw) -> None:
    """Sub-groups have a dash and stand below their group."""
    groups = raw("informanter")
    marked = groups.assign(navn=groups["rolle"].map({"hovedgruppe": "", "undergruppe": "– "}) + groups["navn"])
    assert seen(tables["tbl-informanter"]) == wanted(marked, "navn", "antall", "enhet", "rekruttering", "grunnlag")
    part_of = list(groups["overgruppe"])
    last_main = [list(groups["gruppe"])[: row + 1] for row in range(len(groups))]
    assert all(not parent or parent in above for parent, above in zip(part_of, last_main, strict=True))


def test_vignetter_tells_what_the_caseworkers_were_told(tables: dict[str, Table], raw: Raw) -> None:
    cases = raw("vignetter")
    named = cases.assign(bruker=cases["navn"] + " (" + cases["alder"] + " år)")
    assert seen(tables["tbl-vignetter"]) == wanted(named, "bruker", "situasjon", "testet", "antall_veiledere")


def test_begrunnelser_has_every_statement_under_its_case(tables: dict[str, Table], raw: Raw) -> None:
    names = raw("vignetter").set_index("vignett")["navn"]
    reasons = raw("vignett_begrunnelser")
    assert seen(tables["tbl-begrunnelser"]) == wanted(
        reasons.assign(navn=reasons["vignett"].map(names)), "navn", "antall", "begrunnelse"
    )


def test_datafiler_counts_the_rows_and_the_unknown_ones(tables: dict[str, Table], raw: Raw) -> None:
    for file, _, count, unknown in seen(tables["tbl-datafiler"]):
        cells = raw(file.removesuffix(".csv"))
        assert (int(count), int(unknown)) == (len(cells), list(cells["grunnlag"]).count("ukjent")), file
    assert re.fullmatch(r"Datafilene i versjon \d+\.\d+\.\d+", tables["tbl-datafiler"].title)


def test_every_csv_in_data_is_listed(tables: dict[str, Table], paths: Paths) -> None:
    """No data file lies beside the package without being part of it."""
    assert sorted(row[0] for row in seen(tables["tbl-datafiler"])) == sorted(
        path.name for path in paths.data.glob("*.csv")
    )


def test_tallregister_has_every_number_with_an_anchor(tables: dict[str, Table], numbers: dict[str, Number]) -> None:
    """Each number of the text has one line to link to."""
    register = tables["tbl-tallregister"].table
    assert list(register["tall"]) == list(numbers)
    assert list(register["anker"]) == [f"tall-{key}" for key in numbers]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("deltakere.2022", f"5{NBSP}515 personer"),
        ("deltakere.2019", "ukjent"),
        ("deltakere.fall", "63,2 prosent"),
        ("varighet.vurdering", "3 måneder"),
    ],
)
def test_tallregister_shows_values_with_their_unit(key: str, value: str, tables: dict[str, Table]) -> None:
    register = tables["tbl-tallregister"].table.set_index("tall")
    assert register.loc[key, "verdi"] == value


@pytest.mark.parametrize("key", KEYS)
def test_no_table_has_the_same_row_twice(key: str, tables: dict[str, Table]) -> None:
    rows = seen(tables[key])
    assert len(rows) == len(set(rows)) > 1


def test_a_changed_cell_changes_its_table(data: Data, numbers: dict[str, Number]) -> None:
    """Tables are computed from the data, not typed."""
    where = {"tiltak": "arbeidstrening", "gruppe": "arbeidssoker"}
    changed = with_values(data, "varighetsregler", where, maks_maaneder=15)
    (table,) = [table for table in (build(changed, numbers) for build in BUILDERS) if table.key == "tbl-varighet"]
    assert seen(table)[0] == ("Arbeidssøkere", "12", "15")
