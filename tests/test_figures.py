"""Every figure: its table against the raw CSVs, what is drawn, what is said, and what follows when data change."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import altair as alt
import pandas as pd
import pytest

from changes import with_values
from rapport.data import Data
from rapport.design import Tokens
from rapport.draw import svg
from rapport.figures import (
    builders,
    deltakere,
    formaal,
    informanter,
    kjennetegn,
    varighet,
    vignetter,
    vignettoversikt,
)
from rapport.paths import Paths
from rapport.records import Figure

Raw = Callable[[str], pd.DataFrame]
NBSP = "\u00a0"
LOST = "ikke lesbar i kilden"
CASES = "123456"
KEYS = (
    "fig-formaal", "fig-deltakere", "fig-kjennetegn", "fig-informanter", "fig-varighet", "fig-kjede-varighet",
    *(f"fig-vignett-{case}" for case in CASES), "fig-vignett-oversikt",
)  # fmt: skip
RANGES = "fig-kjede-varighet"  # two bounds a row instead of one value: see test_chains.py


@pytest.fixture(scope="module")
def figures(data: Data, tokens: Tokens) -> dict[str, Figure]:
    """All figures of the committed data."""
    return {figure.key: figure for figure in (build(data, tokens) for build in builders(data))}


def written(text: str) -> str:
    """The number of a CSV cell as readers see it."""
    value = float(text)
    return f"{value:,.0f}".replace(",", NBSP) if value.is_integer() else f"{value:.1f}".replace(".", ",")


def seen(figure: Figure, *columns: str) -> list[tuple[str, ...]]:
    """Columns of the figure's table as CSV texts; a missing value is empty."""

    def text(value: object) -> str:
        if pd.isna(value):
            return ""
        return f"{value:g}" if isinstance(value, float) else str(value)

    return [tuple(text(row[column]) for column in columns) for row in figure.table.to_dict("records")]


def layers(spec: dict) -> Iterator[tuple[str, dict, list[dict]]]:
    """(kind of mark, layer, rows) of each layer of a specification."""
    for layer in spec["layer"]:
        mark = layer["mark"]["type"] if isinstance(layer["mark"], dict) else layer["mark"]
        data = layer.get("data") or spec["data"]
        yield mark, layer, spec["datasets"][data["name"]] if "name" in data else data["values"]


def drawn(spec: dict, *marks: str) -> list[dict]:
    return [row for mark, _, rows in layers(spec) if mark in marks for row in rows]


def words(spec: dict) -> list[str]:
    """All texts in the drawing."""
    return [
        row[layer["encoding"]["text"]["field"]] for mark, layer, rows in layers(spec) if mark == "text" for row in rows
    ]


# The tables behind the figures.


def test_formaal_has_every_share_and_leaves_the_loose_label_out(figures: dict[str, Figure], raw: Raw) -> None:
    """Each purpose has its share, lost ones none; the label without a purpose is no row."""
    cells = raw("formaal")
    wanted = cells[cells["type"] != "etikett"][["navn", "andel_prosent", "grunnlag"]]
    assert sorted(seen(figures["fig-formaal"], "navn", "verdi", "grunnlag")) == sorted(
        wanted.itertuples(index=False, name=None)
    )
    assert "6" not in [value for (value,) in seen(figures["fig-formaal"], "verdi")]


def test_deltakere_has_every_year(figures: dict[str, Figure], raw: Raw) -> None:
    wanted = raw("deltakere")[["aar", "antall", "grunnlag"]]
    assert seen(figures["fig-deltakere"], "aar", "antall", "grunnlag") == list(
        wanted.itertuples(index=False, name=None)
    )


def test_kjennetegn_has_numerator_over_denominator(figures: dict[str, Figure], raw: Raw) -> None:
    """Each category has its share in per cent, rounded to one decimal."""
    order = {"status": 0, "kjonn": 1, "alder": 2}
    rows = sorted(
        raw("deltakere_kjennetegn").to_dict("records"),
        key=lambda row: (order[row["kjennetegn"]], int(row["rekkefolge"])),
    )
    wanted = [
        (
            row["navn"],
            f"{round(100 * int(row['teller']) / int(row['nevner']), 1):g}" if row["teller"] else "",
            row["grunnlag"],
        )
        for row in rows
    ]
    assert seen(figures["fig-kjennetegn"], "navn", "verdi", "grunnlag") == wanted


