"""The data package: what loads, and what a user is told when it does not."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from rapport.columns import COLUMNS
from rapport.data import Data, load
from rapport.errors import DataError
from rapport.paths import Paths

RESOURCES = (
    "avvik", "deltakere", "deltakere_kjennetegn", "disposisjon", "egenvurdering", "formaal", "forskning",
    "informanter", "kjede_varighet", "kjeder", "litteratur", "opplysninger", "ordliste", "varighetsregler",
    "vignett_begrunnelser", "vignett_vurderinger", "vignetter", "virkningskjeder",
)  # fmt: skip

# What a slip of the hand looks like: file, what stands there, what is written instead.
SLIPS = {
    "a space in a number": ("deltakere.csv", "2022,5515,", "2022,5 515,"),
    "a decimal comma in quotes": ("formaal.csv", ",1,38,oppgitt", ',1,"38,5",oppgitt'),
    "a decimal comma without quotes": ("formaal.csv", ",1,38,oppgitt", ",1,38,5,oppgitt"),
    "a negative count": ("deltakere.csv", "2022,5515,", "2022,-5515,"),
    "a share over a hundred": ("formaal.csv", ",1,38,oppgitt", ",1,138,oppgitt"),
    "a misspelled basis": ("formaal.csv", ",1,38,oppgitt", ",1,38,opgitt"),
    "a source of another form": ("deltakere.csv", '"2.3, linje 606-607"', "side 7"),
    "a code with a capital": ("formaal.csv", "2021,arbeidserfaring", "2021,Arbeidserfaring"),
    "neither true nor false": ("vignetter.csv", ",false,true,nei,,12", ",nei,true,nei,,12"),
    "the same key twice": ("deltakere.csv", "2018,", "2017,"),
    "a key that no row of the other table has": ("vignett_vurderinger.csv", "6,ikke_aktuell", "5,ikke_aktuell"),
    "a group that does not exist": ("informanter.csv", "undergruppe,veiledere,12", "undergruppe,veilederne,12"),
    "an age that its mark contradicts": ("vignetter.csv", "1,Atle,24,", "1,Atle,30,"),
    "a blank row": ("deltakere.csv", "2018,,", "\n2018,,"),
    "a value that is ukjent": ("deltakere.csv", "2018,,ukjent", "2018,9000,ukjent"),
    "no value, and not ukjent": ("deltakere.csv", "2022,5515,oppgitt", "2022,,oppgitt"),
    "no basis": ("deltakere.csv", "2022,5515,oppgitt", "2022,5515,"),
    "purposes over a hundred": ("formaal.csv", ",1,38,oppgitt", ",1,48,oppgitt"),
    "purposes under a hundred": ("formaal.csv", ",1,38,oppgitt", ",1,36,oppgitt"),
    "a numerator over its denominator": (
        "deltakere_kjennetegn.csv",
        "kvinner,Kvinner,1,53,100",
        "kvinner,Kvinner,1,153,100",
    ),
    "a trait under a hundred": ("deltakere_kjennetegn.csv", "kvinner,Kvinner,1,53,100", "kvinner,Kvinner,1,50,100"),
    "assessments that are not all asked": ("vignett_vurderinger.csv", "med forbehold,8,", "med forbehold,7,"),
    "more assessments than were asked": (
        "vignett_vurderinger.csv",
        "6,ikke_aktuell,Ikke aktuell,3",
        "6,ikke_aktuell,Ikke aktuell,12",
    ),
    "a direction that is none": ("forskning.csv", "Jobb etterpå,ingen,", "Jobb etterpå,uklar,"),
    "a study that is not in the literature": (
        "forskning.csv",
        "zhang2016-jobb,zhang2016,",
        "zhang2016-jobb,zhang2017,",
    ),
    "a study of two designs": ("forskning.csv", "7,Spørreundersøkelse,virksomheter", "7,Intervjuer,virksomheter"),
    "a difference that is not told": (
        "forskning.csv",
        '"Sammendraget kaller effekten beskjeden, for tiltakene samlet."',
        "",
    ),
    "a critique from nobody": ("forskning.csv", ",rygh2018,", ",,"),
    "a finding checked in a work not found": (
        "forskning.csv",
        "kan bli en belastning.,,,ikke_bekreftet",
        "kan bli en belastning.,,,bekreftet",
    ),
    "a work not found and yet confirmed": (
        "litteratur.csv",
        "nav2022,NAV 2022,2022,ikke_bekreftet",
        "nav2022,NAV 2022,2022,bekreftet",
    ),
    "a chain of a purpose that does not exist": ("kjeder.csv", ",spraakopplaering,6", ",sprakopplaering,6"),
    "two chains in one place": ("kjeder.csv", ",arbeidserfaring,3", ",arbeidserfaring,2"),
    "a link in another place": ("virkningskjeder.csv", "fagbrev,avklaringer,2", "fagbrev,avklaringer,3"),
    "bounds the wrong way round": ("kjede_varighet.csv", ",for eksempel,6,,", ",for eksempel,6,3,"),
    "a bound that the words do not say": ("kjede_varighet.csv", ",helst,,3,", ",helst,,4,"),
    "a duration for all and for one group": ("kjede_varighet.csv", "fagbrev,unge", "fagbrev,alle"),
    "parts over their whole": ("informanter.csv", "undergruppe,veiledere,12", "undergruppe,veiledere,13"),
}


@pytest.fixture
def package(paths: Paths, tmp_path: Path) -> Path:
    """A copy of data/ that a test may break."""
    return Path(shutil.copytree(paths.data, tmp_path / "data"))


def change(package: Path, file: str, old: str, new: str) -> str:
    """Write `new` for the first `old`; the changed cells with a little of the line around them."""
    text = (package / file).read_text(encoding="utf-8")
    assert old in text
    start = text.index(old)
    changed = text.replace(old, new, 1)
    (package / file).write_text(changed, encoding="utf-8")
    end = start + len(new)
    before, after = changed[:start].rpartition("\n")[2], changed[end:].partition("\n")[0]
    return f"{'…' * (len(before) > 30)}{before[-30:]}{new}{after[:30]}{'…' * (len(after) > 30)}"


def describe(package: Path, mend: Callable[[dict], object]) -> None:
    """Change datapackage.json."""
    path = package / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    mend(descriptor)
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def told(package: Path) -> str:
    """What a user is told about the package."""
    with pytest.raises(DataError) as caught:
        load(package)
    return str(caught.value)


def resource(descriptor: dict, name: str) -> dict:
    return next(item for item in descriptor["resources"] if item["name"] == name)


def first_field(descriptor: dict) -> dict:
    return resource(descriptor, "deltakere")["schema"]["fields"][0]


# The good package.


def test_every_cell_arrives_as_it_stands_in_the_file(data: Data, raw: Callable[[str], pd.DataFrame]) -> None:
    """Loading loses no row, no column and no value, and turns only empty cells into missing ones."""
    assert sorted(data.frames) == sorted(RESOURCES)
    for name in RESOURCES:
        cells = raw(name)
        assert list(data[name].columns) == list(cells.columns)
        for column in cells:
            loaded = ["" if pd.isna(value) else value for value in data[name][column]]
            same = [
                value == (text if isinstance(value, str) else _typed(text))
                for value, text in zip(loaded, cells[column], strict=True)
            ]
            assert all(same), f"{name}.{column}"


def _typed(text: str) -> object:
    return {"true": True, "false": False}[text] if text in ("true", "false") else float(text)


def test_types_are_those_of_the_schema(data: Data) -> None:
    """Numbers are numbers, truth is truth and text is text, all of them able to be missing."""
    assert str(data["deltakere"]["antall"].dtype) == "Int64"
    assert str(data["formaal"]["andel_prosent"].dtype) == "Float64"
    assert str(data["vignetter"]["innvandrer"].dtype) == "boolean"
    assert str(data["vignetter"]["navn"].dtype) == "string"


def test_the_text_na_is_text(package: Path) -> None:
    """A note that reads "NA" is not taken for a missing value."""
    change(package, "deltakere.csv", "Sammendraget runder av til 5 500.", "NA")
    assert load(package)["deltakere"]["merknad"].iloc[-1] == "NA"


def test_a_file_saved_by_excel_still_loads(package: Path, data: Data) -> None:
    """A byte-order mark and Windows line ends change no value."""
    path = package / "deltakere.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(load(package)["deltakere"], data["deltakere"])


def test_a_key_that_no_row_has_is_told(data: Data) -> None:
    """Asking for a row that is gone names the file and the key."""
    with pytest.raises(DataError, match=r'data/deltakere\.csv: found "0 rows with aar=1999"'):
        data.cell("deltakere", "antall", aar=1999)


# One slip at a time.


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_remedy(slip: str, package: Path, snapshot: object) -> None:
    """Each kind of slip is told with file, row, column, what was found, what was expected and how to mend it."""
    written = change(package, *SLIPS[slip])
    assert f"{SLIPS[slip][0]}:\n{written}\n\n{told(package)}" == snapshot


def test_a_share_without_its_denominator_is_told(package: Path) -> None:
    """A numerator alone is no share; the missing denominator is told like any missing value."""
    change(package, "deltakere_kjennetegn.csv", "kvinner,Kvinner,1,53,100", "kvinner,Kvinner,1,53,")
    assert 'data/deltakere_kjennetegn.csv, row 5, column "nevner"' in told(package)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("virkningskjeder.csv", "fagbrev, without onsket_utvikling in data/virkningskjeder.csv"),
        ("kjede_varighet.csv", "fagbrev, with no row in data/kjede_varighet.csv"),
    ],
)
def test_a_chain_that_lacks_rows_is_told(file: str, said: str, package: Path) -> None:
    """A chain needs all its links and a duration; what is missing is named at the chain's own row."""
    table = pd.read_csv(package / file, dtype=str, keep_default_na=False)
    gone = table["kjede"] == "fagbrev"
    if "ledd" in table:
        gone &= table["ledd"] == "onsket_utvikling"
    table[~gone].to_csv(package / file, index=False)
    assert f'data/kjeder.csv, row 6, column "kjede": found "{said}"' in told(package)


