"""Every mistake a person makes in data/: one clear message each, all of them at once, and nothing written."""

from __future__ import annotations

import doctest
import gzip
import json
import os
import re
import shutil
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from syrupy.assertion import SnapshotAssertion

from conftest import Run
from rapport import errors, json_text, legible, written
from rapport.data import Data, load
from rapport.errors import DataError, Fault, Place
from rapport.files import form_faults
from rapport.json_text import parse
from rapport.paths import Paths

FILE = "deltakere.csv"
ROW = "2022,5515,oppgitt"
Break = Callable[[Path], object]


def instead(old: str, new: str | bytes, file: str = FILE) -> Break:
    """Writes `new` for the first `old` of a file."""
    to = new.encode() if isinstance(new, str) else new

    def mistake(data: Path) -> None:
        content = (data / file).read_bytes()
        assert old.encode() in content
        (data / file).write_bytes(content.replace(old.encode(), to, 1))

    return mistake


def whole(change: Callable[[bytes], bytes], file: str = FILE) -> Break:
    """Changes the whole content of a file."""
    return lambda data: (data / file).write_bytes(change((data / file).read_bytes()))


def cell(text: str) -> Break:
    """Another text in the cell of the participants of 2022, row 7."""
    return instead(ROW, f"2022,{text},oppgitt")


def note(text: str) -> Break:
    """Another text in a note, row 7."""
    return instead("Sammendraget runder av", text)


def columns(**to: str) -> Break:
    """Renames columns, or takes them out when the new name is empty."""

    def mistake(data: Path) -> None:
        table = pd.read_csv(data / FILE, dtype=str, keep_default_na=False)
        table = table.drop(columns=[name for name, new in to.items() if not new]).rename(columns=to)
        table.to_csv(data / FILE, index=False)

    return mistake


def further(data: Path) -> None:
    """One column more."""
    pd.read_csv(data / FILE, dtype=str, keep_default_na=False).assign(ekstra="x").to_csv(data / FILE, index=False)


def linked(to: Path | str) -> Break:
    """A link in place of the file."""

    def mistake(data: Path) -> None:
        shutil.copyfile(data / FILE, data.parent / "andre.csv")
        (data / FILE).unlink()
        (data / FILE).symlink_to(to)

    return mistake


def folder(file: str) -> Break:
    """A folder in place of the file."""
    return lambda data: ((data / file).unlink(), (data / file).mkdir())