def test_informanter_has_the_main_groups(figures: dict[str, Figure], raw: Raw) -> None:
    """Sub-groups are part of their group and are not drawn again."""
    cells = raw("informanter")
    wanted = cells[cells["rolle"] == "hovedgruppe"][["navn", "antall", "enhet", "grunnlag"]]
    shown = seen(figures["fig-informanter"], "navn", "antall", "enhet", "grunnlag")
    assert shown == list(wanted.itertuples(index=False, name=None))


def test_varighet_has_every_rule(figures: dict[str, Figure], raw: Raw) -> None:
    wanted = raw("varighetsregler")[["gruppe_navn", "tiltak_navn", "maks_maaneder", "grunnlag"]]
    shown = seen(figures["fig-varighet"], "gruppe_navn", "tiltak_navn", "verdi", "grunnlag")
    assert sorted(shown) == sorted(wanted.itertuples(index=False, name=None))


def assessments(raw: Raw, case: str) -> list[tuple[str, str, str]]:
    """(assessment, count, basis) as the figure must show them, from the CSVs."""
    cells = raw("vignett_vurderinger")
    rows = cells[(cells["vignett"] == case) & (cells["vurdering"] != "uplassert")]
    shown = list(rows[["vurdering", "antall", "grunnlag"]].itertuples(index=False, name=None))
    (asked,) = raw("vignetter").query("vignett == @case")["antall_veiledere"]
    if asked and [code for code, count, _ in shown if not count] == ["aktuell", "forbehold"]:
        known = shown[-1]
        return [("ukjent_fordeling", str(int(asked) - int(known[1])), "antatt"), known]
    return shown


@pytest.mark.parametrize("case", CASES)
def test_a_vignette_has_its_counts(case: str, figures: dict[str, Figure], raw: Raw) -> None:
    """Each assessment has its count; two lost ones whose sum follows from the number asked are one inferred row."""
    assert seen(figures[f"fig-vignett-{case}"], "vurdering", "antall", "grunnlag") == assessments(raw, case)


def test_the_overview_is_the_six_cases_together(figures: dict[str, Figure], raw: Raw) -> None:
    names = raw("vignetter").set_index("vignett")["navn"]
    wanted = [(names[case], *row) for case in CASES for row in assessments(raw, case)]
    assert seen(figures["fig-vignett-oversikt"], "bruker", "vurdering", "antall", "grunnlag") == wanted


# What is drawn.


def test_all_figures_are_made(figures: dict[str, Figure]) -> None:
    assert tuple(figures) == KEYS


@pytest.mark.parametrize("key", ["fig-formaal", "fig-deltakere", "fig-kjennetegn", "fig-varighet"])
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_lost_value_is_never_drawn(key: str, width: str, figures: dict[str, Figure]) -> None:
    """Bars and points stand for known values, each once; a lost one is no bar of zero."""
    figure, column = figures[key], "antall" if key == "fig-deltakere" else "verdi"
    known = [float(value) for value in figure.table[column].dropna()]
    marks = drawn(getattr(figure, width), "point" if key == "fig-deltakere" else "bar")
    assert sorted(row[column] for row in marks) == sorted(known)


@pytest.mark.parametrize("key", ["fig-formaal", "fig-kjennetegn"])
def test_a_lost_value_is_said_in_its_place(key: str, figures: dict[str, Figure]) -> None:
    """Where a bar would be the drawing says that the source cannot be read."""
    lost = int(figures[key].table["verdi"].isna().sum())
    assert lost > 0
    assert words(figures[key].wide).count(LOST) == lost


