"""The metadata files: committed as the data give them, valid by their own standards, and of one mind."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from frictionless import Package
from rocrate.rocrate import ROCrate

from conftest import ROOT
from rapport.metadata import committed
from rapport.paths import Paths


def from_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def package() -> dict:
    return from_json(ROOT / "data" / "datapackage.json")


@pytest.fixture(scope="module")
def codecheck() -> dict:
    return yaml.safe_load((ROOT / "codecheck.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def crate() -> dict[str, dict]:
    """The crate's entities by id."""
    return {entity["@id"]: entity for entity in from_json(ROOT / "ro-crate-metadata.json")["@graph"]}


@pytest.fixture(scope="module")
def citation() -> dict:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["codecheck.yml", "ro-crate-metadata.json"])
def test_committed_files_are_what_the_records_give(name: str, paths: Paths):
    """A stale file is brought up to date by `rapport figures`."""
    made = committed(paths, (paths.figures / "manifest.json").read_text(encoding="utf-8"))
    assert (ROOT / name).read_text(encoding="utf-8") == made[name], "stale: run `rapport figures` and commit"


def test_codecheck_lists_every_output_with_a_comment(codecheck: dict, manifest: dict):
    """Each picture, diagram, table of values and listing, the register and the PDF; paths are relative."""
    listed = {entry["file"] for entry in codecheck["manifest"]}
    shown = (".svg", ".diagram.html", ".csv", ".md")
    made = [path.name for path in (ROOT / "figures").iterdir() if path.name.partition(".")[0] in manifest["items"]]
    expected = {f"figures/{name}" for name in made if f".{name.partition('.')[2]}" in shown}
    twice = {
        f"figures/{name}" for name in made if name.endswith(".md") and f"{name[:-3]}.csv" in made
    }  # the same table
    assert listed == expected - twice | {"figures/numbers.json", "_site/arbeidstrening.pdf"}
    assert all(entry["comment"].strip() and not entry["file"].startswith(("/", ".")) for entry in codecheck["manifest"])
    assert [name for name in listed if name.startswith("figures/") and not (ROOT / name).is_file()] == []


def test_codecheck_follows_the_specification_s_rules_for_authors(codecheck: dict):
    """Rules CC-CFG-002, 014–019, 022, 023, 029 and 030 of CODECHECK 2.0: what an author can fill in is there."""
    text = (ROOT / "codecheck.yml").read_text(encoding="utf-8")
    assert text.startswith("---\n")
    assert codecheck["version"] == "https://codecheck.org.uk/spec/config/2.0/"
    assert codecheck["paper"]["title"]
    assert all(author["name"] for author in codecheck["paper"]["authors"])
    assert all(re.match(r"https://\S+$", url) for url in codecheck["paper"]["reference-other"])
    assert not str(codecheck["paper"].get("reference", "")).endswith(".pdf")
    assert not re.search(r"FIXME|TODO|XXXX", text)


def test_codecheck_claims_no_check_that_nobody_has_done(codecheck: dict):
    """No certificate, codechecker, report, summary or identifier is made up."""
    assert not codecheck.keys() & {"certificate", "codechecker", "report", "summary", "check_time"}
    assert not re.search(r"orcid\.org|doi\.org", (ROOT / "codecheck.yml").read_text(encoding="utf-8"))


def test_the_crate_can_be_read_as_one(crate: dict[str, dict]):
    """The reference library reads it as RO-Crate 1.2 and finds every file of it in place."""
    read = ROCrate(ROOT)
    assert read.version == "1.2"
    local = [entity.id for entity in read.data_entities if "://" not in entity.id]
    assert [name for name in local if not (ROOT / name).exists()] == []
    assert {part["@id"] for part in crate["./"]["hasPart"]} == set(local)


def test_nothing_in_the_crate_refers_to_what_is_not_there(crate: dict[str, dict]):
    """Every reference leads to an entity of the crate, or out to the specification."""

    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from [value["@id"]] if value.keys() == {"@id"} else []
        elif isinstance(value, list):
            for each in value:
                yield from references(each)

    named = {ref for entity in crate.values() for value in entity.values() for ref in references(value)}
    assert named - crate.keys() == {"https://w3id.org/ro/crate/1.2"}


def test_the_crate_s_hashes_and_sizes_are_those_of_the_files(crate: dict[str, dict], package: dict):
    """Each CSV of data/ is there; wherever a hash or size is told, it is true."""
    assert {f"data/{resource['path']}" for resource in package["resources"]} <= crate.keys()
    told = {name: entity for name, entity in crate.items() if "sha256" in entity}
    assert told
    for name, entity in told.items():
        path = ROOT / name
        assert (entity["sha256"], entity["contentSize"]) == (sha256(path), str(path.stat().st_size)), name


