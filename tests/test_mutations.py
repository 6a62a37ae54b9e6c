"""The data package changed at random: either all that is wrong is told, or every number follows from its own cells.

A few changes in each run of the tests; as many as wanted, and others each time, with RAPPORT_MUTATIONS=5000.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from rapport.data import Data, load
from rapport.design import load_tokens
from rapport.errors import RapportError
from rapport.figures import builders, diagrams
from rapport.listings import BUILDERS as LISTINGS
from rapport.mishaps import told
from rapport.numbers import register
from rapport.paths import Paths
from rapport.records import Cell, Number
from rapport.tables import BUILDERS as TABLES

ASKED = os.environ.get("RAPPORT_MUTATIONS", "")
PROFILE = settings(
    max_examples=int(ASKED or 60), derandomize=not ASKED, deadline=None, database=None,
    suppress_health_check=list(HealthCheck), print_blob=True,
)  # fmt: skip
JUDGED = 10  # of so many packages that are accepted, Frictionless judges one: it takes longer than all the rest

Table = list[list[str]]
Raw = dict[str, list[dict[str, str]]]
Mutation = Callable[[bytes], bytes]

# What people and programs write in cells.
TEXTS = st.one_of(
    st.sampled_from([
        "", " ", "0", "1", "-1", "00", "1e3", "nan", "inf", "1,5", "1.5", "5 515", "5_515", "0x10", "١٢", "9" * 20,
        "true", "TRUE", "ja", "NA", "None", "null", "ukjent", "oppgitt", "avledet", "antatt", "=1+1", "@x",
        "<script>", "a\0b", "a\nb", "a\rb", '"', "'", ",", ";", "\u202e", "\ufeff", "æøå", "2.3, linje 1", "../x",
        "{=html}", "K1", "sec-x",
    ]),
    st.text(max_size=12),
    st.integers(-3, 120).map(str),
)  # fmt: skip
JUNK = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(-2, 9), st.floats(), st.just([]), st.just({}), st.just([1]),
    st.sampled_from(["integer", "number", "string", "boolean", "utf-8", "latin-1", ";", "[", "aar", "vignett"]),
)  # fmt: skip


def rows_of(content: bytes) -> Table:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def written(rows: Table) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", errors="surrogatepass")


@st.composite
def of_cells(draw: st.DrawFn, content: bytes) -> bytes:
    """One cell with another text, or with that of another row."""
    rows = rows_of(content)
    row, column = draw(st.integers(1, len(rows) - 1)), draw(st.integers(0, len(rows[0]) - 1))
    other = rows[draw(st.integers(1, len(rows) - 1))][column]
    nudged = [str(int(other) + step) for step in (-1, 1, 10)] if other.isdecimal() else []
    rows[row][column] = draw(st.one_of(st.just(other), st.sampled_from(nudged or [other]), TEXTS))
    return written(rows)


@st.composite
def of_rows(draw: st.DrawFn, content: bytes) -> bytes:
    """A row taken out, put in twice, moved, or made up."""
    header, *rows = rows_of(content)
    at, to = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows)))
    kind = draw(st.sampled_from(["out", "twice", "moved", "new", "half"]))
    row = rows.pop(at) if kind in ("out", "moved") else rows[at]
    if kind == "new":
        row = [draw(TEXTS) for _ in row]
    if kind != "out":
        rows.insert(min(to, len(rows)), row[: len(row) // 2] if kind == "half" else row)
    return written([header, *rows])


@st.composite
def of_columns(draw: st.DrawFn, content: bytes) -> bytes:
    """A column taken out, put in twice, moved or renamed."""
    rows = rows_of(content)
    at, to = draw(st.integers(0, len(rows[0]) - 1)), draw(st.integers(0, len(rows[0]) - 1))
    kind = draw(st.sampled_from(["out", "twice", "moved", "renamed"]))
    if kind == "renamed":
        return written([[*rows[0][:at], draw(TEXTS), *rows[0][at + 1 :]], *rows[1:]])
    for row in rows:
        cell = row[at] if kind == "twice" else row.pop(at)
        if kind != "out":
            row.insert(to, cell)
    return written(rows)


@st.composite
def of_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes taken out, put in or changed anywhere; or the end cut off."""
    at, length = draw(st.integers(0, len(content))), draw(st.integers(0, 4))
    put = draw(st.one_of(st.binary(max_size=3), st.sampled_from([b",", b'"', b"\n", b"\r", b";", b"\0", b"0", b"-"])))
    return content[:at] if draw(st.integers(0, 9)) == 0 else content[:at] + put + content[at + length :]


def places(value: object, place: tuple = ()) -> Iterator[tuple]:
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*place, key))


@st.composite
def of_json(draw: st.DrawFn, content: bytes) -> bytes:
    """A property or an entry of datapackage.json taken out, put in twice or replaced."""
    whole = json.loads(content)
    *steps, last = draw(st.sampled_from([place for place in places(whole) if place]))
    holder = whole
    for step in steps:
        holder = holder[step]
    kind = draw(st.sampled_from(["out", "twice", "replaced", "replaced"]))
    if kind == "replaced":
        holder[last] = draw(JUNK)
    elif kind == "twice" and isinstance(holder, list):
        holder.append(holder[last])
    elif kind == "twice":
        holder[f"{last}2"] = holder[last]
    else:
        del holder[last]
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", errors="surrogatepass")


@st.composite
def mutated(draw: st.DrawFn, files: dict[str, bytes]) -> dict[str, bytes]:
    """One to three changes of the package's files."""
    changed: dict[str, bytes] = {}
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        name = draw(st.sampled_from(sorted(files)))
        kinds = [of_bytes, of_json] if name.endswith(".json") else [of_cells, of_cells, of_rows, of_columns, of_bytes]
        if name not in changed:  # what is broken already is not read again
            changed[name] = draw(draw(st.sampled_from(kinds))(files[name]))
    return changed


