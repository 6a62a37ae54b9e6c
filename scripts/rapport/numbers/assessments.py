"""Numbers of the vignette study: the cases, how they were assessed, and the counted reasons."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.data import Data
from rapport.numbers.make import derive, read
from rapport.records import Cell, Number

PLACED = {"aktuell": "aktuell", "forbehold": "aktuell med forbehold", "ikke_aktuell": "ikke aktuell"}  # as it reads

# Facts of the case itself, stated where the case is presented: key -> (column, unit, description).
FACTS = {
    "alder": ("alder", "år", "alder"),
    "botid": ("botid_aar", "år", "botid i Norge"),
}


def _fact(data: Data, case: int, column: str) -> Cell:
    """A fact of a case; its basis is `oppgitt`, as the row's own basis is that of the number asked."""
    cell = data.cell("vignetter", column, vignett=case)
    return Cell(cell.resource, cell.key, column, cell.value, "oppgitt", cell.source)


def cases(data: Data) -> Iterator[Number]:
    """vignett.antall, vignett.<n>.alder|botid|n, vignett.<n>.<assessment>, and counts over the cases."""
    frame = data["vignetter"]
    for _, row in frame.iterrows():
        case = int(row["vignett"])
        yield from _facts(data, case, str(row["navn"]))
        yield from _assessments(data, case, str(row["navn"]))
    yield from _counts(data)


def _facts(data: Data, case: int, name: str) -> Iterator[Number]:
    for key, (column, unit, description) in FACTS.items():
        cell = _fact(data, case, column)
        if cell.value is not None:
            yield read(f"vignett.{case}.{key}", cell, unit, f"{description}, {name}")
    asked = data.cell("vignetter", "antall_veiledere", vignett=case)
    yield read(f"vignett.{case}.n", asked, "veiledere", f"veiledere som vurderte {name}")


def _assessments(data: Data, case: int, name: str) -> Iterator[Number]:
    cells = {}
    for code, shown in PLACED.items():
        cells[code] = data.cell("vignett_vurderinger", "antall", vignett=case, vurdering=code)
        yield read(f"vignett.{case}.{code}", cells[code], "veiledere", f"{name}: vurdert som {shown}")
    loose = data["vignett_vurderinger"]
    if ((loose["vignett"] == case) & (loose["vurdering"] == "uplassert")).any():
        label = data.cell("vignett_vurderinger", "antall", vignett=case, vurdering="uplassert")
        yield read(f"vignett.{case}.etikett", label, "veiledere", f"{name}: etikett uten kjent kategori i figuren")
    asked = data.cell("vignetter", "antall_veiledere", vignett=case)
    yield derive(f"vignett.{case}.ovrige", [asked, cells["ikke_aktuell"]], lambda whole, no: whole - no,
                 unit="veiledere", description=f"{name}: aktuell, med eller uten forbehold",
                 formula="alle som vurderte, minus ikke aktuell")  # fmt: skip


def _counts(data: Data) -> Iterator[Number]:
    frame = data["vignetter"]
    ages = [_fact(data, int(case), "alder") for case in frame["vignett"]]
    yield derive("vignett.antall", ages, lambda *all_: len(all_), unit="brukersituasjoner",
                 description="konstruerte brukersituasjoner", formula="antall rader")  # fmt: skip
    yield derive("vignett.under30", ages, lambda *all_: sum(age < 30 for age in all_), unit="brukersituasjoner",
                 description="brukersituasjoner under 30 år", formula="antall med alder under 30")  # fmt: skip
    yield derive("vignett.over30", ages, lambda *all_: sum(age > 30 for age in all_), unit="brukersituasjoner",
                 description="brukersituasjoner over 30 år", formula="antall med alder over 30")  # fmt: skip
    immigrant = [_fact(data, int(case), "innvandrer") for case in frame["vignett"]]
    yield derive("vignett.innvandrer", immigrant, lambda *all_: sum(all_), unit="brukersituasjoner",
                 description="brukersituasjoner med innvandrerbakgrunn", formula="antall merket slik")  # fmt: skip


def reasons(data: Data) -> Iterator[Number]:
    """begrunnelse.<id>: caseworkers who gave a reason; begrunnelse_maaneder.<id>: the duration they named."""
    names = data["vignetter"].set_index("vignett")["navn"]
    for _, row in data["vignett_begrunnelser"].iterrows():
        name, key = names[row["vignett"]], row["id"]
        cell = data.cell("vignett_begrunnelser", "antall", id=key)
        yield read(f"begrunnelse.{key}", cell, "veiledere", f"{name}: veiledere {row['begrunnelse']}")
        months = data.cell("vignett_begrunnelser", "maaneder", id=key)
        if months.value is not None:
            description = f"{name}: varigheten når veiledere {row['begrunnelse']}"
            yield read(f"begrunnelse_maaneder.{key}", months, "måneder", description)