def test_a_figure_of_the_crate_names_its_data_and_program(crate: dict[str, dict], manifest: dict):
    """From each figure the way leads to the CSVs and the module it was made from, and from them to the source."""
    for key, item in manifest["items"].items():
        suffix = ".csv" if ".csv" in item["sizes"] else ".md"
        origin = {ref["@id"] for ref in crate[f"figures/{key}{suffix}"]["isBasedOn"]}
        assert origin == {f"data/{name}.csv" for name in item["inputs"]} | {f"scripts/{item['module']}"}, key
        for name in item["inputs"]:
            assert crate[f"data/{name}.csv"]["isBasedOn"]["@id"].startswith("https://osloeconomics.no/")


def test_the_python_of_the_crate_is_that_of_the_package(crate: dict[str, dict]):
    version = crate["https://www.python.org/"]["version"]
    assert f'requires-python = ">={version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_crate_passes_the_validator():
    """rocrate-validator finds nothing that RO-Crate 1.2 requires and this crate lacks.

    It cannot be locked beside the report: it wants an older rich. So it runs where it is installed.
    """
    validator = shutil.which("rocrate-validator")
    if validator is None:
        pytest.skip("rocrate-validator is not installed (`pipx install roc-validator`)")
    command = [validator, "validate", "-p", "ro-crate-1.2", "-l", "required", "--no-paging", "-f", "json", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if "Unable to retrieve the JSON-LD context" in done.stdout + done.stderr:
        pytest.skip("rocrate-validator fetches RO-Crate's JSON-LD context, which cannot be reached from here")
    assert done.returncode == 0, done.stdout


def test_citation_is_valid():
    """CITATION.cff follows the schema of the Citation File Format."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, ROOT / "CITATION.cff"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_all_files_tell_of_the_same_report(codecheck: dict, crate: dict[str, dict], citation: dict, package: dict):
    """Title, version, date and author are the same wherever they stand; so are the source and the licences."""
    book = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    root, version = crate["./"], package["version"]
    assert {codecheck["paper"]["title"], root["name"]} == {citation["title"]}
    assert citation["title"].casefold() == f"{book['title']}: {book['subtitle']}".casefold()
    assert {citation["version"], root["version"]} == {version}
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changes, re.MULTILINE)[1] == version
    assert {str(citation["date-released"]), root["datePublished"]} == {book["date"]}
    names = {citation["authors"][0]["name"], codecheck["paper"]["authors"][0]["name"], crate["#contributors"]["name"]}
    assert names == {book["author"]} == {package["contributors"][0]["title"]}
    source, cited = package["sources"][0], citation["references"][0]
    assert source["path"] == cited["url"] == crate[source["path"]]["url"]
    assert cited["title"] in source["title"]
    assert set(citation["license"]) == {"MIT", package["licenses"][0]["name"]}
    assert package["licenses"][0]["path"].startswith(root["license"]["@id"])


def test_the_published_package_carries_true_hashes(site: Path):
    """A stranger with the downloaded CSVs and the descriptor can tell whether they are whole: Frictionless agrees."""
    published = from_json(site / "data" / "datapackage.json")
    for resource in published["resources"]:
        path = site / "data" / resource["path"]
        assert resource["hash"] == f"sha256:{sha256(path)}"
        assert resource["bytes"] == path.stat().st_size
    report = Package(str(site / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "message"])


def test_a_changed_csv_is_told_by_the_published_package(site: Path, tmp_path: Path):
    """One changed letter, and the published package does not validate."""
    folder = Path(shutil.copytree(site / "data", tmp_path / "data"))
    path = folder / "deltakere.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("5515", "5516"), encoding="utf-8")
    report = Package(str(folder / "datapackage.json")).validate()
    assert "hash-count" in {error for (error,) in report.flatten(["type"])}


def test_the_kept_package_carries_no_hash(site: Path, package: dict):
    """Nobody has to mend a hash by hand; all else is published as it is kept."""
    published = from_json(site / "data" / "datapackage.json")
    for kept, shown in zip(package["resources"], published["resources"], strict=True):
        assert not kept.keys() & {"hash", "bytes"}
        assert {name: value for name, value in shown.items() if name not in ("hash", "bytes")} == kept
    rest = {name: value for name, value in package.items() if name != "resources"}
    assert {name: value for name, value in published.items() if name != "resources"} == rest
