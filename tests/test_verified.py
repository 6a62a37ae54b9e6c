"""The record of a verification, and what a page may say of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rapport.book import load_book
from rapport.engine.check import read_sources
from rapport.engine.facts import build_facts
from rapport.pages.verdicts import item_verdict, numbers_verdict
from rapport.pages.verification import LAYERS, verification_text
from rapport.paths import Paths
from rapport.verified import CHANGED, FILE, NEW, NUMBERS, SAME, digests, hashes, read_record, record_text, states
from rapport.verify.verdicts import LAYERS as VERIFIED

KEY = "fig-formaal"


@pytest.fixture(scope="module")
def files(paths: Paths) -> dict[str, str]:
    """figures/ as committed, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in paths.figures.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def sources(paths: Paths) -> dict[str, str]:
    """The chapters' text by file."""
    return read_sources(paths, load_book(paths))


@pytest.fixture
def recorded(project: Path, files: dict[str, str], sources: dict[str, str]) -> Path:
    """A copy of the project with a record of just what it holds."""
    manifest = json.loads(files["manifest.json"])
    record = {
        "date": "2026-11-25", "commit": "abc1234", "data_version": "1.0.0", "tools": {"pandas": "3.0"},
        "layers": dict.fromkeys(VERIFIED, 7), "sha256": digests(manifest, hashes(files), sources),
    }  # fmt: skip
    (project / FILE).write_text(record_text(record), encoding="utf-8")
    return project


def facts(project: Path, files: dict[str, str], sources: dict[str, str]) -> dict:
    paths = Paths(project)
    return build_facts(paths, load_book(paths), sources, files)


def test_what_is_as_recorded_is_verified(recorded: Path, files: dict[str, str], sources: dict[str, str]):
    """Every figure, and the register, with the date of the record."""
    found = facts(recorded, files, sources)
    assert set(found["states"].values()) == {SAME}
    assert item_verdict(found, KEY) == "Etterprøvd 25. november 2026 uten avvik, og ikke endret siden."
    assert "25. november 2026. De er ikke endret siden" in numbers_verdict(found)


@pytest.mark.parametrize("name", [f"{KEY}.csv", f"{KEY}.svg", f"{KEY}.smal.svg", f"{KEY}.vl.json", f"{KEY}.html"])
def test_a_figure_with_any_file_changed_is_not_verified(
    recorded: Path, files: dict[str, str], sources: dict[str, str], name: str
):
    """One letter of one file of it takes the word from this figure and from no other."""
    found = facts(recorded, {**files, name: files[name] + "x"}, sources)
    assert [key for key, state in found["states"].items() if state != SAME] == [KEY]
    assert item_verdict(found, KEY).startswith("Ikke etterprøvd siden den ble endret.")


def test_changed_data_reach_what_is_made_of_them(recorded: Path, files: dict[str, str], sources: dict[str, str]):
    """Another hash of a CSV in the manifest: the file itself, and each item that names it among its data."""
    manifest = json.loads(files["manifest.json"])
    manifest["data"]["formaal"] = "0" * 64
    for item in manifest["items"].values():
        if "formaal" in item["inputs"]:
            item["inputs"]["formaal"] = "0" * 64
    found = facts(recorded, {**files, "manifest.json": json.dumps(manifest)}, sources)
    changed = {key for key, state in found["states"].items() if state == CHANGED}
    using = {key for key, item in manifest["items"].items() if "formaal" in item["inputs"]}
    assert changed == using | {"data/formaal.csv"} and KEY in changed and "fig-deltakere" not in changed


def test_changed_numbers_and_chapters_are_named(recorded: Path, files: dict[str, str], sources: dict[str, str]):
    """The appendix lists what is not as it was verified."""
    changed = {**sources, "chapters/07-drofting.qmd": sources["chapters/07-drofting.qmd"] + "\nNy setning.\n"}
    found = facts(recorded, {**files, NUMBERS: "{}"}, changed)
    said = verification_text(json.loads(files["manifest.json"]), found).replace("\\", "")
    assert "kapitlet «Drøfting" in said and "og tallregisteret" in said
    assert "ikke etterprøvd" in said


RECORD = {"date": "2026-11-25", "commit": "a", "data_version": "1", "tools": {}, "layers": {}, "sha256": {}}
OTHER = {"date": "i går", "commit": 12, "data_version": None, "tools": ["pandas"], "layers": [], "sha256": None}
BROKEN = ['{"date": "2026-11-25"}', "[" * 100_000, *(json.dumps({**RECORD, key: OTHER[key]}) for key in OTHER)]


def test_nothing_is_said_without_a_record(project: Path, files: dict[str, str], sources: dict[str, str]):
    """No record, a broken one and one that is no record are the same: nothing was verified."""
    for text in (None, "{", "[]", *BROKEN, "\xff"):
        (project / FILE).unlink(missing_ok=True)
        if text is not None:
            (project / FILE).write_bytes(text.encode("latin-1"))
        assert read_record(project) is None
        found = facts(project, files, sources)
        assert item_verdict(found, KEY) == "Ikke etterprøvd ennå."
        assert "25. november" not in verification_text(json.loads(files["manifest.json"]), found)


def test_a_figure_that_the_record_does_not_know_is_not_verified():
    """A new figure has no hash in it."""
    record = {"sha256": {"a": "1", "b": "2"}}
    assert states(record, {"a": "1", "b": "3", "c": "4"}) == {"a": SAME, "b": CHANGED, "c": NEW}


def test_every_layer_is_told_of(recorded: Path, files: dict[str, str], sources: dict[str, str]):
    """The appendix explains each of the layers that verification has, with how much it compared, and the versions."""
    assert list(LAYERS) == list(VERIFIED)
    said = verification_text(json.loads(files["manifest.json"]), facts(recorded, files, sources))
    assert said.count("kontrollert\\)") + said.count("(7 kontrollert)") == len(VERIFIED)
    assert "`pandas 3.0`" in said and "`abc1234`" in said