@pytest.mark.parametrize(
    ("file", "lost", "place"),
    [
        ("deltakere.csv", ["2018"], 'row 3, column "aar": found "2019, next after 2017"'),
        ("deltakere.csv", ["2019", "2020"], 'row 4, column "aar": found "2021, next after 2018"'),
        ("formaal.csv", ["2021,annet"], 'row 7, column "rekkefolge": found "7", expected 6'),
        ("deltakere_kjennetegn.csv", ["2022,status,arbeidssoker"], 'row 3, column "rekkefolge": found "3", expected 2'),
    ],
)
def test_a_row_that_a_series_lacks_is_told(file: str, lost: list[str], place: str, package: Path) -> None:
    """A row whose value nobody can read changes no sum; without it no figure would say that it is unknown."""
    lines = (package / file).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f"{start}," for start in lost))]
    assert len(lines) - len(kept) == len(lost)
    (package / file).write_text("".join(kept), encoding="utf-8")
    message = told(package)
    assert f"data/{file}, {place}" in message
    assert "grunnlag = ukjent" in message


def test_a_series_may_go_on(package: Path) -> None:
    """A further year is no gap."""
    with (package / "deltakere.csv").open("a", encoding="utf-8") as file:
        file.write('2023,5000,oppgitt,"2.3, linje 607-608",\n')
    assert load(package)["deltakere"]["aar"].tolist()[-1] == 2023


