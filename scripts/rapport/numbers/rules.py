"""Numbers about the measure: purposes, duration rules, and the single facts of opplysninger.csv."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.data import Data
from rapport.numbers.make import derive, read
from rapport.records import Number

YEAR = 2021

UNITS = {"maaneder": "måneder", "aar": "år"}

DURATIONS = {
    "at_arbeidssoker": ("arbeidstrening", "arbeidssoker"),
    "at_nedsatt": ("arbeidstrening", "nedsatt_arbeidsevne"),
    "ap_arbeidssoker": ("arbeidspraksis", "arbeidssoker"),
    "ap_nedsatt": ("arbeidspraksis", "nedsatt_arbeidsevne"),
}


def purposes(data: Data) -> Iterator[Number]:
    """formaal.<purpose>: share of the agreements registered in 2021, per cent."""
    frame = data["formaal"][data["formaal"]["aar"] == YEAR]
    for _, row in frame[frame["type"] != "etikett"].iterrows():
        cell = data.cell("formaal", "andel_prosent", aar=YEAR, formaal=row["formaal"])
        of = f"formålet «{row['navn']}»" if row["type"] == "kategori" else str(row["navn"]).lower()
        yield read(f"formaal.{row['formaal']}", cell, "prosent", f"andel av avtalene registrert i {YEAR} med {of}")
    largest = frame[frame["type"] == "kategori"].nlargest(3, "andel_prosent")
    cells = [data.cell("formaal", "andel_prosent", aar=YEAR, formaal=code) for code in largest["formaal"]]
    yield derive("formaal.tre_storste", cells, lambda *parts: sum(parts), unit="prosent",
                 description=f"de tre største formålene samlet i {YEAR}", formula="summen av de tre")  # fmt: skip


def durations(data: Data) -> Iterator[Number]:
    """varighet.<rule>: longest duration in months, and the cut from the predecessor."""
    cells = {
        key: data.cell("varighetsregler", "maks_maaneder", tiltak=measure, gruppe=group)
        for key, (measure, group) in DURATIONS.items()
    }
    frame = data["varighetsregler"].set_index(["tiltak", "gruppe"])
    for key, cell in cells.items():
        row = frame.loc[DURATIONS[key]]
        name = f"lengste varighet, {row['tiltak_navn']}, {str(row['gruppe_navn']).lower()}"
        yield read(f"varighet.{key}", cell, "måneder", name)
    yield derive("varighet.kutt", [cells["ap_nedsatt"], cells["at_nedsatt"]], lambda before, now: before - now,
                 unit="måneder", formula="Arbeidspraksis minus Arbeidstrening",
                 description="hvor mye lengste varighet ble satt ned for personer med nedsatt arbeidsevne")  # fmt: skip


def facts(data: Data) -> Iterator[Number]:
    """Each row of opplysninger.csv under its own id."""
    for _, row in data["opplysninger"].iterrows():
        cell = data.cell("opplysninger", "verdi", id=row["id"])
        decimals = 0 if cell.value is None or cell.value == int(cell.value) else 1
        yield read(row["id"], cell, UNITS.get(row["enhet"], row["enhet"]), row["beskrivelse"], decimals)