def descriptor(mend: Callable[[dict], object]) -> Break:
    """Changes datapackage.json."""

    def mistake(data: Path) -> None:
        content = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        mend(content["resources"][1])
        (data / "datapackage.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    return mistake


def field(**to: object) -> Break:
    """Changes the column aar of the table deltakere in datapackage.json."""
    return descriptor(lambda resource: resource["schema"]["fields"][0].update(to))


JSON = "datapackage.json"
# A mistake; where it is told; words of what was found, what was expected and how to mend it.
MISTAKES: dict[str, tuple[Break, str, str, str, str]] = {
    "semicolons": (whole(lambda c: c.replace(b",", b";")), f"{FILE}, row 1", "semicolons", "commas", "with commas"),
    "tabs": (whole(lambda c: c.replace(b",", b"\t")), f"{FILE}, row 1", "tabs", "commas", "with commas"),
    "vertical lines": (whole(lambda c: c.replace(b",", b"|")), f"{FILE}, row 1", "lines", "commas", "with commas"),
    "semicolons in one row": (instead(ROW, "2022;5515;oppgitt"), f"{FILE}, row 7", "semicolons", "commas", "commas"),
    "decimal comma": (instead(",38,", ',"38,5",', "formaal.csv"), 'formaal.csv, row 2, column "andel_prosent"',
                      "38,5", "decimal point", "write 38.5"),
    "decimal comma, no quotes": (instead(",38,", ",38,5,", "formaal.csv"), "formaal.csv, row 2", "38,5",
                                 "10 cells", "decimals after a point"),
    "thousands apart": (cell("5 515"), f'{FILE}, row 7, column "antall"', "5 515", "without spaces", "write 5515"),
    "a point in thousands": (cell("5.515"), f'{FILE}, row 7, column "antall"', "5.515", "whole", "write 5515"),
    "percent sign": (instead(",38,", ",38 %,", "formaal.csv"), 'formaal.csv, row 2, column "andel_prosent"', "38 %",
                     "a number", "write 38"),
    "UTF-16": (whole(lambda c: c.decode().encode("utf-16")), FILE, "UTF-16", "UTF-8", "CSV UTF-8"),
    "UTF-16 without its mark": (whole(lambda c: c.decode().encode("utf-16-be")), FILE, "UTF-16", "UTF-8", "CSV UTF-8"),
    "UTF-32": (whole(lambda c: c.decode().encode("utf-32")), FILE, "UTF-32", "UTF-8", "CSV UTF-8"),
    "gzip": (whole(gzip.compress), FILE, "compressed with gzip", "UTF-8", "CSV UTF-8"),
    "a workbook": (whole(lambda _: b"PK\3\4" + b"x" * 99), FILE, "an Excel workbook", "UTF-8", "CSV UTF-8"),
    "Latin-1": (whole(lambda c: c.decode().encode("cp1252")), f"{FILE}, row 2", "which is å", "UTF-8", "CSV UTF-8"),
    "saved twice": (whole(lambda c: c.decode().encode().decode("cp1252").encode()), f'{FILE}, row 2, column "merknad"',
                    "Ã", "letters in place of Ã", "write the lost letters"),
    "\\r alone": (whole(lambda c: c.replace(b"\n", b"\r")), f"{FILE}, row 1", "carriage return", "line feed", "save"),
    "missing column": (columns(antall=""), f'{FILE}, row 1, column "antall"', "no such", "aar, antall", "put"),
    "misspelled column": (columns(antall="Antal "), f'{FILE}, row 1, column "Antal "', "Antal", "only", "write antall"),
    "further column": (further, f'{FILE}, row 1, column "ekstra"', "ekstra", "only the columns", "take the column out"),
    "column twice": (instead("kilde,merknad", "kilde,merknad,antall"), f'{FILE}, row 1, column "antall"',
                     "2 times", "once", "take the copy out"),
    "columns in another order": (instead("aar,antall", "antall,aar"), f"{FILE}, row 1", "antall", "order", "order"),
    "double key": (instead("2018,", "2017,"), f'{FILE}, row 3, column "aar"', "as in row 2", "no other", "double row"),
    "double key of two columns": (instead("6,ikke_aktuell", "5,ikke_aktuell", "vignett_vurderinger.csv"),
                                  "vignett_vurderinger.csv, row 20", "as in row 17", "no other row", "double row"),
    "foreign key to nothing": (instead("undergruppe,veiledere,12", "undergruppe,raadgivere,12", "informanter.csv"),
                               'informanter.csv, row 3, column "overgruppe"', "raadgivere", "data/informanter.csv",
                               "add the missing row"),
    "share over 100": (instead(",38,", ",138,", "formaal.csv"), 'formaal.csv, row 2, column "andel_prosent"', "138",
                       "100 or less", "write a value"),
    "shares that make 110": (instead(",38,", ",48,", "formaal.csv"), 'formaal.csv, row 8, column "andel_prosent"',
                             "110 as the sum", "100 per cent", "correct the value"),
    "negative count": (cell("-5515"), f'{FILE}, row 7, column "antall"', "-5515", "0 or more", "write a value"),
    "counts that are not N": (instead("ikke_aktuell,Ikke aktuell,3", "ikke_aktuell,Ikke aktuell,12",
                                      "vignett_vurderinger.csv"), 'vignett_vurderinger.csv, row 20, column "antall"',
                              "as the sum", "caseworkers asked", "correct"),
    "unknown basis": (instead(ROW, "2022,5515,opgitt"), f'{FILE}, row 7, column "grunnlag"', "opgitt", "one of oppgitt",
                      "write one of"),
    "a value that is ukjent": (instead("2018,,ukjent", "2018,9000,ukjent"), f'{FILE}, row 3, column "antall"', "9000",
                               "an empty cell", "empty the cell"),
    "a share that is ukjent": (instead("tre_ovrige,4,,ukjent", "tre_ovrige,4,12,ukjent", "formaal.csv"),
                               'formaal.csv, row 5, column "andel_prosent"', 'found "12"', "empty cell", "empty the"),
    "millions of informants": (instead("undergruppe,veiledere,12", "undergruppe,veiledere,12345678", "informanter.csv"),
                               'informanter.csv, row 4, column "antall"', '"12345690 as the sum', "the 24", "correct"),
    "empty file": (whole(lambda _: b""), FILE, "an empty file", "a header and rows", "git checkout"),
    "blank lines alone": (whole(lambda _: b"\n\n"), FILE, "an empty file", "a header and rows", "git checkout"),
    "header alone": (whole(lambda c: c[: c.index(b"\n") + 1]), FILE, "without rows", "rows", "git checkout"),
    "blank row": (instead("2018,,", "\n2018,,"), f"{FILE}, row 3", "a blank row", "rows with values", "delete the row"),
    "blank rows of a spreadsheet": (whole(lambda c: c + b",,,,\n"), f"{FILE}, row 8", "blank row", "rows", "delete"),
    "commas gone": (instead("2018,,ukjent", "2018,ukjent"), f"{FILE}, row 3", "2018", "5 cells", "put the commas"),
    "quote not closed": (instead(ROW, '2022,"5515,oppgitt'), f"{FILE}, row 7", "double quote", "in pairs", "both ends"),
    "quote not closed, others below": (instead("Kilden sier", '"Kilden sier'), f"{FILE}, row 2", "double quote",
                                       "in pairs", "both ends"),
    "text after a quote": (instead("2018,,ukjent", '2018,,"ukj"ent'), f"{FILE}, row 3", "text after", "pairs", "both"),
    "HTML in a number": (cell("<b>5515</b>"), f'{FILE}, row 7, column "antall"', "<b>", "a whole number", "write a"),
    "formula in a number": (cell("=A1+A2"), f'{FILE}, row 7, column "antall"', "=A1+A2", "whole", "the formula gives"),
    "line break in a cell": (cell('"55\n15"'), f'{FILE}, row 7, column "antall"', r"55\n15", "a line break", "by hand"),
    "line break in a text": (instead("Sammendraget runder av til 5 500.", '"To\nlinjer"'),
                             f'{FILE}, row 7, column "merknad"', r"To\nlinjer", "on one line", "by hand"),
    "tab in a text": (note("Sammen\tdraget"), f'{FILE}, row 7, column "merknad"', r"\t", "without a tab", "by hand"),
    "null byte": (note("Sammen\0draget"), f'{FILE}, row 7, column "merknad"', r"\x00", "a null byte", "by hand"),
    "right-to-left mark": (note("Sammen\u200fdraget"), f'{FILE}, row 7, column "merknad"', r"\u200f", "right-to-left",
                           "by hand"),
    "reading direction turned": (cell("\u202e5515"), f'{FILE}, row 7, column "antall"', r"\u202e", "override", "hand"),
    "terminal codes": (note("\x1b[2JSammen"), f'{FILE}, row 7, column "merknad"', r"\x1b[2J", "U+001B", "by hand"),
    "blanks at the end": (instead(ROW, "2022,5515,oppgitt "), f'{FILE}, row 7, column "grunnlag"', "oppgitt ",
                          "nothing before or after", "write oppgitt"),
    "true in capitals": (instead(",false,true,nei", ",FALSE,true,nei", "vignetter.csv"),
                         'vignetter.csv, row 2, column "innvandrer"', "FALSE", "true or false", "write false"),
    "digits of another script": (cell("\u0665\u0665"), f'{FILE}, row 7, column "antall"', "\u0665", "whole", "write a"),
    "not a number": (instead(",38,", ",nan,", "formaal.csv"), 'formaal.csv, row 2, column "andel_prosent"', "nan", "17",
                     "write a number"),
    "too many digits": (cell("9" * 30), f'{FILE}, row 7, column "antall"', "999", "a whole number", "write a whole"),
    "a very long cell": (cell("9" * 5000), f'{FILE}, row 7, column "antall"', "… (5000 characters)", "whole", "write"),
    "no such file": (lambda data: (data / FILE).unlink(), FILE, "no such file", "a file", "git checkout"),
    "folder instead of file": (folder(FILE), FILE, "a folder", "a file", "move it away"),
    "link out of data/": (linked("../andre.csv"), FILE, "a link to ../andre.csv", "not a link", "put a copy"),
    "link to a device": (linked("/dev/zero"), FILE, "a link to /dev/zero", "not a link", "put a copy"),
    "pipe": (lambda data: ((data / FILE).unlink(), os.mkfifo(data / FILE)), FILE, "a device or pipe", "a file", "move"),
    "a CSV that nobody described": (lambda data: (data / "ny.csv").write_text("a\n1\n"), "ny.csv", "nothing describes",
                                    "datapackage.json", "describe the table"),
    "no descriptor": (lambda data: (data / JSON).unlink(), JSON, "no such file", "a file", "git checkout"),
    "folder for descriptor": (folder(JSON), JSON, "a folder", "a file", "move it away"),
    "JSON with a slip": (instead('"version": "1', '"version" "1', JSON), JSON, "line ", "JSON", "correct the JSON"),
    "JSON in Latin-1": (whole(lambda c: c.decode().encode("cp1252"), JSON), f"{JSON}, row ", "which", "UTF-8", "UTF-8"),
    "JSON without end": (whole(lambda _: b"[" * 99999, JSON), JSON, "brackets", "JSON", "correct the JSON"),
    "JSON that says two things": (instead('"version"', '"version": "9.9.9",\n"version"', JSON), JSON,
                                  "version twice", "JSON", "correct the JSON"),
    "path out of data/": (descriptor(lambda r: r.update(path="../andre.csv")), JSON, "resources.deltakere.path: \"../",
                          "a CSV in data/ itself", "correct the place"),
    "another missing value": (descriptor(lambda r: r["schema"].update(missingValues=["5515"])), JSON, "missingValues",
                              '[""]', "correct the place"),
    "another delimiter": (descriptor(lambda r: r.update(dialect={"delimiter": ";"})), JSON, "dialect.delimiter", '","',
                          "correct the place"),
    "another encoding": (descriptor(lambda r: r.update(encoding="latin-1")), JSON, "encoding", "utf-8", "correct"),
    "data within the descriptor": (descriptor(lambda r: r.update(data=[[1]])), JSON, "data in resources.deltakere",
                                   "only name", "correct the place"),
    "unknown type": (field(type="year"), JSON, "fields.aar.type", "one of integer", "correct the place"),
    "pattern that is none": (field(type="string", constraints={"pattern": "["}), JSON, "pattern", "regular", "correct"),
    "pattern of two hundred thousand letters": (field(type="string", constraints={"pattern": "x" * 200_000}), JSON,
                                                "… (200061 characters)", "at most 1000 characters", "correct"),
    "a file name that steers a terminal": (lambda data: (data / "\x1b[2J\u202e.csv").write_text("a\n1\n"),
                                           r"\x1b[2J\u202e.csv", "nothing describes", "datapackage.json", "describe"),
    "key to a column that is not there": (descriptor(lambda r: r["schema"].update(primaryKey=["ar"])), JSON,
                                          "deltakere.ar", "columns that the table has", "correct the key"),
    "marks in the descriptor": (descriptor(lambda r: r.update(title="a\u202eb")), JSON, r"\u202e", "override", "hand"),
}  # fmt: skip


@pytest.fixture
def package(paths: Paths, tmp_path: Path) -> Path:
    """A copy of data/ that a test may break."""
    return Path(shutil.copytree(paths.data, tmp_path / "data"))


def told(package: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        load(package)
    return caught.value


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_once_with_its_remedy(mistake: str, package: Path, snapshot: SnapshotAssertion):
    """File, row and column, what was found, what was expected, how to mend it: one line, and one for the remedy."""
    make, place, found, expected, remedy = MISTAKES[mistake]
    make(package)
    error = told(package)
    message = str(error)
    assert len(error.faults) == 1 or mistake == "saved twice"  # no fault drags others behind it
    first, *rest = message.split("\n  To mend it: ")
    assert f"data/{place}" in first
    assert found in first.split(", expected ")[0]
    assert expected in first.split(", expected ", 1)[1]
    assert remedy in rest[0].split("\n")[0]
    assert str(package) not in message
    assert message.replace("\n", "").isprintable()
    assert snapshot == message


@pytest.mark.parametrize(
    "harmless",
    [
        whole(lambda c: b"\xef\xbb\xbf" + c),
        whole(lambda c: c.replace(b"\n", b"\r\n")),
        whole(lambda c: b"\xef\xbb\xbf" + c.replace(b"\n", b"\r\n").removesuffix(b"\r\n")),
    ],
    ids=["byte-order mark", "Windows' ends of lines", "both, and none at the end"],
)
def test_what_spreadsheets_add_changes_nothing(harmless: Break, package: Path, data: Data):
    """A byte-order mark and Windows' line ends are read rightly; a number is what it was."""
    harmless(package)
    pd.testing.assert_frame_equal(load(package)["deltakere"], data["deltakere"])


def test_mistakes_of_all_kinds_are_told_together(package: Path):
    """Slips of form, of the schema, of keys and of sums, in five files: one round of mending is enough."""
    instead(",38,", ",48,", "formaal.csv")(package)
    instead(ROW, "2022,5 515,opgitt")(package)
    instead("undergruppe,veiledere,12", "undergruppe,finnes_ikke,12", "informanter.csv")(package)
    (package / "kjeder.csv").write_bytes(b"")
    whole(lambda c: c.replace(b",", b";"), "avvik.csv")(package)
    message = str(told(package))
    files = ("formaal", "deltakere", "informanter", "kjeder", "avvik")
    assert [name for name in files if f"data/{name}.csv" not in message] == []
    assert message.count("To mend it") == 6


def test_a_thousand_faults_are_counted_not_listed(package: Path):
    """Twelve faults of a file are enough to see what is wrong; of the rest their number is told."""
    whole(lambda c: c.replace(b",rapporten,", b",raporten,"), "ordliste.csv")(package)
    error = told(package)
    assert len(error.faults) > 12
    assert str(error).count("To mend it") == 12
    assert str(error).endswith(f"data/ordliste.csv: … and {len(error.faults) - 12} more")


@pytest.mark.parametrize(
    "error",
    [
        Fault(file="a\x1b.csv", expected="b\u202e", remedy="c\x07"),
        Place(file="a\x1b.csv", line=1, problem="b\u202e", remedy="c\x07"),
        "a\x1b.csv: b\u202e\n  To mend it: c\x07",
    ],
)
def test_no_part_of_a_message_steers_a_terminal(error: Fault | Place | str):
    """Names of files and what was expected may come from a file as well as what was found."""
    message = str(DataError(error))
    assert message.replace("\n", "").isprintable()
    assert all(mark in message for mark in (r"a\x1b.csv", r"b\u202e", r"c\x07"))


def test_a_large_file_is_refused_without_reading_it(package: Path):
    """200 MB are told by the size alone: no memory is taken, and no time."""
    with (package / FILE).open("r+b") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    message = str(told(package))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert message.startswith(f'data/{FILE}: found "200.0 MB", expected at most 10.0 MB.')
    assert peak < 20_000_000


@contextmanager
def nobody() -> Iterator[None]:
    """A user without rights, where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_told(paths: Paths):
    """Who may not read a file is told so, with the command that mends it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        data = Path(shutil.copytree(paths.data, Path(name) / "data"))
        (data / FILE).chmod(0)
        with nobody():
            message = str(told(data))
    assert f'data/{FILE}: found "a file that this user may not read"' in message
    assert f"chmod u+r data/{FILE}" in message


@pytest.mark.parametrize("module", [errors, json_text, legible, written])
def test_examples_in_the_code_hold(module: object):
    """What the docstrings show is what happens."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["figures", "render"])
def test_nothing_is_written(command: str, project: Path, rapport: Run):
    """Status 2, every fault, how many; no traceback, and neither figures/ nor the last site is touched."""
    (project / "_site").mkdir()
    (project / "_site" / "index.html").write_text("det forrige", encoding="utf-8")
    cell("5 515")(project / "data")
    folder("kjeder.csv")(project / "data")

    def state() -> dict[str, tuple[int, bytes]]:
        files = [path for path in project.rglob("*") if path.is_file() and ".cache" not in path.parts]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = state()
    done = rapport(command, cwd=project)
    assert done.returncode == 2
    assert re.findall(r"data/\w+\.csv", done.stderr) == ["data/deltakere.csv", "data/kjeder.csv", "data/kjeder.csv"]
    assert "2 errors; nothing was written." in done.stderr
    assert "Traceback" not in done.stderr
    assert state() == before


def test_a_long_cell_is_a_cell():
    """Longer than Python's own reader lets it be, and no quote is missing."""
    assert form_faults("data/a.csv", f"a,b\n{'x' * 200_000},1\n", ["a", "b"]) == []


def test_many_properties_are_read_in_the_time_of_many():
    """Twice as many take twice as long, where once they took four times; the same one twice is told all the same."""
    many = ", ".join(f'"k{number}": 1' for number in range(100_000))
    started = time.monotonic()
    assert len(parse(f"{{{many}}}")) == 100_000
    assert time.monotonic() - started < 10
    with pytest.raises(ValueError, match="the property k7 twice"):
        parse(f'{{{many}, "k7": 2}}')
