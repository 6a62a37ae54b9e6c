"""The check of datapackage.json, remembered: what it says is what the check itself would say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rapport import descriptor_schema
from rapport.columns import COLUMNS
from rapport.described import remembered_faults
from rapport.descriptor import descriptor_faults
from rapport.errors import Fault
from rapport.paths import Paths
from rapport.steps import Steps, Store


@pytest.fixture
def whole(paths: Paths) -> dict[str, Any]:
    """The report's descriptor."""
    return json.loads((paths.data / "datapackage.json").read_text(encoding="utf-8"))


def looked(folder: Path, whole: dict[str, Any], needed: Any = COLUMNS) -> tuple[list[Fault], bool]:
    """The faults of one build, which remembers them in the folder; and whether it looked itself."""
    steps = Steps(Store(folder))
    faults = remembered_faults(steps)(whole, needed)
    steps.commit()
    return faults, steps.events[0].made


def test_a_description_that_is_as_it_was_is_not_looked_through_again(tmp_path: Path, whole: dict[str, Any]):
    """What was found stands, whether nothing or every fault with all of its words."""
    assert [looked(tmp_path, whole), looked(tmp_path, whole)] == [([], True), ([], False)]
    del whole["licenses"], whole["resources"][0]["title"]
    faults = descriptor_faults(whole, COLUMNS)
    assert len(faults) == len(["licenses", "title"])
    assert [looked(tmp_path, whole), looked(tmp_path, whole)] == [(faults, True), (faults, False)]


def test_another_schema_or_other_columns_are_a_reason_to_look(
    tmp_path: Path, whole: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    """The rules that a description is held against may change while it stays."""
    looked(tmp_path, whole)
    [fault], made = looked(tmp_path, whole, {**COLUMNS, "ny_tabell": ("kolonne",)})
    assert (fault.found, made) == ("no resource ny_tabell", True)
    other = tmp_path / "schema.json"
    other.write_text(f"{descriptor_schema.SCHEMA.read_text(encoding='utf-8')}\n", encoding="utf-8")
    monkeypatch.setattr(descriptor_schema, "SCHEMA", other)
    assert looked(tmp_path, whole) == ([], True)
