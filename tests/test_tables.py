"""Every table of the report against the raw CSVs."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd
import pytest

from changes import with_values
from rapport.data import Data
from rapport.engine.references import citation_keys
from rapport.paths import Paths
from rapport.records import Number, Table
from rapport.tables import BUILDERS

Raw = Callable[[str], pd.DataFrame]
NBSP = "\u00a0"
KEYS = (
    "tbl-varighet", "tbl-forskning", "tbl-informanter", "tbl-kjeder", "tbl-vignetter", "tbl-begrunnelser",
    "tbl-litteratur", "tbl-disposisjon", "tbl-datafiler", "tbl-tallregister",
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


def test_forskning_has_every_finding_under_its_study(tables: dict[str, Table], raw: Raw) -> None:
    """One row a finding with outcome, direction in words, the report's finding and our check, each in its column."""
    table = tables["tbl-forskning"]
    findings = raw("forskning").to_dict("records")
    directions = {
        "positiv": "Positiv", "noe_positiv": "Noe positiv", "ingen": "Ingen", "svak": "Svakere",
        "negativ": "Negativ", "blandet": "Blandet", "beskrivende": "Beskrivelse",
    }  # fmt: skip
    starts = {"bekreftet": "Bekreftet.", "delvis": "Delvis bekreftet.", "ikke_bekreftet": "Ikke bekreftet."}
    for (study, outcome, direction, finding, check), row in zip(seen(table), findings, strict=True):
        assert study.lower().startswith(row["navn"].lower())
        assert all(row[part].lower() in study.lower() for part in ("metode", "populasjon", "periode"))
        assert (outcome, direction) == (row["utfall"], directions[row["retning"]])
        assert finding.startswith(row["funn"])
        assert finding.endswith(row["kritikk"])
        assert check == f"{starts[row['kontroll']]} {row['merknad']}".strip()


def test_forskning_says_who_criticised(tables: dict[str, Table], raw: Raw) -> None:
    """A critique stands with the finding and names the work it comes from."""
    works = raw("litteratur").set_index("nokkel")["verk"]
    for shown, row in zip(seen(tables["tbl-forskning"]), raw("forskning").to_dict("records"), strict=True):
        assert ("Kritikk fra" in shown[3]) == bool(row["kritikk"])
        assert not row["kritikk"] or f"Kritikk fra {works[row['kritikk_fra']]}: " in shown[3]


def test_forskning_keeps_the_findings_of_a_study_together(tables: dict[str, Table]) -> None:
    """A study has one heading, and the studies of one measure follow each other."""
    headings = [row[0] for row in seen(tables["tbl-forskning"])]
    runs = [heading for at, heading in enumerate(headings) if at == 0 or headings[at - 1] != heading]
    measures = [heading.split("(")[1].split(")")[0] for heading in runs]
    assert len(runs) == len(set(headings))
    assert measures == sorted(measures, key=measures.index)


def test_litteratur_says_of_every_work_whether_it_is_confirmed(tables: dict[str, Table], raw: Raw) -> None:
    status = {"bekreftet": "Bekreftet", "delvis": "Delvis bekreftet", "ikke_bekreftet": "Ikke bekreftet"}
    assert sorted(seen(tables["tbl-litteratur"])) == sorted(
        (row["verk"], status[row["kontroll"]], row["kontrollert"] or "Ikke funnet", row["merknad"])
        for row in raw("litteratur").to_dict("records")
    )


def test_litteratur_and_the_bibliography_have_the_same_works(raw: Raw, paths: Paths) -> None:
    """Every work and every study has its entry in references.bib, and no entry is left unchecked."""
    keys = citation_keys((paths.root / "references.bib").read_text(encoding="utf-8"))
    works = raw("litteratur")
    assert set(works["nokkel"]) == keys
    assert set(raw("forskning")["studie"]) <= keys
    lost = set(works.loc[works["kontroll"] == "ikke_bekreftet", "nokkel"])
    untitled = (paths.root / "references.bib").read_text(encoding="utf-8").count("[Tittelen er ikke funnet]")
    assert untitled == len(lost)


def test_kjeder_sets_the_chains_side_by_side(tables: dict[str, Table], raw: Raw) -> None:
    """Each chain in order, with its durations in words, and «Ikke omtalt» where the source is silent."""
    durations, links = raw("kjede_varighet"), raw("virkningskjeder")
    outcomes = links[links["ledd"] == "onsket_utfall"].set_index("kjede")["innhold"]
    rows = seen(tables["tbl-kjeder"])
    for row, chain in zip(rows, raw("kjeder").to_dict("records"), strict=True):
        said = durations.loc[durations["kjede"] == chain["kjede"], "varighet"]
        assert all(words[1:] in row[1] for words in said)
        told = (chain["arbeidsmengde"], chain["oppfolging"], chain["avstand"])
        assert row[2:5] == tuple(words or "Ikke omtalt" for words in told)
        assert (row[0], row[5]) == (chain["kjede_navn"], outcomes[chain["kjede"]])


def test_datafiler_counts_the_rows_and_the_unknown_ones(tables: dict[str, Table], raw: Raw, paths: Paths) -> None:
    for file, _, count, unknown in seen(tables["tbl-datafiler"]):
        cells = raw(file.removesuffix(".csv"))
        assert (int(count), int(unknown)) == (len(cells), list(cells["grunnlag"]).count("ukjent")), file
    version = json.loads((paths.data / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert tables["tbl-datafiler"].title == f"Datafilene i versjon {version}"


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
