"""Numbers about people: participants, their traits, and who was interviewed."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.data import Data
from rapport.numbers.make import derive, read
from rapport.records import Number

FIRST, LAST = 2017, 2022

TRAITS = {
    "nedsatt": ("status", "nedsatt_arbeidsevne", "andel deltakere med nedsatt arbeidsevne"),
    "arbeidssoker": ("status", "arbeidssoker", "andel deltakere som er arbeidssøkere"),
    "kvinner": ("kjonn", "kvinner", "andel kvinner blant deltakerne"),
    "menn": ("kjonn", "menn", "andel menn blant deltakerne"),
    "under30": ("alder", "under_30", "andel deltakere under 30 år"),
    "over30": ("alder", "30_eller_eldre", "andel deltakere som er 30 år eller eldre"),
}

INFORMANTS = {
    "veiledere": "veiledere",
    "virksomheter": "virksomheter",
    "organisasjoner": "organisasjoner",
    "deltakere": "deltakere",
    "ordinaere": "veiledere_ordinaere",
    "vignett": "veiledere_vignett",
    "via_nav": "virksomheter_via_nav",
    "direkte": "virksomheter_direkte",
    "arbeidsmote_veiledere": "arbeidsmote_veiledere",
    "ogsa_intervjuet": "arbeidsmote_ogsa_intervjuet",
    "kun_arbeidsmote": "arbeidsmote_kun",
}


def participants(data: Data) -> Iterator[Number]:
    """deltakere.<year>, and the change from the first to the last year (persons; per cent)."""
    for year in data["deltakere"]["aar"]:
        cell = data.cell("deltakere", "antall", aar=int(year))
        yield read(f"deltakere.{year}", cell, "personer", f"deltakere i snitt per måned i {year}")
    ends = [data.cell("deltakere", "antall", aar=year) for year in (FIRST, LAST)]
    span = f"fra {FIRST} til {LAST}"
    yield derive("deltakere.nedgang", ends, lambda a, b: a - b, unit="personer",
                 description=f"nedgang i antall deltakere {span}", formula=f"{FIRST} minus {LAST}")  # fmt: skip
    yield derive("deltakere.fall", ends, lambda a, b: 100 * (1 - b / a), unit="prosent", decimals=1,
                 description=f"nedgang i antall deltakere {span}, i prosent",
                 formula=f"100 × (1 − {LAST} delt på {FIRST})")  # fmt: skip
    yield derive("deltakere.igjen", ends, lambda a, b: 100 * b / a, unit="prosent", decimals=1,
                 description=f"deltakere i {LAST} i prosent av {FIRST}",
                 formula=f"100 × {LAST} delt på {FIRST}")  # fmt: skip


def traits(data: Data) -> Iterator[Number]:
    """kjennetegn.<name>: shares of the participants in the last year, per cent."""
    for key, (trait, category, description) in TRAITS.items():
        names = {"aar": LAST, "kjennetegn": trait, "kategori": category}
        cells = [data.cell("deltakere_kjennetegn", column, **names) for column in ("teller", "nevner")]
        # A share out of a hundred is read, not computed: it keeps the basis of its row.
        yield derive(f"kjennetegn.{key}", cells, lambda a, b: 100 * a / b, unit="prosent", basis=cells[0].basis,
                     description=f"{description} i {LAST}", formula="100 × teller delt på nevner")  # fmt: skip


def informants(data: Data) -> Iterator[Number]:
    """informanter.<group>: interviews, companies or persons, as the group's `enhet` says; and their sum."""
    frame = data["informanter"].set_index("gruppe")
    for key, group in INFORMANTS.items():
        row = frame.loc[group]
        cell = data.cell("informanter", "antall", gruppe=group)
        yield read(f"informanter.{key}", cell, str(row["enhet"]), str(row["navn"]))
    groups = ("veiledere", "virksomheter", "organisasjoner", "deltakere")
    cells = [data.cell("informanter", "antall", gruppe=group) for group in groups]
    yield derive("informanter.intervjuer_samlet", cells, lambda *parts: sum(parts), unit="intervjuer",
                 description="intervjuer i alt, om hver virksomhet, organisasjon og deltaker er ett intervju",
                 formula="summen av de fire gruppene")  # fmt: skip