def test_a_lost_share_may_be_filled_in(package: Path) -> None:
    """When one of the lost purposes is found, writing it in its cell is all there is to do."""
    change(package, "formaal.csv", "kategori,tre_ovrige,4,,ukjent", "kategori,tre_ovrige,4,8,oppgitt")
    found = load(package)["formaal"].set_index("formaal")["andel_prosent"]
    assert found["fagbrev"] == 8


# Whole files.


def test_a_missing_column_is_named_and_nothing_else_is_blamed(package: Path) -> None:
    """Without the column antall the message is about antall, not about the columns that slid into its place."""
    table = pd.read_csv(package / "deltakere.csv", dtype=str, keep_default_na=False)
    table.drop(columns="antall").to_csv(package / "deltakere.csv", index=False)
    message = told(package)
    assert 'data/deltakere.csv, row 1, column "antall": found "no such column"' in message
    assert 'column "merknad"' not in message


def test_a_further_column_is_named(package: Path) -> None:
    """A column that the schema does not know is told by its name."""
    table = pd.read_csv(package / "deltakere.csv", dtype=str, keep_default_na=False)
    table.assign(ekstra="x").to_csv(package / "deltakere.csv", index=False)
    assert 'data/deltakere.csv, row 1, column "ekstra": found "ekstra", expected only the columns' in told(package)