def test_lost_years_are_marked_and_no_line_is_drawn(figures: dict[str, Figure], raw: Raw) -> None:
    """Each lost year has a question mark, and nothing joins the years that are known."""
    spec = figures["fig-deltakere"].wide
    lost = list(raw("deltakere").query("antall == ''")["aar"])
    assert [row["aar"] for row in drawn(spec, "text") if row["tekst"] == "?"] == lost
    assert {mark for mark, _, _ in layers(spec)} == {"text", "rule", "point"}
    assert f"{lost[0]}–{lost[-1]}: {LOST}" in words(spec)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_vignette_has_one_mark_per_caseworker(case: str, width: str, figures: dict[str, Figure], raw: Raw) -> None:
    """As many dots as answers, none for a lost count, and hollow where the placing is inferred."""
    dots = drawn(getattr(figures[f"fig-vignett-{case}"], width), "point")
    wanted = [
        (row, basis != "antatt")
        for row, (_, count, basis) in enumerate(assessments(raw, case))
        for _ in range(int(count or 0))
    ]
    assert [(dot["rad"], bool(dot["fylt"])) for dot in dots] == wanted


def test_the_overview_has_one_mark_per_answer(figures: dict[str, Figure], raw: Raw) -> None:
    """The dots of a case stand in one row without gaps or overlaps."""
    dots = drawn(figures["fig-vignett-oversikt"].wide, "point")
    for row, case in enumerate(CASES):
        count = sum(int(count or 0) for _, count, _ in assessments(raw, case))
        assert [dot["nr"] for dot in dots if dot["rad"] == row] == list(range(1, count + 1))


def test_informanter_has_one_mark_per_interview(figures: dict[str, Figure], raw: Raw) -> None:
    dots = drawn(figures["fig-informanter"].wide, "point")
    counts = raw("informanter").query("rolle == 'hovedgruppe'")["antall"].astype(int)
    assert [sum(dot["rad"] == row for dot in dots) for row in range(len(counts))] == list(counts)


@pytest.mark.parametrize("key", KEYS)
def test_both_widths_show_the_same_data(key: str, figures: dict[str, Figure]) -> None:
    """A phone shows what a wide screen shows."""
    figure = figures[key]
    assert figure.wide["datasets"] == figure.narrow["datasets"]
    assert (figure.wide["width"], figure.narrow["width"]) == (640, 340)


@pytest.mark.parametrize("key", KEYS)
def test_a_specification_is_vega_lite(key: str, figures: dict[str, Figure]) -> None:
    """Anyone's Vega-Lite can draw the figure: both specifications keep its schema."""
    for spec in (figures[key].wide, figures[key].narrow):
        assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
        alt.LayerChart.from_dict(spec, validate=True)


