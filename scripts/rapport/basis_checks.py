"""Which columns hold the value of a row, and that they are empty exactly when nobody can read it.

Works on the cells as they are written; row numbers count the header as row 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapport.constraints import Rows
from rapport.errors import Fault

# The columns that hold a row's value: empty exactly when grunnlag is ukjent.
VALUE_COLUMNS = {
    "formaal": ("andel_prosent",),
    "deltakere": ("antall",),
    "deltakere_kjennetegn": ("teller", "nevner"),
    "informanter": ("antall",),
    "vignetter": ("antall_veiledere",),
    "vignett_vurderinger": ("antall",),
    "vignett_begrunnelser": ("antall",),
    "varighetsregler": ("maks_maaneder",),
    "forskning": ("retning",),
    "litteratur": ("kontrollert",),
    "kjeder": (),
    "kjede_varighet": (),
    "virkningskjeder": ("innhold",),
    "opplysninger": ("verdi",),
    "ordliste": ("forklaring",),
    "avvik": ("vurdering",),
    "disposisjon": ("her",),
    "egenvurdering": ("vurdering",),
}


def unknown_faults(resource: str, rows: Rows) -> Iterator[Fault]:
    """A value beside grunnlag = ukjent, or none beside any other basis. rows: the table's, all of them good."""
    for column in VALUE_COLUMNS.get(resource, ()):
        for number, cells in rows.items():
            text, unknown = cells[column], cells["grunnlag"] == "ukjent"
            if (text == "") == unknown:
                continue
            yield Fault(
                file=f"data/{resource}.csv", row=number, column=column, found=text,
                expected=f"{'an empty cell' if unknown else 'a value'}, as grunnlag is {cells['grunnlag']}",
                remedy="empty the cell, or give the row the grunnlag that the value has" if unknown
                else "fill the value in, or set grunnlag to ukjent",
            )  # fmt: skip