def test_a_renamed_column_is_named(package: Path) -> None:
    """A column under another name is told by both names."""
    change(package, "deltakere.csv", "aar,antall,", "aar,tall,")
    assert 'data/deltakere.csv, row 1, column "tall": found "tall"' in told(package)


def test_a_missing_file_is_named_without_the_machine_s_own_words(package: Path) -> None:
    """A CSV that is gone is named as a user types it, with no error number and no folder of this machine."""
    (package / "deltakere.csv").unlink()
    message = told(package)
    assert "data/deltakere.csv" in message
    assert "put it back" in message
    assert str(package) not in message
    assert "Errno" not in message


def test_semicolons_between_columns_are_told_as_such(package: Path) -> None:
    """A CSV saved with semicolons is told to be so in one fault, not in one for every cell."""
    path = package / "varighetsregler.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.to_csv(path, index=False, sep=";")
    message = told(package)
    assert "data/varighetsregler.csv" in message
    assert "separated by semicolons" in message
    assert message.count("To mend it") == 1


def test_latin_1_is_told(package: Path) -> None:
    """A CSV in Windows' or Latin-1 encoding is told to be saved as UTF-8."""
    path = package / "informanter.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252", errors="replace"))
    message = told(package)
    assert message.startswith("data/informanter.csv, row ")
    assert message.endswith("save the file again as CSV UTF-8")


@pytest.mark.parametrize(
    "rest", ["", "gruppe,navn,rekkefolge,metode,rolle,overgruppe,antall,enhet,rekruttering,grunnlag,kilde,merknad\n"]
)
def test_a_file_without_rows_is_told(rest: str, package: Path) -> None:
    """An empty file, or a header alone, is an error: a table that lost its rows must not pass for a table."""
    (package / "informanter.csv").write_text(rest, encoding="utf-8")
    message = told(package)
    assert "data/informanter.csv" in message
    assert "expected a header and rows" in message or "expected rows" in message


def test_all_faults_are_told_at_once(package: Path) -> None:
    """Faults in several rows and files come in one message, so that one round of mending is enough."""
    change(package, "deltakere.csv", "2017,14986", "2017,-3")
    change(package, "deltakere.csv", "2022,5515", "2022,5 515")
    change(package, "formaal.csv", ",1,38,oppgitt", ",1,38,opgitt")
    message = told(package)
    assert message.count("To mend it") == 3
    assert all(part in message for part in ('"-3"', '"5 515"', '"opgitt"'))


def test_all_broken_sums_are_told_at_once(package: Path) -> None:
    """Broken arithmetic in several tables comes in one message too."""
    change(package, "deltakere.csv", "2018,,ukjent", "2018,9000,ukjent")
    change(package, "formaal.csv", ",1,38,oppgitt", ",1,48,oppgitt")
    change(package, "informanter.csv", "undergruppe,veiledere,12", "undergruppe,veiledere,13")
    message = told(package)
    assert message.count("To mend it") == 3
    assert all(f"data/{name}.csv" in message for name in ("deltakere", "formaal", "informanter"))


# The descriptor.


@pytest.mark.parametrize("path", ["../deltakere.csv", "/etc/hostname", "under/../../deltakere.csv"])
def test_a_path_may_not_leave_data(path: str, package: Path) -> None:
    """The package reads nothing outside data/."""
    describe(package, lambda whole: resource(whole, "deltakere").update(path=path))
    message = told(package)
    assert message.startswith("data/datapackage.json: ")
    assert f'found "resources.deltakere.path: "{path}"", expected the name of a CSV in data/ itself' in message


