"""The six impact chains: a diagram for each, and one of all. Data: virkningskjeder.csv, kjeder.csv, formaal.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd

from rapport.data import Data
from rapport.figures.make import source_line
from rapport.records import Column, Diagram, Step
from rapport.wording import MISSING, capital, listed, small, spelled

OVERVIEW = "fig-kjeder"
OUTCOMES = ("onsket_utfall", "onsket_utvikling")
LINK, CONTENT, BASIS = (
    Column(name="ledd_navn", title="Ledd"),
    Column(name="tekst", title="Innhold"),
    Column(name="grunnlag", title="Grunnlag"),
)
PURPOSE, CHAIN = (
    Column(name="formaal_navn", title="Registrert formål"),
    Column(name="kjede_navn", title="Virkningskjede"),
)


def compute(data: Data) -> pd.DataFrame:
    """One row a link of a chain, in order of chains and links.

    Returns kjede, kjede_navn, rekkefolge, formaal_navn, ledd, ledd_nr, ledd_navn, tekst (that the source cannot
    be read, when it cannot), grunnlag, kilde, merknad. Source: chapter 4.
    """
    names = data["formaal"].sort_values("aar").drop_duplicates("formaal", keep="last").set_index("formaal")["navn"]
    chains = data["kjeder"].assign(formaal_navn=data["kjeder"]["formaal"].map(names))
    chains = chains[["kjede", "kjede_navn", "rekkefolge", "formaal_navn"]]
    rows = data["virkningskjeder"].merge(chains, on="kjede", validate="many_to_one")
    rows = rows.sort_values(["rekkefolge", "ledd_nr"]).reset_index(drop=True)
    return rows.assign(tekst=rows["innhold"].fillna(capital(MISSING)))


def key_of(chain: str) -> str:
    """The figure's key: fagbrev → fig-kjede-fagbrev."""
    return f"fig-kjede-{chain.replace('_', '-')}"


def sections(sources: pd.Series) -> list[str]:
    """The sections that the sources name, each once, in order."""
    return sorted({found for source in sources for found in re.findall(r"(\d(?:\.\d)?), linje", source)})


def notes(rows: pd.DataFrame) -> tuple[str, ...]:
    """Each remark once, said of the links it stands at; of none when it stands at all."""
    said = []
    for remark, group in rows.dropna(subset=["merknad"]).groupby("merknad", sort=False):
        links = list(dict.fromkeys(group["ledd_navn"]))
        whole = len(group) == len(rows)
        said.append(str(remark) if whole else f"{capital(listed(small(name) for name in links))}: {remark}")
    return tuple(said)


def headline(rows: pd.DataFrame) -> str:
    """The chain and its desired outcome. rows: the links of one chain."""
    name, outcome = rows["kjede_navn"].iloc[0], rows.loc[rows["ledd"] == "onsket_utfall", "innhold"].iloc[0]
    return (
        f"{name}: virkningskjeden ledd for ledd" if pd.isna(outcome) else f"{name}: ønsket utfall er {small(outcome)}"
    )


def describe(rows: pd.DataFrame) -> str:
    """Alt text: the chain's name and every link with its content. rows: the links of one chain."""
    links = [f"{name}: {text.rstrip('.')}." for name, text in zip(rows["ledd_navn"], rows["tekst"], strict=True)]
    return f"Virkningskjede for {small(rows['kjede_navn'].iloc[0])}, {spelled(len(rows))} ledd. {' '.join(links)}"


def build(chain: str, data: Data) -> Diagram:
    """The diagram of one chain."""
    rows = compute(data).query("kjede == @chain")
    steps = tuple(Step(name, text) for name, text in zip(rows["ledd_navn"], rows["tekst"], strict=True))
    return Diagram(
        key=key_of(chain), title=headline(rows),
        subtitle=f"Virkningskjede for et typisk forløp med formålet «{small(rows['formaal_navn'].iloc[0])}»",
        alt=describe(rows), flows=(steps,), table=rows, columns=(LINK, CONTENT, BASIS), notes=notes(rows),
        source=source_line(*sections(rows["kilde"])), inputs=("virkningskjeder", "kjeder", "formaal"), module=__name__,
    )  # fmt: skip


def overview_headline(rows: pd.DataFrame) -> str:
    """How many purposes and chains, and whether each chain has an outcome of its own. rows: the outcomes."""
    purposes, chains = rows["formaal_navn"].nunique(), rows["kjede"].nunique()
    outcomes = rows.loc[rows["ledd"] == "onsket_utfall", "innhold"]
    counted = f"{capital(spelled(purposes) or str(purposes))} formål er blitt til {spelled(chains) or chains} kjeder"
    return f"{counted} med hvert sitt ønskede utfall" if outcomes.nunique() == chains else counted


def overview_steps(rows: pd.DataFrame) -> tuple[Step, ...]:
    """Purpose, chain, outcome and development. rows: the outcomes of one chain."""
    first = rows.iloc[0]
    ends = (Step(name, text) for name, text in zip(rows["ledd_navn"], rows["tekst"], strict=True))
    return (Step(PURPOSE.title, first["formaal_navn"]), Step(CHAIN.title, first["kjede_navn"]), *ends)


def overview(data: Data) -> Diagram:
    """The diagram of all chains: registered purpose, chain, desired outcome, desired development."""
    rows = compute(data).query("ledd in @OUTCOMES")
    flows = tuple(overview_steps(group) for _, group in rows.groupby("kjede", sort=False))
    told = [
        f"{f[0].text}, {small(f[1].text)}: {small(f[2].text.rstrip('.'))}; {small(f[3].text.rstrip('.'))}."
        for f in flows
    ]
    return Diagram(
        key=OVERVIEW, title=overview_headline(rows),
        subtitle="Fra registrert formål til ønsket utfall og ønsket utvikling. Formålet «annet» har ingen kjede",
        alt=f"Registrert formål, virkningskjede, ønsket utfall og ønsket utvikling. {' '.join(told)}",
        flows=flows, table=rows, columns=(PURPOSE, CHAIN, LINK, CONTENT, BASIS),
        notes=("Merknadene til hvert felt står ved figurene for hver kjede.",),
        source=source_line(*sections(rows["kilde"])), inputs=("virkningskjeder", "kjeder", "formaal"), module=__name__,
    )  # fmt: skip


def builders(data: Data) -> Iterator[Callable[[Data], Diagram]]:
    """One builder a diagram: all chains, then each."""
    yield overview
    for chain in data["kjeder"].sort_values("rekkefolge")["kjede"]:
        yield partial(build, chain)