@pytest.mark.parametrize("key", KEYS)
def test_the_committed_specification_is_the_figure_s(key: str, figures: dict[str, Figure], paths: Paths) -> None:
    """figures/ holds the specification as canonical JSON, so that a difference can be read."""
    wanted = json.dumps(figures[key].wide, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert (paths.figures / f"{key}.vl.json").read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize("key", KEYS)
def test_fonts_and_colours_come_from_the_tokens(key: str, paths: Paths) -> None:
    """No drawing or specification knows a colour or a font of its own."""
    tokens = json.loads((paths.theme / "tokens.json").read_text(encoding="utf-8"))
    colours = {colour.lower() for colour in tokens["light"].values()}
    files = [
        (paths.figures / f"{key}{suffix}").read_text(encoding="utf-8") for suffix in (".vl.json", ".svg", ".smal.svg")
    ]
    for text in files:
        assert {colour.lower() for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", text)} <= colours
    for text in files[1:]:
        assert set(re.findall(r'(?:fill|stroke)="([^"#]+)"', text)) <= {"none", "transparent"}
        assert set(re.findall(r'font-family="([^"]+)"', text)) == {tokens["font"]["tekst"]["familie"]}


# What is said.


@pytest.mark.parametrize("key", [key for key in KEYS if key != RANGES])
def test_the_alt_text_holds_every_known_value(key: str, figures: dict[str, Figure]) -> None:
    """Who cannot see the figure is told each known value, and that some are lost when they are."""
    figure = figures[key]
    column = "verdi" if "verdi" in figure.table else "antall"
    numbers = re.sub(r"(?<=\d)\u00a0(?=\d)", "", figure.alt)
    for value, text in zip(figure.table[column], figure.table["tekst"], strict=True):
        if pd.notna(value):
            number = rf"(?<![\d,]){written(f'{value:g}').replace(NBSP, '')}(?![\d,])"
            assert re.search(number, numbers) or text in figure.alt or (value == 0 and "ingen" in figure.alt), value
    lost = figure.table[column].isna().any()
    assert bool(re.search(r"ikke lesbare? i kilden|[Ii]kke lesbart i kilden", figure.alt)) == lost


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_is_labelled_in_full(key: str, figures: dict[str, Figure]) -> None:
    """Headline, subtitle, alt text and source are whole sentences of text, with nothing left unfilled."""
    figure = figures[key]
    for text in (figure.title, figure.subtitle, figure.alt, figure.source, *figure.notes):
        assert text.strip() == text != ""
        assert not re.search(r"<NA>|\bnan\b|\bNone\b|[{}]", text)
    assert figure.source.startswith("Oslo Economics og Frischsenteret (2023), avsnitt ")
    assert len(figure.alt) > 60


@pytest.mark.parametrize("key", [f"fig-vignett-{case}" for case in CASES])
def test_open_marks_are_explained_where_there_are_any(key: str, figures: dict[str, Figure]) -> None:
    """The note about open marks stands with the figures that have them, and with no other."""
    hollow = any(not dot["fylt"] for dot in drawn(figures[key].wide, "point"))
    assert any(note.startswith("Åpne punkter") for note in figures[key].notes) == hollow


def test_the_captions_and_alt_texts_are_reviewed(figures: dict[str, Figure], snapshot: object) -> None:
    """A change in what readers are told of a figure is seen before it is published."""
    told = [f"{key}\n  {f.title}\n  {f.subtitle}\n  {f.alt}" for key, f in figures.items()]
    assert "\n\n".join(told) == snapshot


# What follows when data change.


def test_headlines_follow_the_purposes(data: Data, tokens: Tokens) -> None:
    """Another largest purpose gives another headline; the joint row is never the largest."""
    assert formaal.build(data, tokens).title == "Arbeidserfaring er det vanligste formålet"
    changed = with_values(data, "formaal", {"formaal": "utproving"}, andel_prosent=40)
    assert formaal.build(changed, tokens).title == "Utprøving er det vanligste formålet"
    joint = with_values(data, "formaal", {"formaal": "tre_ovrige"}, andel_prosent=60)
    assert formaal.build(joint, tokens).title == "Arbeidserfaring er det vanligste formålet"


@pytest.mark.parametrize(
    ("last", "headline"),
    [
        (5515, f"Antallet deltakere falt med 63{NBSP}prosent fra 2017 til 2022"),
        (7493, f"Antallet deltakere falt med 50{NBSP}prosent fra 2017 til 2022"),
        (22479, f"Antallet deltakere steg med 50{NBSP}prosent fra 2017 til 2022"),
    ],
)
def test_headlines_follow_the_participants(last: int, headline: str, data: Data, tokens: Tokens) -> None:
    changed = with_values(data, "deltakere", {"aar": 2022}, antall=last)
    assert deltakere.build(changed, tokens).title == headline


def test_a_headline_never_compares_a_year_with_itself(data: Data, tokens: Tokens) -> None:
    """With one known year there is no change to tell."""
    one = with_values(data, "deltakere", {"aar": 2017}, antall=None, grunnlag="ukjent")
    assert "fra 2022 til 2022" not in deltakere.build(one, tokens).title


def test_a_year_that_is_found_is_drawn_and_no_longer_said_to_be_lost(data: Data, tokens: Tokens) -> None:
    """The alt text and the drawing name the years that are still lost, and only those."""
    found = with_values(data, "deltakere", {"aar": 2019}, antall=9000, grunnlag="oppgitt")
    figure = deltakere.build(found, tokens)
    assert f"2019: 9{NBSP}000" in figure.alt
    assert 9000 in [row["antall"] for row in drawn(figure.wide, "point")]
    assert [row["aar"] for row in drawn(figure.wide, "text") if row["tekst"] == "?"] == ["2018", "2020", "2021"]
    assert not any("2018–2021" in text for text in (figure.alt, *words(figure.wide)))


def test_one_lost_year_is_no_span(data: Data, tokens: Tokens) -> None:
    changed = data
    for year in (2018, 2020, 2021):
        changed = with_values(changed, "deltakere", {"aar": year}, antall=9000, grunnlag="oppgitt")
    figure = deltakere.build(changed, tokens)
    assert "2019–2019" not in figure.alt + " ".join(words(figure.wide))
    assert figure.alt.endswith("Ikke lesbart i kilden: 2019.")


def test_when_all_years_are_found_nothing_is_said_to_be_lost(data: Data, tokens: Tokens) -> None:
    figure = deltakere.build(
        with_values(data, "deltakere", {"grunnlag": "ukjent"}, antall=9000, grunnlag="oppgitt"), tokens
    )
    assert len(drawn(figure.wide, "point")) == 6
    assert "lesbar" not in figure.alt + " ".join(words(figure.wide))
    assert "?" not in words(figure.wide)


@pytest.mark.parametrize(
    ("category", "headline"),
    [
        ("nedsatt_arbeidsevne", "De fleste deltakerne har nedsatt arbeidsevne"),
        ("arbeidssoker", "De fleste deltakerne er arbeidssøkere"),
    ],
)
def test_headlines_follow_the_largest_status(category: str, headline: str, data: Data, tokens: Tokens) -> None:
    changed = with_values(data, "deltakere_kjennetegn", {"kjennetegn": "status"}, teller=1, nevner=4)
    changed = with_values(changed, "deltakere_kjennetegn", {"kategori": category}, teller=2)
    assert kjennetegn.build(changed, tokens).title == "Deltakernes kjennetegn"
    changed = with_values(changed, "deltakere_kjennetegn", {"kategori": category}, teller=3)
    assert kjennetegn.build(changed, tokens).title == headline


def test_a_fraction_stays_a_fraction_only_while_it_is_approximate(data: Data, tokens: Tokens) -> None:
    """«Omtrent to tredjedeler» is not turned into 66,7 per cent, and an exact share is not turned into a fraction."""
    assert "nedsatt arbeidsevne omtrent to tredjedeler" in kjennetegn.build(data, tokens).alt
    exact = with_values(
        data, "deltakere_kjennetegn", {"kategori": "nedsatt_arbeidsevne"}, teller=64, nevner=100, grunnlag="oppgitt"
    )
    assert f"nedsatt arbeidsevne 64{NBSP}%" in kjennetegn.build(exact, tokens).alt


@pytest.mark.parametrize(
    ("months", "headline"),
    [
        (18, "Grensen ble satt ned med seks måneder for personer med nedsatt arbeidsevne"),
        (24, "Lengste varighet for de to tiltakene"),
        (30, "Grensen ble satt opp med seks måneder for personer med nedsatt arbeidsevne"),
        (None, "Lengste varighet for de to tiltakene"),
    ],
)
def test_headlines_follow_the_rules(months: int | None, headline: str, data: Data, tokens: Tokens) -> None:
    where = {"tiltak": "arbeidstrening", "gruppe": "nedsatt_arbeidsevne"}
    assert varighet.build(with_values(data, "varighetsregler", where, maks_maaneder=months), tokens).title == headline


def test_headlines_follow_the_interviews(data: Data, tokens: Tokens) -> None:
    """The two largest groups are named as what they are."""
    assert (
        informanter.build(data, tokens).title
        == "24 intervjuer med veiledere i NAV og 22 med virksomheter er hovedkilden"
    )
    more = with_values(data, "informanter", {"gruppe": "virksomheter"}, antall=30)
    title = informanter.build(more, tokens).title
    assert "30 med virksomheter" in title or title.startswith("30 intervjuer med virksomheter")
    assert "24 intervjuer med veiledere" in title or "24 med veiledere i NAV" in title


@pytest.mark.parametrize(
    ("counts", "basis", "headline"),
    [
        ((2, 8, 2), "antatt", "Atle: åtte av tolv mente trolig at Arbeidstrening var aktuelt med forbehold"),
        ((9, 2, 1), "oppgitt", "Atle: ni av tolv mente at Arbeidstrening var aktuelt"),
        ((0, 1, 11), "oppgitt", "Atle: elleve av tolv mente at Arbeidstrening ikke var aktuelt"),
        ((None, None, None), "ukjent", "Atle: fordelingen er ikke lesbar i kilden"),
    ],
)
def test_headlines_follow_the_assessments(
    counts: tuple[int | None, ...], basis: str, headline: str, data: Data, tokens: Tokens
) -> None:
    changed = data
    for code, count in zip(("aktuell", "forbehold", "ikke_aktuell"), counts, strict=True):
        changed = with_values(
            changed, "vignett_vurderinger", {"vignett": 1, "vurdering": code}, antall=count, grunnlag=basis
        )
    assert vignetter.build(1, changed, tokens).title == headline


def test_a_case_becomes_a_joint_row_when_the_number_asked_is_found(data: Data, tokens: Tokens) -> None:
    """With eleven asked and nobody against, eleven hollow marks stand for the two lost answers together."""
    figure = vignetter.build(
        3, with_values(data, "vignetter", {"vignett": 3}, antall_veiledere=11, grunnlag="oppgitt"), tokens
    )
    dots = drawn(figure.wide, "point")
    assert (len(dots), {dot["fylt"] for dot in dots}) == (11, {0})
    assert "aktuell eller aktuell med forbehold 11 (antatt)" in figure.alt


def test_the_overview_says_what_is_still_lost_of_a_case(data: Data, tokens: Tokens) -> None:
    """A case of which one count is found is not shown as if that were all."""
    found = with_values(
        data, "vignett_vurderinger", {"vignett": 2, "vurdering": "aktuell"}, antall=5, grunnlag="oppgitt"
    )
    alt_text = vignettoversikt.build(found, tokens).alt
    (anita,) = [part for part in alt_text.split("; ") if part.startswith("Anita")]
    assert "5 aktuell" in anita
    assert LOST in anita


def test_the_overview_counts_the_cases_that_can_be_read(data: Data, tokens: Tokens) -> None:
    """The headline says for how many cases the whole split is known, and whether it is read or inferred."""
    title = vignettoversikt.build(data, tokens).title
    assert title == "Hele fordelingen kan bare anslås for én av seks brukere: Atle"
    stated = with_values(data, "vignett_vurderinger", {"vignett": 1}, grunnlag="oppgitt")
    assert vignettoversikt.build(stated, tokens).title == "Hele fordelingen kan leses for én av seks brukere: Atle"
    found = with_values(data, "vignett_vurderinger", {}, antall=1, grunnlag="oppgitt")
    title = vignettoversikt.build(found, tokens).title
    assert title == "Hele fordelingen kan leses for seks av seks brukere: Atle, Anita, Josef, Marja, Kenneth og Silje"


@pytest.mark.parametrize(
    ("module", "resource", "columns"),
    [
        (formaal, "formaal", ["andel_prosent"]),
        (deltakere, "deltakere", ["antall"]),
        (kjennetegn, "deltakere_kjennetegn", ["teller", "nevner"]),
        (informanter, "informanter", ["antall"]),
        (varighet, "varighetsregler", ["maks_maaneder"]),
        (vignettoversikt, "vignett_vurderinger", ["antall"]),
    ],
)
@pytest.mark.parametrize("extent", ["one", "all"])
def test_a_figure_can_lose_its_values(
    module: object, resource: str, columns: list[str], extent: str, data: Data, tokens: Tokens
) -> None:
    """A value, or every one, may become ukjent: the figure is made, draws nothing for it and says that it is lost."""
    where = {} if extent == "all" else first_key(data, resource)
    lost = with_values(data, resource, where, grunnlag="ukjent", **dict.fromkeys(columns))
    figure = module.build(lost, tokens)
    column = "verdi" if "verdi" in figure.table else "antall"
    assert figure.table[column].isna().any()
    assert "lesbar" in figure.alt
    if extent == "all":
        assert drawn(figure.wide, "point", "bar") == []


def first_key(data: Data, resource: str) -> dict[str, object]:
    """The primary key of a table's first row."""
    schema = next(item["schema"] for item in data.descriptor["resources"] if item["name"] == resource)
    return {column: data[resource].iloc[0][column] for column in schema["primaryKey"]}


def test_a_name_from_the_data_stays_text(data: Data, tokens: Tokens) -> None:
    """Markup in a CSV cell is drawn as letters."""
    odd = with_values(data, "varighetsregler", {"gruppe": "arbeidssoker"}, gruppe_navn="<script>alert(1)</script>")
    picture = svg(varighet.build(odd, tokens).wide, "prove")
    assert "<script" not in picture
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in picture