def test_an_address_is_refused_before_anything_is_fetched(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resource on the network is refused as a path outside data/, and nobody is called."""
    called: list[object] = []

    def call(_socket: socket.socket, address: object) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", call)
    describe(package, lambda whole: resource(whole, "deltakere").update(path="http://127.0.0.1:9/deltakere.csv"))
    message = told(package)
    assert called == []
    assert message.startswith("data/datapackage.json: ")


def test_broken_json_is_told_with_its_place(package: Path) -> None:
    """A slip in datapackage.json is told with line and column."""
    change(package, "datapackage.json", '"version": "1', '"version" "1')
    message = told(package)
    assert message.startswith("data/datapackage.json: ")
    assert "line " in message
    assert message.endswith("correct the JSON at that place")


def test_a_missing_descriptor_is_told(package: Path) -> None:
    """Without datapackage.json the message says which file to put back."""
    (package / "datapackage.json").unlink()
    assert 'data/datapackage.json: found "no such file"' in told(package)


@pytest.mark.parametrize(
    "mend",
    [
        pytest.param(lambda whole: whole["resources"].remove(resource(whole, "deltakere")), id="a table left out"),
        pytest.param(lambda whole: whole.update(resources=[]), id="no tables"),
        pytest.param(lambda whole: whole.pop("version"), id="no version"),
        pytest.param(lambda whole: resource(whole, "deltakere").pop("schema"), id="no schema"),
        pytest.param(lambda whole: first_field(whole).update(type="year"), id="another type"),
    ],
)
def test_a_descriptor_that_lacks_something_is_told(mend: Callable[[dict], object], package: Path) -> None:
    """What the report needs of datapackage.json is asked for in words, never met with a traceback."""
    describe(package, mend)
    assert "data/datapackage.json" in told(package)


@pytest.mark.parametrize(("name", "column"), [("formaal", "andel_prosent"), ("opplysninger", "beskrivelse")])
def test_a_column_renamed_everywhere_is_told_by_the_name_that_the_code_reads(name: str, column: str, package: Path):
    """CSV and schema agree, and yet the code has a name that neither knows: table, column and remedy are told."""
    for file in (f"{name}.csv", "datapackage.json"):
        path = package / file
        path.write_text(path.read_text(encoding="utf-8").replace(column, f"{column}_ny"), encoding="utf-8")
    message = told(package)
    assert message.startswith(f'data/datapackage.json: found "no {column} in {name}", expected every column that')
    assert f"git grep -w {column} scripts/" in message
    assert message.count("To mend it") == 1


def test_the_columns_that_the_code_reads_are_described(data: Data):
    """And all that are described are read, but for remarks and a few that only the codebook and the downloads show."""
    described = {name: {field["name"] for field in resource(data.descriptor, name)["schema"]["fields"]}
                 for name in RESOURCES}  # fmt: skip
    unread = {(name, column) for name in RESOURCES for column in described[name] - {*COLUMNS[name]} - {"merknad"}}
    assert [name for name in RESOURCES if not described[name] >= {*COLUMNS[name]}] == []
    assert unread == {
        ("disposisjon", "tittel"), ("disposisjon", "type"), ("forskning", "kilde"), ("forskning", "utfall"),
        ("informanter", "rekruttering"), ("litteratur", "kilde"), ("vignetter", "kjonn"),
        ("vignetter", "nedsatt_arbeidsevne"), ("vignetter", "overskrift"), ("vignetter", "situasjon"),
        ("vignetter", "testet"),
    }  # fmt: skip


# On the command line.


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("deltakere.csv", "2022,5515,", "2022,5 515,"),
        ("formaal.csv", ",1,38,oppgitt", ",1,48,oppgitt"),
        ("datapackage.json", '"name": "arbeidstrening",', '"name": "arbeidstrening"'),
    ],
)
def test_broken_data_stops_the_command_before_anything_is_written(
    file: str, old: str, new: str, project: Path, rapport: Callable
) -> None:
    """The command says what is wrong, without a traceback, ends with status 2 and leaves figures/ as it was."""
    change(project / "data", file, old, new)
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (project / "figures").iterdir()}
    done = rapport("figures", cwd=project)
    assert done.returncode == 2
    assert f"data/{file}" in done.stderr
    assert "1 error; nothing was written." in done.stderr
    assert "Traceback" not in done.stderr
    assert {
        path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (project / "figures").iterdir()
    } == before
