"""The six vignettes: how the caseworkers assessed each case, one mark per caseworker.

Data: vignetter.csv, vignett_vurderinger.csv. A hollow mark is an inference; what is lost is said, never drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import altair as alt
import pandas as pd

from rapport.data import Data
from rapport.design import Tokens
from rapport.figures.make import basis_column, both, source_line, with_basis
from rapport.figures.shapes.marks import dots
from rapport.figures.shapes.told import told_of
from rapport.figures.texts import label, note, twin
from rapport.figures.texts.vignetter import LABELS, NOTES, TEXTS
from rapport.languages import BOOK, LANGUAGES
from rapport.records import Column, Figure
from rapport.small import Small, small_html, small_rows
from rapport.wording import decimal, listed, spelled

INPUTS = ("vignetter", "vignett_vurderinger")
COLORS = {"aktuell": "serie-1", "forbehold": "serie-2", "ikke_aktuell": "serie-3", "ukjent_fordeling": "ukjent"}


def columns(lang: str) -> tuple[Column, ...]:
    """What a reader sees."""
    count = Column(name="antall", title=TEXTS[lang]["count"], decimals=0)
    return Column(name="navn", title=TEXTS[lang]["name"]), count, basis_column(TEXTS, lang)


def _shared_row(rows: pd.DataFrame, asked: float) -> pd.DataFrame:
    """The two unknown rows as one, when their sum follows from the number asked and the third row."""
    lost = rows[rows["antall"].isna()]
    if pd.isna(asked) or list(lost["vurdering"]) != ["aktuell", "forbehold"]:
        return rows
    joint = lost.head(1).assign(
        vurdering="ukjent_fordeling", navn=TEXTS[BOOK]["split"], antall=asked - rows["antall"].sum(), grunnlag="antatt"
    )
    return pd.concat([joint, rows[rows["antall"].notna()]], ignore_index=True)


def _said(count: float, lang: str) -> str:
    return LANGUAGES[lang].missing if pd.isna(count) else "" if count else TEXTS[lang]["none"]


def compute(case: int, cases: pd.DataFrame, assessments: pd.DataFrame, lang: str = BOOK) -> pd.DataFrame:
    """One row an assessment of the case. assessments: one row per (vignett, vurdering); antall caseworkers.

    Returns rad, vurdering, navn, etikett, tekst (said when there is no mark), antall, farge, fylt,
    grunnlag. Two lost rows become one where their sum is known. Source: chapter 5.
    """
    rows = assessments[(assessments["vignett"] == case) & (assessments["vurdering"] != "uplassert")]
    asked = cases.set_index("vignett")["antall_veiledere"].get(case)
    rows = _shared_row(rows, asked).reset_index(drop=True)
    rows["navn"] = [label(LABELS, code, name, lang) for code, name in zip(rows["vurdering"], rows["navn"], strict=True)]
    counts = zip(rows["navn"], rows["antall"], strict=True)
    counted = [name if pd.isna(n) else f"{name}: {decimal(n, lang=lang)}" for name, n in counts]
    return rows.assign(
        rad=rows.index, etikett=counted, tekst=[_said(n, lang) for n in rows["antall"]],
        farge=rows["vurdering"].map(COLORS), fylt=(rows["grunnlag"] != "antatt").astype(int),
    )[["rad", "vurdering", "navn", "etikett", "tekst", "antall", "farge", "fylt", "grunnlag"]]  # fmt: skip


def marks(table: pd.DataFrame) -> pd.DataFrame:
    """One row a dot: rad, nr, farge, fylt."""
    rows = [
        {"rad": row.rad, "nr": number, "farge": row.farge, "fylt": row.fylt}
        for row in table[table["antall"].notna()].itertuples()
        for number in range(1, int(row.antall) + 1)
    ]
    return pd.DataFrame(rows, columns=["rad", "nr", "farge", "fylt"])


def draw(table: pd.DataFrame, tokens: Tokens, width: int) -> alt.LayerChart:
    """A row of dots for each assessment."""
    return dots(marks(table), told_of(table), tokens, width)


def describe(name: str, table: pd.DataFrame, lang: str = BOOK) -> str:
    """Alt text: each assessment with its number, its basis when inferred, or that it is lost."""
    known, lost, words = table[table["antall"].notna()], table[table["antall"].isna()], TEXTS[lang]
    if known.empty:
        return words["alt_empty"].format(name=name)
    parts = [
        f"{row.navn.lower()} {decimal(row.antall, lang=lang)}{words['inferred'] if row.grunnlag == 'antatt' else ''}"
        for row in known.itertuples()
    ]
    text = words["alt"].format(name=name, parts=listed(parts, lang))
    return text if lost.empty else f"{text} {words['alt_lost'].format(names=listed(lost['navn'].str.lower(), lang))}"


def headline(name: str, table: pd.DataFrame, asked: float, lang: str = BOOK) -> str:
    """What the known counts say, with «trolig» when the placing is an inference."""
    known, words = table[table["antall"].notna() & (table["vurdering"] != "ukjent_fordeling")], TEXTS[lang]
    if known.empty:
        return words["unknown"].format(name=name)
    top = known.loc[known["antall"].astype(float).idxmax()]
    if top["antall"] == 0:
        return words["nobody"].format(name=name, what=words[f"no_{top['vurdering']}"])
    many, of = ("" if pd.isna(n) else spelled(n, lang) or decimal(n, lang=lang) for n in (top["antall"], asked))
    return words["many"].format(
        name=name, many=many, what=words[top["vurdering"]],
        of=of and words["of"].format(asked=of),
        probably=words["probably"] if top["grunnlag"] == "antatt" else "",
    )  # fmt: skip


def _notes(table: pd.DataFrame, assessments: pd.DataFrame, asked: float, lang: str) -> tuple[str, ...]:
    notes = [] if pd.notna(asked) else [TEXTS[lang]["note_asked"]]
    if (table["grunnlag"] == "antatt").any():
        notes.append(TEXTS[lang]["note_hollow"])
    said = [str(text) for text in assessments["merknad"].dropna().unique()]
    return (*notes, *(note(NOTES, text, lang) for text in said))


def small(key: str, name: str, table: pd.DataFrame, lang: str = BOOK) -> str:
    """The assessments as marks, one row each; hollow when any of them is an inference."""
    texts = ["" if pd.isna(count) else decimal(count, lang=lang) for count in table["antall"]]
    rows, alt_text = small_rows(table["navn"], table["antall"], texts), describe(name, table, lang)
    return small_html(
        Small(rows=rows, alt=alt_text, dots=True, hollow=bool((table["fylt"] == 0).any()), lang=lang), key
    )


def build(case: int, data: Data, tokens: Tokens, lang: str = BOOK) -> Figure:
    """The figure of one case in a language."""
    row, words = data["vignetter"].set_index("vignett").loc[case], TEXTS[lang]
    table = with_basis(compute(case, data["vignetter"], data["vignett_vurderinger"], lang), lang)
    asked, name = row["antall_veiledere"], str(row["navn"])
    assessed, key = data["vignett_vurderinger"], twin(f"fig-vignett-{case}", lang)
    counted = words["uncounted"] if pd.isna(asked) else words["counted"].format(asked=asked)
    return Figure(
        key=key, title=headline(name, table, asked, lang),
        subtitle=words["subtitle"].format(name=name, age=row["alder"]) + counted, alt=describe(name, table, lang),
        table=table, columns=columns(lang), **both(draw, table, tokens),
        notes=_notes(table, assessed[assessed["vignett"] == case], asked, lang),
        source=source_line(f"5.{case}", lang=lang), small=small(key, name, table, lang), inputs=INPUTS,
        module=__name__, lang=lang,
    )  # fmt: skip


def builders(data: Data) -> Iterator[partial[Figure]]:
    """One builder a case."""
    for case in data["vignetter"]["vignett"]:
        yield partial(build, int(case))
