"""Every row whose value is unknown or inferred, file by file, with a link to the place where it is shown.

Data: the column `grunnlag` of every file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from rapport.data import Data
from rapport.listings import avvik, egenvurdering, kodebok, ordliste
from rapport.listings.make import resource
from rapport.markup import literal
from rapport.records import Listing
from rapport.wording import capital, listed

KEY = "lst-usikkert"
BASES = ("ukjent", "antatt")
Place = Callable[[pd.Series], str]


def _figure(key: str) -> Place:
    return lambda row: f"@{key.format(**{name: str(row[name]).replace('_', '-') for name in row.index})}"


def _link(page: str, anchor: Callable[[pd.Series], str], column: str) -> Place:
    return lambda row: f"[{literal(str(row[column]))}](/chapters/{page}.qmd#{anchor(row)})"


# What shows a whole row as a reference, or each row of a file as a link: resource -> (the column by which a reader
# knows a row, where it is shown). A file that is not here is known by its key and its section of the codebook.
SHOWN: dict[str, tuple[str, Place]] = {
    "deltakere": ("aar", _figure("fig-deltakere")),
    "deltakere_kjennetegn": ("navn", _figure("fig-kjennetegn")),
    "formaal": ("navn", _figure("fig-formaal")),
    "litteratur": ("verk", _figure("tbl-litteratur")),
    "vignetter": ("navn", _figure("tbl-vignetter")),
    "vignett_vurderinger": ("navn", _figure("fig-vignett-{vignett}")),
    "vignett_begrunnelser": ("begrunnelse", _figure("tbl-begrunnelser")),
    "virkningskjeder": ("ledd_navn", _figure("fig-kjede-{kjede}")),
}
LINKED: dict[str, Place] = {
    "avvik": _link("uklarheter", lambda row: avvik.anchor(str(row["nr"])), "tittel"),
    "ordliste": _link("ordliste", lambda row: ordliste.anchor(str(row["term"])), "ord"),
    "egenvurdering": _link(
        "etterproving", lambda row: egenvurdering.anchor(str(row["nivaa"]), int(row["nr"])), "krav"
    ),
}  # fmt: skip


def _known_by(data: Data, name: str, row: pd.Series) -> str:
    key = resource(data, name)["schema"]["primaryKey"]
    return ", ".join(str(row[column]) for column in ([key] if isinstance(key, str) else key))


def _items(data: Data, name: str, rows: pd.DataFrame) -> Iterator[str]:
    """The rows of one basis: those that are shown in one place stand together."""
    basis = capital(str(rows["grunnlag"].iloc[0]))
    if name in LINKED:
        yield f"- **{basis}:** {listed(LINKED[name](row) for _, row in rows.iterrows())}."
        return
    together: dict[str, list[str]] = {}
    for _, row in rows.iterrows():
        place = SHOWN[name][1](row) if name in SHOWN else f"@sec-datagrunnlag ({literal(name)})"
        known = str(row[SHOWN[name][0]]) if name in SHOWN else _known_by(data, name, row)
        together.setdefault(place, []).append(literal(known))
    for place, known in together.items():
        yield f"- **{basis}** i {place}: {'; '.join(known)}."


def _section(data: Data, name: str, rows: pd.DataFrame) -> str:
    described = resource(data, name)
    items = [item for basis in BASES if not (found := rows[rows["grunnlag"] == basis]).empty
             for item in _items(data, name, found)]  # fmt: skip
    link = f"[{literal(described['path'])}](/chapters/datagrunnlag.qmd#{kodebok.anchor(name)})"
    return f"**{literal(described['title'])}** ({link}):\n\n" + "\n".join(items) + "\n"


def build(data: Data) -> Listing:
    """The list, with how much of the whole it is."""
    found = {name: frame[frame["grunnlag"].isin(BASES)] for name, frame in data.frames.items()}
    found = {name: rows for name, rows in found.items() if not rows.empty}
    counts = {basis: sum(int((rows["grunnlag"] == basis).sum()) for rows in found.values()) for basis in BASES}
    total = sum(len(frame) for frame in data.frames.values())
    head = (
        f"Datafilene har {total} rader. I {counts['ukjent']} av dem er verdien ukjent, i {counts['antatt']} antatt. "
        "Her er alle, med lenke til stedet der de er vist.\n"
    )
    sections = [_section(data, name, rows) for name, rows in found.items()]
    return Listing(
        key=KEY, title="Alt som er ukjent eller antatt", body="\n".join([head, *sections]), anchors=(),
        inputs=tuple(data.frames), module=__name__,
    )  # fmt: skip
