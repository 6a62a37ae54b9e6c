"""Which columns hold the value of a row, and that they are empty exactly when nobody can read it.

Knows frames, not files. Row numbers count the header as row 1.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from rapport.errors import Fault, row_number

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


def unknown_faults(resource: str, frame: pd.DataFrame) -> Iterator[Fault]:
    """A value beside grunnlag = ukjent, or none beside any other basis."""
    for column in VALUE_COLUMNS.get(resource, ()):
        for index, row in frame.iterrows():
            empty, unknown = pd.isna(row[column]), row["grunnlag"] == "ukjent"
            if empty == unknown:
                continue
            yield Fault(
                file=f"data/{resource}.csv", row=row_number(index), column=column,
                found="" if empty else str(row[column]),
                expected=f"{'an empty cell' if unknown else 'a value'}, as grunnlag is {row['grunnlag']}",
                remedy="empty the cell, or give the row the grunnlag that the value has" if unknown
                else "fill the value in, or set grunnlag to ukjent",
            )  # fmt: skip