@contextmanager
def changed_files(folder: Path, changes: dict[str, bytes], files: dict[str, bytes]) -> Iterator[None]:
    """The package with these files, put back afterwards."""
    try:
        for name, content in changes.items():
            (folder / name).write_bytes(content)
        yield
    finally:
        for name in changes:
            (folder / name).write_bytes(files[name])


def raw(folder: Path) -> Raw:
    """The cells as text, read by the library alone, by table."""
    tables = {}
    for path in folder.glob("*.csv"):
        header, *rows = rows_of(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        tables[path.stem] = [dict(zip(header, row, strict=True)) for row in rows]
    return tables


def row_of(cell: Cell, tables: Raw) -> dict[str, str]:
    """The row that a number's cell stands in; empty when there is no such row."""
    wanted = dict(pair.split("=", 1) for pair in cell.key.split(", "))
    rows = [row for row in tables[cell.resource] if all(row[name] == value for name, value in wanted.items())]
    return rows[0] if len(rows) == 1 else {}


def text_of(cell: Cell, tables: Raw) -> str | None:
    """What stands in a number's cell; None when there is no such row."""
    return row_of(cell, tables).get(cell.column)


def outcome(folder: Path, use: Callable[[Data], object]) -> tuple[Data, object] | str:
    """The data and what is made of them, or what a user is told."""
    try:
        data = load(folder)
        return data, use(data)
    except RapportError as error:
        return str(error)
    except Exception as error:  # the command line tells it so
        return str(told(error))


def value_of(text: str) -> float | None:
    """The value of a cell as Python reads it; what counts but is no number has none."""
    try:
        return {"true": 1.0, "false": 0.0}[text] if text in ("true", "false") else float(text)
    except ValueError:
        return None


def explained(key: str, before: dict[str, Number], after: dict[str, Number], was: Raw, now: Raw) -> bool:
    """Whether a row that a number is read from changed: its value, its unit, or what makes it count."""
    cells = {cell for numbers in (before, after) if key in numbers for cell in numbers[key].cells}
    return any(row_of(cell, was) != row_of(cell, now) for cell in cells)


def shown(number: Number | None) -> object:
    return number and (number.value, number.unit, number.decimals, number.basis)


def check(before: dict[str, Number], after: dict[str, Number], was: Raw, now: Raw) -> None:
    """Every number holds what its cells say, and changed only with them."""
    for number in after.values():
        for cell in number.cells:
            text = text_of(cell, now)
            assert text is not None, cell
            assert cell.value == value_of(text), cell
    for key in before.keys() | after.keys():
        if shown(before.get(key)) != shown(after.get(key)):
            assert explained(key, before, after, was, now), key


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, paths: Paths) -> Path:
    return Path(shutil.copytree(paths.data, tmp_path_factory.mktemp("mutations") / "data"))


def test_a_random_change_is_told_or_followed(package: Path, numbers: dict[str, Number]):
    """Never a traceback: a message that names a file, or numbers that changed with their cells alone."""
    files = {path.name: path.read_bytes() for path in package.iterdir() if path.suffix in (".csv", ".json")}
    was, tally = raw(package), Counter()

    @PROFILE
    @given(mutated(files))
    def run(changes: dict[str, bytes]) -> None:
        note(str({name: content[-300:] for name, content in changes.items()}))
        with changed_files(package, changes, files):
            found = outcome(package, register)
            tally["tried"] += 1
            if isinstance(found, str):
                tally["told"] += 1
                assert "data/" in found, found
                assert "To mend it: " in found
                return
            tally["accepted"] += 1
            check(numbers, found[1], was, raw(package))  # type: ignore[arg-type]
            if tally["accepted"] % JUDGED == 1:
                assert Package(str(package / "datapackage.json")).validate().valid

    run()
    print(dict(tally))
    assert min(tally["told"], tally["accepted"]) > tally["tried"] / 20  # both happen, or nothing is tested


def published(data: Data, paths: Paths) -> dict[str, tuple[tuple[str, ...], object]]:
    """What every figure, table, diagram and listing reads and shows, undrawn."""
    made, tokens, numbers = {}, load_tokens(paths.theme), register(data)
    builds = [partial(build, data, tokens) for build in builders(data)]
    builds += [partial(build, data, numbers) for build in TABLES]
    builds += [partial(build, data) for build in [*diagrams(data), *LISTINGS]]
    for build in builds:
        item = build()
        content = item.body if hasattr(item, "body") else item.table.to_csv()
        made[item.key] = (item.inputs, content)
    return made


@pytest.mark.skipif(not ASKED, reason="takes seconds a change: set RAPPORT_MUTATIONS=500 to try it")
def test_no_figure_changes_without_its_tables(package: Path, paths: Paths):
    """A figure, table or listing that shows something else reads a table that was changed, or the descriptor."""
    files = {path.name: path.read_bytes() for path in package.iterdir() if path.suffix in (".csv", ".json")}
    before, tally = published(load(package), paths), Counter()

    @settings(PROFILE, max_examples=max(1, int(ASKED or 1) // 10))
    @given(mutated(files))
    def run(changes: dict[str, bytes]) -> None:
        with changed_files(package, changes, files):
            found = outcome(package, partial(published, paths=paths))
            tally["told" if isinstance(found, str) else "accepted"] += 1
            if isinstance(found, str):
                assert "data/" in found, found
                return
            for key, (inputs, content) in found[1].items():  # type: ignore[attr-defined]
                touched = {name.partition(".")[0] for name in changes} & {*inputs, "datapackage"}
                assert before.get(key, ((), ""))[1] == content or touched, key

    run()
    print(dict(tally))
