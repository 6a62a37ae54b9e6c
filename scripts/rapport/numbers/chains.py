"""Numbers of the impact chains: how many, their links, and the durations that are stated in months."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.data import Data
from rapport.numbers.make import derive, read
from rapport.records import Number

SPLIT = "utproving"  # the purpose that has become more than one chain

# key -> (chain, group, bound, description)
DURATIONS = {
    "arbeidslivet": ("utproving_arbeidslivet", "alle", "fra_maaneder", "ikke uvanlig varighet (eller lengre)"),
    "erfaring": ("arbeidserfaring", "alle", "til_maaneder", "eksempel på lengste varighet"),
    "bedriften": ("jobb_i_bedriften", "alle", "til_maaneder", "normal lengste varighet"),
    "fagbrev": ("fagbrev", "unge", "til_maaneder", "ønsket lengste varighet for unge på vei til læreplass"),
    "sprak": ("sprakopplaering", "alle", "fra_maaneder", "eksempel på varighet (eller mer)"),
}


def chains(data: Data) -> Iterator[Number]:
    """kjeder.antall, kjeder.utproving, kjeder.ledd and kjeder.<chain>_varighet (months)."""
    frame = data["kjeder"]
    every = {code: data.cell("kjeder", "rekkefolge", kjede=code) for code in frame["kjede"]}
    yield derive("kjeder.antall", list(every.values()), lambda *all_: len(all_), unit="antall",
                 description="virkningskjeder: én for hvert formål utenom «annet», med utprøving delt i flere",
                 formula="antall rader")  # fmt: skip
    split = [every[code] for code in frame.loc[frame["formaal"] == SPLIT, "kjede"]]
    yield derive("kjeder.utproving", split, lambda *all_: len(all_), unit="antall",
                 description="virkningskjeder som formålet utprøving er delt i",
                 formula="antall rader med formålet utprøving")  # fmt: skip
    yield from _links(data)
    yield from _durations(data)


def _links(data: Data) -> Iterator[Number]:
    frame = data["virkningskjeder"]
    first = frame["kjede"].iloc[0]
    codes = frame.loc[frame["kjede"] == first, "ledd"]
    cells = [data.cell("virkningskjeder", "ledd_nr", kjede=first, ledd=code) for code in codes]
    yield derive("kjeder.ledd", cells, lambda *all_: len(all_), unit="antall",
                 description="ledd i hver virkningskjede", formula="antall rader for en kjede")  # fmt: skip


def _durations(data: Data) -> Iterator[Number]:
    names = data["kjeder"].set_index("kjede")["kjede_navn"]
    for key, (chain, group, column, description) in DURATIONS.items():
        cell = data.cell("kjede_varighet", column, kjede=chain, gruppe=group)
        yield read(f"kjeder.{key}_varighet", cell, "måneder", f"{description}, {str(names[chain]).lower()}")
