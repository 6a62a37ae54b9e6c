"""The manifest and the files it speaks of: what is committed is what the data give, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from rapport.paths import Paths

Raw = Callable[[str], pd.DataFrame]

# Which file each hash of a figure or table is of.
CHART = {"values": ".csv", "spec": ".vl.json", "picture": ".svg", "picture_narrow": ".smal.svg"}
DIAGRAM = {"values": ".csv", "page": ".diagram.html", "print": ".diagram.typ"}
WITHOUT_ENTRY = ("manifest.json", "numbers.json", "terms.json")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_data_hashes_are_those_of_the_csvs(manifest: dict, paths: Paths) -> None:
    """Every CSV of data/ is in the manifest with the sha256 of its bytes."""
    assert manifest["data"] == {path.stem: sha256(path) for path in paths.data.glob("*.csv")}


def test_inputs_are_named_with_their_hashes(manifest: dict) -> None:
    """A figure or table says which data it was made from, as they were."""
    for key, item in manifest["items"].items():
        assert item["inputs"], key
        assert item["inputs"] == {name: manifest["data"][name] for name in item["inputs"]}, key


def test_hashes_are_those_of_the_files(manifest: dict, paths: Paths) -> None:
    """Values, specification and drawings, or a diagram's page and print, are as the manifest says."""
    for key, item in manifest["items"].items():
        chart = CHART if key.startswith("fig-") else {"values": ".csv"} if key.startswith("tbl-") else {}
        layers = dict(DIAGRAM if item.get("form") == "diagram" else chart)
        layers |= {"text": ".md"} if ".md" in item["sizes"] else {}
        assert item["sha256"] == {
            layer: sha256(paths.figures / f"{key}{suffix}") for layer, suffix in layers.items()
        }, key


def test_sizes_are_those_of_the_files(manifest: dict, paths: Paths) -> None:
    """What readers are told of a download's size is true, and no file of figures/ is without an entry."""
    told = {f"{key}{suffix}": size for key, item in manifest["items"].items() for suffix, size in item["sizes"].items()}
    files = {path.name: path.stat().st_size for path in paths.figures.iterdir() if not path.name.startswith(".")}
    assert told == {name: size for name, size in files.items() if name not in WITHOUT_ENTRY}


def test_the_version_is_that_of_the_data_package(manifest: dict, paths: Paths) -> None:
    descriptor = json.loads((paths.data / "datapackage.json").read_text(encoding="utf-8"))
    assert manifest["data_version"] == descriptor["version"]


@pytest.mark.parametrize(
    ("key", "resource", "left_out"),
    [
        ("fig-deltakere", "deltakere", None),
        ("fig-kjennetegn", "deltakere_kjennetegn", None),
        ("fig-varighet", "varighetsregler", None),
        ("fig-formaal", "formaal", ("type", "etikett")),
        ("fig-informanter", "informanter", ("rolle", "undergruppe")),
        ("tbl-informanter", "informanter", None),
        ("tbl-vignetter", "vignetter", None),
        ("tbl-begrunnelser", "vignett_begrunnelser", None),
    ],
)
def test_rows_are_counted_by_what_they_rest_on(
    key: str, resource: str, left_out: tuple[str, str] | None, manifest: dict, raw: Raw
) -> None:
    """The page says how many rows are stated, derived, inferred or unknown."""
    cells = raw(resource)
    if left_out:
        cells = cells[cells[left_out[0]] != left_out[1]]
    assert manifest["items"][key]["basis"] == Counter(cells["grunnlag"])
    assert manifest["items"][key]["rows"] == len(cells)


def test_the_program_that_made_an_item_exists(manifest: dict, paths: Paths) -> None:
    """«Slik er figuren laget» leads to a file of this repository."""
    for key, item in manifest["items"].items():
        assert (paths.root / "scripts" / item["module"]).is_file(), key


def test_the_committed_register_is_that_of_the_data(numbers: dict, paths: Paths) -> None:
    """figures/numbers.json holds every number with value, unit, basis, source and cells."""
    committed = json.loads((paths.figures / "numbers.json").read_text(encoding="utf-8"))
    assert set(committed) == set(numbers)
    for key, number in numbers.items():
        told = committed[key]
        assert (told["value"], told["unit"], told["basis"], told["source"]) == (
            number.value, number.unit, number.basis, number.source,
        ), key  # fmt: skip
        assert len(told["cells"]) == len(number.cells) > 0, key


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.slow
def test_figures_are_what_the_data_give_byte_for_byte(
    tmp_path: Path, copy_project: Callable[..., Path], paths: Paths, rapport: Callable
) -> None:
    """With figures/ deleted and made again from nothing every file is as committed; a second run changes nothing."""
    project = copy_project(tmp_path / "project", kept=False)
    for path in (project / "figures").iterdir():
        path.unlink()
    (project / "figures" / "fig-gammel.svg").write_text("<svg/>", encoding="utf-8")
    first = rapport("figures", cwd=project)
    assert first.returncode == 0, first.stderr
    assert "figures/fig-gammel.svg (taken away)" in first.stderr
    assert contents(project / "figures") == contents(paths.figures)
    assert contents(project / "theme") == contents(paths.theme)
    before = {path.name: path.stat().st_mtime_ns for path in (project / "figures").iterdir()}
    second = rapport("figures", cwd=project)
    assert f"{len(before)} files in figures/: 0 changed, 0 taken away" in second.stderr
    assert {path.name: path.stat().st_mtime_ns for path in (project / "figures").iterdir()} == before


@pytest.mark.slow
def test_one_changed_cell_changes_what_rests_on_it_and_nothing_else(project: Path, rapport: Callable) -> None:
    """A reviewer sees from the changed files what a changed value has touched."""
    path = project / "data" / "varighetsregler.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Personer med nedsatt arbeidsevne,4,24,", "Personer med nedsatt arbeidsevne,4,30,"),
        encoding="utf-8",
    )
    done = rapport("figures", cwd=project)
    assert done.returncode == 0, done.stderr
    changed = {line.split("/")[1].split(".")[0] for line in done.stderr.splitlines() if line.startswith("  figures/")}
    # The data page shows the file's first rows.
    assert changed == {"fig-varighet", "tbl-varighet", "tbl-tallregister", "lst-kodebok", "numbers", "manifest"}
