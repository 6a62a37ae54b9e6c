"""The impact chains: diagrams of words on the page and in print, and the range chart of their durations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import typst
from bs4 import BeautifulSoup

from changes import with_values
from rapport.data import Data
from rapport.design import Tokens
from rapport.figures import diagrams, kjeder, kjedevarighet
from rapport.flows import html_flows, typst_flows
from rapport.records import Diagram, Figure, Step

Raw = Callable[[str], pd.DataFrame]
CHAINS = (
    "utproving_arbeidslivet", "utproving_bransje", "arbeidserfaring", "jobb_i_bedriften", "fagbrev", "sprakopplaering",
)  # fmt: skip
LINKS = ("kjennetegn", "avklaringer", "gjennomforing", "onsket_utfall", "onsket_utvikling")
HOSTILE = '<script>alert("1")</script> `k` #strong[x] ] $y$ *z* @ref \\ // &amp;'


@pytest.fixture(scope="module")
def made(data: Data) -> dict[str, Diagram]:
    """All diagrams of the committed data."""
    return {diagram.key: diagram for diagram in (build(data) for build in diagrams(data))}


def key(chain: str) -> str:
    return f"fig-kjede-{chain.replace('_', '-')}"


def soup(flows: tuple) -> BeautifulSoup:
    return BeautifulSoup(html_flows(flows), "html.parser")


def printed(flows: tuple, folder: Path) -> list[str]:
    """Every word of the diagram in print, as the PDF engine understands it, in reading order."""
    seen = (
        "#let ut(it) = if type(it) == str [#metadata(it) <ord>] else { for del in it { ut(del) } }\n"
        "#let kjede = ut\n#let kjeder = ut\n"
    )
    (folder / "flyt.typ").write_text(seen + typst_flows(flows), encoding="utf-8")
    return json.loads(typst.query(str(folder / "flyt.typ"), "<ord>", field="value"))


# What the diagrams hold.


def test_there_is_one_diagram_of_all_and_one_a_chain(made: dict[str, Diagram]) -> None:
    assert tuple(made) == ("fig-kjeder", *map(key, CHAINS))


@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_has_its_links_in_order(chain: str, made: dict[str, Diagram], raw: Raw) -> None:
    """The five links stand in the diagram as in the CSV, each under its name."""
    rows = raw("virkningskjeder").query("kjede == @chain").set_index("ledd").loc[list(LINKS)]
    wanted = [Step(row["ledd_navn"], row["innhold"]) for _, row in rows.iterrows()]
    assert list(made[key(chain)].flows) == [tuple(wanted)]


@pytest.mark.parametrize("chain", CHAINS)
def test_what_is_said_of_a_chain_follows_its_rows(chain: str, made: dict[str, Diagram], raw: Raw) -> None:
    """Alt text, headline, notes and table hold what the CSVs hold."""
    diagram, rows = made[key(chain)], raw("virkningskjeder").query("kjede == @chain")
    assert all(text.rstrip(".") in diagram.alt for text in rows["innhold"])
    assert list(diagram.table["innhold"]) == list(rows["innhold"])
    (outcome,) = rows.loc[rows["ledd"] == "onsket_utfall", "innhold"]
    assert diagram.title.endswith(f": ønsket utfall er {outcome[0].lower()}{outcome[1:]}")
    assert all(any(remark in note for note in diagram.notes) for remark in rows["merknad"] if remark)
    assert diagram.source.startswith("Oslo Economics og Frischsenteret (2023), avsnitt 4")


def test_a_lost_diagram_is_said_to_be_lost(made: dict[str, Diagram]) -> None:
    """Below the chains whose figure cannot be read it stands that the words come from the chapter."""
    for chain, figure in zip(CHAINS[:4], ("4-2", "4-3", "4-4", "4-5"), strict=True):
        lost = f"Kjennetegn, avklaringer og gjennomføring: Rapportens figur {figure} er ikke lesbar"
        assert lost in made[key(chain)].notes[0]


def test_the_overview_leads_from_purpose_to_development(made: dict[str, Diagram], raw: Raw) -> None:
    """Each chain has its registered purpose, name, outcome and development."""
    purposes = raw("formaal").set_index("formaal")["navn"]
    links = raw("virkningskjeder").set_index(["kjede", "ledd"])["innhold"]
    wanted = [
        (purposes[row["formaal"]], row["kjede_navn"], *(links[row["kjede"], link] for link in LINKS[3:]))
        for row in raw("kjeder").to_dict("records")
    ]
    assert [tuple(step.text for step in flow) for flow in made["fig-kjeder"].flows] == wanted


def test_the_overview_counts_purposes_and_chains(data: Data, made: dict[str, Diagram]) -> None:
    """The headline follows the data, and claims outcomes of their own only when they are."""
    assert made["fig-kjeder"].title == "Fem formål er blitt til seks kjeder med hvert sitt ønskede utfall"
    same = with_values(data, "virkningskjeder", {"ledd": "onsket_utfall"}, innhold="Jobb")
    assert kjeder.overview(same).title == "Fem formål er blitt til seks kjeder"


def test_a_link_can_be_lost(data: Data) -> None:
    """A link that nobody can read is said to be so, in its place and in the alt text."""
    where = {"kjede": "fagbrev", "ledd": "onsket_utfall"}
    diagram = kjeder.build("fagbrev", with_values(data, "virkningskjeder", where, innhold=None, grunnlag="ukjent"))
    assert diagram.flows[0][3].text == "Ikke lesbar i kilden"
    assert "Ønsket utfall: Ikke lesbar i kilden." in diagram.alt
    assert diagram.title == "Fagbrev eller kompetansebevis: virkningskjeden ledd for ledd"


# The two shapes.


@pytest.mark.parametrize("name", ["fig-kjeder", "fig-kjede-fagbrev"])
def test_a_diagram_is_reviewed_on_the_page_and_in_print(name: str, made: dict[str, Diagram], snapshot: object) -> None:
    """A change in the markup or the words is seen before it is published."""
    flows = made[name].flows
    page = html_flows(flows).replace("><", ">\n<")
    assert f"{page}\n{typst_flows(flows)}" == snapshot


def test_the_captions_and_alt_texts_are_reviewed(made: dict[str, Diagram], snapshot: object) -> None:
    """What readers are told of a diagram is seen before it is published."""
    told = ["\n  ".join([name, d.title, d.subtitle, d.alt, *d.notes, d.source]) for name, d in made.items()]
    assert "\n\n".join(told) == snapshot


def test_page_and_print_hold_the_same_words(made: dict[str, Diagram], tmp_path: Path) -> None:
    """Every step stands once in both, in one order; flows that begin alike share their start."""
    for diagram in made.values():
        page = [tag.get_text() for tag in soup(diagram.flows).find_all("p")]
        assert page == printed(diagram.flows, tmp_path)
        assert {step.text for flow in diagram.flows for step in flow} <= set(page)
    branching = soup(made["fig-kjeder"].flows)
    assert [len(item.select("ol")) for item in branching.select("ul.kjeder > li")] == [2, 1, 1, 1, 1]


def test_a_hostile_cell_is_text_in_both(tmp_path: Path) -> None:
    """Markup, code and brackets in a cell mean their letters, on the page and in print."""
    for flows in (((Step("Ledd", HOSTILE),),), ((Step("a", HOSTILE), Step(HOSTILE, "b")), (Step("c", "d"),))):
        assert soup(flows).find("script") is None
        assert HOSTILE in [tag.get_text() for tag in soup(flows).find_all("p")]
        assert HOSTILE in printed(flows, tmp_path)


def test_a_diagram_has_no_style_of_its_own(made: dict[str, Diagram]) -> None:
    """The page's policy forbids style attributes; the look is the style sheet's."""
    for diagram in made.values():
        assert soup(diagram.flows).find(style=True) is None


# The range chart.


@pytest.fixture(scope="module")
def chart(data: Data, tokens: Tokens) -> Figure:
    """The chart of the committed data."""
    return kjedevarighet.build(data, tokens)


def drawn(figure: Figure, mark: str) -> list[dict]:
    spec = figure.wide
    rows = [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"] if layer["mark"]["type"] == mark]
    return [row for found in rows for row in found]


def test_only_stated_bounds_are_drawn(chart: Figure, raw: Raw) -> None:
    """A range for each row with a number, an arrow for each without an upper end, and nothing for the rest."""
    cells = raw("kjede_varighet").to_dict("records")
    ranges = [(row["fra_maaneder"] or "0", row["til_maaneder"]) for row in cells]
    wanted = [(float(low), float(high) if high else None) for low, high in ranges if low != "0" or high]
    assert [(row["start"], row["til"]) for row in drawn(chart, "bar")] == wanted
    assert len(drawn(chart, "point")) == sum(high is None for _, high in wanted)


def test_the_limits_are_those_of_the_rules(chart: Figure, raw: Raw) -> None:
    rules = raw("varighetsregler").query("tiltak == 'arbeidstrening'")["maks_maaneder"]
    assert [row["verdi"] for row in drawn(chart, "rule")] == sorted({int(months) for months in rules})
    assert all(f"{months} måneder for " in chart.notes[1] for months in rules)


def test_the_alt_text_tells_every_duration_with_its_hedge(chart: Figure, raw: Raw) -> None:
    """Bounds are told with the source's reservation, and a missing number as missing."""
    for row in raw("kjede_varighet").to_dict("records"):
        assert row["forbehold"] in chart.alt
        assert not row["fra_maaneder"] or f"{row['forbehold']} {row['fra_maaneder']} måneder eller mer" in chart.alt
        assert not row["til_maaneder"] or f"{row['forbehold']} inntil {row['til_maaneder']} måneder" in chart.alt
    assert chart.alt.count("(ikke tall i kilden)") == 2


@pytest.mark.parametrize(
    ("longest", "headline"),
    [
        (3, "Der rapporten har tall, er varigheten typisk inntil tre måneder eller seks måneder og mer"),
        (5, "Der rapporten har tall, er varigheten typisk inntil fem måneder eller seks måneder og mer"),
        (6, "Den typiske varigheten er ulik i kjedene"),
        (None, "Den typiske varigheten er ulik i kjedene"),
    ],
)
def test_the_headline_follows_the_bounds(longest: int | None, headline: str, data: Data, tokens: Tokens) -> None:
    """Two groups of durations are claimed only while there is a gap between them."""
    changed = with_values(data, "kjede_varighet", {"til_maaneder": 3}, til_maaneder=longest)
    assert kjedevarighet.build(changed, tokens).title == headline


def test_a_chart_without_any_number_is_words(data: Data, tokens: Tokens) -> None:
    """When no bound is known nothing is drawn but the limits and the words."""
    silent = with_values(data, "kjede_varighet", {}, fra_maaneder=None, til_maaneder=None)
    figure = kjedevarighet.build(silent, tokens)
    assert drawn(figure, "bar") == []
    assert figure.alt.count("(ikke tall i kilden)") == len(data["kjede_varighet"])
