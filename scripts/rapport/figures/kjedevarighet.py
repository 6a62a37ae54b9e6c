"""Typical duration in each impact chain, beside the limits of the rules. Data: kjede_varighet.csv and others."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.kjeder import sections
from rapport.figures.make import both, source_line
from rapport.figures.shapes.ranges import ranges
from rapport.records import Column, Figure
from rapport.wording import decimal, listed, small, spelled

KEY = "fig-kjede-varighet"
INPUTS = ("kjede_varighet", "kjeder", "varighetsregler")
SILENT = "ikke tall i kilden"
COLUMNS = (
    Column(name="etikett", title="Virkningskjede"),
    Column(name="varighet", title="Typisk varighet"),
    Column(name="fra", title="Fra (måneder)", decimals=0),
    Column(name="til", title="Til (måneder)", decimals=0),
    Column(name="grunnlag", title="Grunnlag"),
)


def bounds(low: float | None, high: float | None) -> str:
    """The bounds in words: "inntil 3 måneder", "6 måneder eller mer", "3–6 måneder"; nothing without bounds."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"inntil {decimal(high)} måneder" if high is not None else f"{decimal(low or 0)} måneder eller mer"
    return f"{decimal(low)}–{decimal(high)} måneder"


def compute(durations: pd.DataFrame, chains: pd.DataFrame) -> pd.DataFrame:
    """One row a chain and group, in the chains' order.

    durations: one row per (kjede, gruppe); fra_maaneder and til_maaneder in months, either may be missing.
    Returns rad, kjede, gruppe, etikett, tekst, taust, varighet, fra, til, grunnlag, kilde. Source: sections 4.1–4.6.
    """
    order = chains.rename(columns={"rekkefolge": "_chain"})[["kjede", "kjede_navn", "_chain"]]
    rows = durations.merge(order, on="kjede", validate="many_to_one").sort_values(["_chain", "rekkefolge"])
    rows = rows.reset_index(drop=True).rename(columns={"fra_maaneder": "fra", "til_maaneder": "til"})
    group = rows["gruppe_navn"].str.lower().where(rows["gruppe"] != "alle")
    rows["etikett"] = rows["kjede_navn"] + (", " + group).fillna("")
    pairs = zip(rows["fra"], rows["til"], strict=True)
    said = [bounds(*(None if pd.isna(value) else float(value) for value in pair)) for pair in pairs]
    words = [f"{hedge} {text}".strip() for hedge, text in zip(rows["forbehold"], said, strict=True)]
    rows = rows.assign(rad=rows.index, tekst=words, taust=["" if text else SILENT for text in said])
    return rows[["rad", "kjede", "gruppe", "etikett", "tekst", "taust", "varighet", "fra", "til", "grunnlag", "kilde"]]


def limits(rules: pd.DataFrame) -> pd.DataFrame:
    """The longest durations that the rules allow, each once: verdi in months, tekst, forklaring, gruppe_navn."""
    rows = rules[(rules["tiltak"] == "arbeidstrening") & rules["maks_maaneder"].notna()]
    rows = rows.drop_duplicates("maks_maaneder").sort_values("maks_maaneder")
    return pd.DataFrame(
        {
            "verdi": rows["maks_maaneder"],
            "tekst": [f"grense {decimal(value)}" for value in rows["maks_maaneder"]],
            "forklaring": [
                f"Lengste varighet etter reglene: {decimal(value)} måneder for {small(group)}"
                for value, group in zip(rows["maks_maaneder"], rows["gruppe_navn"], strict=True)
            ],
            "gruppe_navn": rows["gruppe_navn"],
        }
    )


def describe(table: pd.DataFrame) -> str:
    """Alt text: every chain and group with its duration in words and bounds."""
    said = zip(table["etikett"], table["tekst"], table["taust"], strict=True)
    parts = [f"{small(label)}, {text}{f' ({silent})' if silent else ''}" for label, text, silent in said]
    return f"Typisk varighet i hver kjede: {'; '.join(parts)}."


def headline(table: pd.DataFrame) -> str:
    """That the bounds fall in two, when no upper bound reaches the lowest lower bound."""
    low, high = table["fra"].dropna(), table["til"].dropna()
    if low.empty or high.empty or table[["fra", "til"]].notna().all(axis=1).any() or high.max() >= low.min():
        return "Den typiske varigheten er ulik i kjedene"
    short, long = (spelled(value) or decimal(value) for value in (float(high.max()), float(low.min())))
    return f"Der rapporten har tall, er varigheten typisk inntil {short} måneder eller {long} måneder og mer"


def notes(rules: pd.DataFrame) -> tuple[str, ...]:
    """What arrows, dashed lines and missing bars mean."""
    said = [f"{decimal(row.verdi)} måneder for {small(str(row.gruppe_navn))}" for row in limits(rules).itertuples()]
    return (
        "En stolpe fra null har bare en øvre grense i kilden. En pil betyr at kilden bare har en nedre grense. "
        "Hvor lang pilen er, sier ingenting. Der kilden ikke har tall, er det ikke tegnet noe.",
        *([f"De stiplede linjene er lengste varighet etter reglene: {listed(said)}."] if said else []),
        "Tallene er eksempler og mål for typiske forløp. De er ikke målt.",
    )


def build(data: Data, tokens: Tokens) -> Figure:
    """The figure."""
    table, lines = compute(data["kjede_varighet"], data["kjeder"]), limits(data["varighetsregler"])

    def draw(rows: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
        return ranges(rows, lines[["verdi", "tekst", "forklaring"]], tokens, width)

    return Figure(
        key=KEY, title=headline(table), subtitle="Typisk varighet i hver virkningskjede. Måneder",
        alt=describe(table), table=table, columns=COLUMNS, **both(draw, table, tokens),
        notes=notes(data["varighetsregler"]),
        source=source_line("2.1", *sections(table["kilde"])), inputs=INPUTS, module=__name__,
    )  # fmt: skip
