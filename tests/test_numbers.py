"""The register: every number against arithmetic on the raw CSVs."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from changes import with_values
from rapport.data import Data
from rapport.errors import NumberError
from rapport.numbers import register
from rapport.records import Number

Raw = Callable[[str], pd.DataFrame]
BASES = ("oppgitt", "avledet", "omtrentlig", "antatt", "ukjent")  # from the firmest to the weakest


def rows(raw: Raw, name: str, **key: str) -> pd.DataFrame:
    table = raw(name)
    for column, wanted in key.items():
        table = table[table[column] == wanted]
    return table


def value(raw: Raw, name: str, column: str, **key: str) -> float:
    (text,) = rows(raw, name, **key)[column]
    return float(text)


def participants(raw: Raw, year: str) -> float:
    return value(raw, "deltakere", "antall", aar=year)


def share(raw: Raw, category: str) -> float:
    top, bottom = (
        value(raw, "deltakere_kjennetegn", column, aar="2022", kategori=category) for column in ("teller", "nevner")
    )
    return 100 * top / bottom


def months(raw: Raw, measure: str) -> float:
    return value(raw, "varighetsregler", "maks_maaneder", tiltak=measure, gruppe="nedsatt_arbeidsevne")


def group(raw: Raw, name: str) -> float:
    return value(raw, "informanter", "antall", gruppe=name)


def three_largest(raw: Raw) -> float:
    shares = rows(raw, "formaal", aar="2021", type="kategori")["andel_prosent"]
    return sum(sorted((float(text) for text in shares if text), reverse=True)[:3])


def asked_minus_no(case: str) -> Callable[[Raw], float | None]:
    def rest(raw: Raw) -> float | None:
        (asked,) = rows(raw, "vignetter", vignett=case)["antall_veiledere"]
        (no,) = rows(raw, "vignett_vurderinger", vignett=case, vurdering="ikke_aktuell")["antall"]
        return float(asked) - float(no) if asked and no else None

    return rest


def checked(name: str, status: str) -> Callable[[Raw], float | None]:
    return lambda raw: len(rows(raw, name, kontroll=status))


# Every derived number, computed again from the raw cells.
DERIVED: dict[str, Callable[[Raw], float | None]] = {
    "deltakere.nedgang": lambda raw: participants(raw, "2017") - participants(raw, "2022"),
    "deltakere.fall": lambda raw: (
        (participants(raw, "2017") - participants(raw, "2022")) / participants(raw, "2017") * 100
    ),
    "deltakere.igjen": lambda raw: participants(raw, "2022") / participants(raw, "2017") * 100,
    "kjennetegn.nedsatt": lambda raw: share(raw, "nedsatt_arbeidsevne"),
    "kjennetegn.arbeidssoker": lambda raw: share(raw, "arbeidssoker"),
    "kjennetegn.kvinner": lambda raw: share(raw, "kvinner"),
    "kjennetegn.menn": lambda raw: share(raw, "menn"),
    "kjennetegn.under30": lambda raw: share(raw, "under_30"),
    "kjennetegn.over30": lambda raw: share(raw, "30_eller_eldre"),
    "formaal.tre_storste": three_largest,
    "informanter.intervjuer_samlet": lambda raw: sum(
        group(raw, name) for name in ("veiledere", "virksomheter", "organisasjoner", "deltakere")
    ),
    "varighet.kutt": lambda raw: months(raw, "arbeidspraksis") - months(raw, "arbeidstrening"),
    "vignett.antall": lambda raw: len(raw("vignetter")),
    "vignett.under30": lambda raw: sum(int(age) < 30 for age in raw("vignetter")["alder"]),
    "vignett.over30": lambda raw: sum(int(age) > 30 for age in raw("vignetter")["alder"]),
    "vignett.innvandrer": lambda raw: list(raw("vignetter")["innvandrer"]).count("true"),
    "forskning.studier": lambda raw: len(set(raw("forskning")["studie"])),
    "forskning.funn": lambda raw: len(raw("forskning")),
    "litteratur.antall": lambda raw: len(raw("litteratur")),
    **{
        f"{name}.{status}": checked(name, status)
        for name in ("forskning", "litteratur")
        for status in ("bekreftet", "delvis", "ikke_bekreftet")
    },
    "kjeder.antall": lambda raw: len(raw("kjeder")),
    "kjeder.utproving": lambda raw: list(raw("kjeder")["formaal"]).count("utproving"),
    "kjeder.ledd": lambda raw: raw("virkningskjeder")["ledd"].nunique(),
    **{f"vignett.{case}.ovrige": asked_minus_no(case) for case in "123456"},
}


@pytest.mark.parametrize("key", DERIVED)
def test_a_derived_number_is_what_arithmetic_on_the_csv_gives(key: str, numbers: dict[str, Number], raw: Raw) -> None:
    wanted = DERIVED[key](raw)
    assert numbers[key].value == (None if wanted is None else pytest.approx(wanted, rel=1e-12))


def test_every_derived_number_is_computed_again_here(numbers: dict[str, Number]) -> None:
    """A number with more than one cell behind it needs its arithmetic written out in this file."""
    assert {key for key, number in numbers.items() if len(number.cells) != 1} == set(DERIVED)


def cell_row(raw: Raw, number: Number) -> dict[str, str]:
    cell = number.cells[0]
    key = dict(pair.split("=") for pair in cell.key.split(", "))
    (row,) = rows(raw, cell.resource, **key).to_dict("records")
    return row


def test_a_number_that_is_read_is_its_cell(numbers: dict[str, Number], raw: Raw) -> None:
    """A number from one cell has the cell's value and its row's source, and is unknown when the cell is empty."""
    single = [number for number in numbers.values() if len(number.cells) == 1]
    assert len(single) > 60
    for number in single:
        row = cell_row(raw, number)
        text = row[number.cells[0].column]
        assert number.value == (float(text) if text else None), number.key
        assert number.source == row["kilde"], number.key


def test_the_basis_is_that_of_the_row(numbers: dict[str, Number], raw: Raw) -> None:
    """What the row says of its value follows the number; a fact of a case is stated even where its count is lost."""
    for number in numbers.values():
        if len(number.cells) == 1:
            fact = number.cells[0].resource == "vignetter" and number.cells[0].column != "antall_veiledere"
            assert number.basis == ("oppgitt" if fact else cell_row(raw, number)["grunnlag"]), number.key


def test_a_derived_number_is_no_firmer_than_what_it_rests_on(numbers: dict[str, Number]) -> None:
    """A difference of stated values is derived, one with an inferred value is an inference."""
    assert numbers["deltakere.fall"].basis == "avledet"
    assert numbers["vignett.1.ovrige"].basis == "antatt"
    assert numbers["vignett.3.ovrige"].basis == "ukjent"
    assert numbers["kjennetegn.kvinner"].basis == "oppgitt"
    assert numbers["kjennetegn.nedsatt"].basis == "omtrentlig"
    for key in set(DERIVED) - {"kjennetegn.kvinner", "kjennetegn.under30"}:
        weakest = max(BASES.index(cell.basis) for cell in numbers[key].cells)
        assert BASES.index(numbers[key].basis) >= max(weakest, 1), key


def test_a_derived_number_names_the_sources_of_all_its_cells(numbers: dict[str, Number], raw: Raw) -> None:
    """Each place in the source is named once."""
    for key in DERIVED:
        wanted = {place for cell in numbers[key].cells for place in cell.source.split("; ")}
        told = numbers[key].source.split("; ")
        assert sorted(told) == sorted(wanted), key
    both = [rows(raw, "deltakere", aar=year)["kilde"].item() for year in ("2017", "2022")]
    assert numbers["deltakere.fall"].source == "; ".join(both)


def test_every_fact_has_its_number(numbers: dict[str, Number], raw: Raw) -> None:
    """Each row of opplysninger.csv can be asked for by its id, in the unit that the text writes."""
    units = {"maaneder": "måneder", "aar": "år"}
    for row in raw("opplysninger").to_dict("records"):
        number = numbers[row["id"]]
        assert number.value == float(row["verdi"])
        assert number.unit == units.get(row["enhet"], row["enhet"])
        assert number.description == row["beskrivelse"]
        assert number.decimals == (0 if float(row["verdi"]).is_integer() else 1)


def test_every_counted_reason_has_its_number(numbers: dict[str, Number], raw: Raw) -> None:
    """The months that a reason names have a number of their own."""
    for row in raw("vignett_begrunnelser").to_dict("records"):
        assert numbers[f"begrunnelse.{row['id']}"].value == (float(row["antall"]) if row["antall"] else None)
        assert (f"begrunnelse_maaneder.{row['id']}" in numbers) == bool(row["maaneder"])


def test_an_unknown_value_makes_all_that_rests_on_it_unknown(data: Data) -> None:
    """A value that is lost is never computed around."""
    numbers = register(with_values(data, "deltakere", {"aar": 2017}, antall=None, grunnlag="ukjent"))
    for key in ("deltakere.2017", "deltakere.nedgang", "deltakere.fall", "deltakere.igjen"):
        assert (numbers[key].value, numbers[key].basis) == (None, "ukjent")
    assert numbers["deltakere.2022"].value is not None


def test_a_value_that_is_found_is_used(data: Data) -> None:
    """When the caseworkers of a case become known, what is left for the other answers follows."""
    numbers = register(with_values(data, "vignetter", {"vignett": 3}, antall_veiledere=11, grunnlag="oppgitt"))
    assert numbers["vignett.3.n"].value == 11
    assert numbers["vignett.3.ovrige"].value == 11


def test_three_largest_are_three(data: Data, numbers: dict[str, Number]) -> None:
    """A smaller share that is found does not join the three largest."""
    found = with_values(data, "formaal", {"formaal": "fagbrev"}, andel_prosent=8, grunnlag="oppgitt")
    assert register(found)["formaal.tre_storste"].value == numbers["formaal.tre_storste"].value


def test_two_numbers_with_one_key_are_refused(data: Data) -> None:
    """A fact cannot take the id of a number that follows from another table."""
    double = with_values(data, "opplysninger", {"id": "evaluering.deler"}, id="deltakere.2017")
    with pytest.raises(NumberError, match=r"two numbers have the key deltakere\.2017\.\n"):
        register(double)


def test_the_register_is_sorted_by_key(numbers: dict[str, Number]) -> None:
    assert list(numbers) == sorted(numbers)
    assert all(number.key == key for key, number in numbers.items())


def test_every_number_is_described(numbers: dict[str, Number]) -> None:
    """No number is without words, unit, formula and source."""
    for key, number in numbers.items():
        assert all((number.description, number.unit, number.formula, number.source)), key
        assert "<NA>" not in number.description + number.source, key


def test_thirty_is_neither_over_nor_under_thirty(data: Data) -> None:
    """The age limit itself belongs to neither group."""
    numbers = register(with_values(data, "vignetter", {"vignett": 6}, alder=30))
    assert (numbers["vignett.under30"].value, numbers["vignett.over30"].value) == (2, 3)
