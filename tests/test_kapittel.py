"""What chapters call: the text of a number, the Markdown of a figure and a table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypandoc
import pytest
from bs4 import BeautifulSoup
from IPython.core.formatters import DisplayFormatter

from rapport import english
from rapport.errors import NumberError, RapportError
from rapport.kapittel import avvik, figure, listing, n, table, term
from rapport.parts import explore
from rapport.paths import Paths

NBSP = "\u00a0"
HEADLINE = 'Stjerner *teller* <script>alert("x")</script>'


def number(value: float | None, unit: str = "antall", decimals: int = 0, basis: str = "oppgitt") -> dict:
    return {"value": value, "unit": unit, "decimals": decimals, "basis": basis}


NUMBERS = {
    "deltakere.2017": number(14986, "personer"),
    "deltakere.2019": number(None, "personer", basis="ukjent"),
    "deltakere.2022": number(5515, "personer"),
    "deltakere.fall": number(63.19898572, "prosent", 1, "avledet"),
    "kjennetegn.nedsatt": number(200 / 3, "prosent", basis="omtrentlig"),
    "vignett.1.alder": number(50, "år"),
    "informanter.kontaktet": number(100, basis="omtrentlig"),
    "varighet.at_arbeidssoker": number(12, "måneder"),
    "evaluering.deler": number(2),
    "evaluering.en": number(1),
}

ITEM = {
    "title": HEADLINE,
    "subtitle": "Antall & <b>andel</b>",
    "alt": 'Alt-tekst med "hermetegn" og <tegn>.',
    "notes": ["Merk [dette](x) & <b>det</b>."],
    "source": "Kilden (2023), avsnitt 1",
    "module": "rapport/figures/prove.py",
    "inputs": {"prove": "0123456789abcdef" * 4},
    "rows": 3,
    "basis": {"oppgitt": 2, "ukjent": 1},
    "sizes": {".csv": 1600, ".json": 700, ".svg": 2_400_000, ".vl.json": 4000},
}


TERMS = {
    "aft": {"word": "Trening", "abbreviation": "AFT", "name": "Trening (AFT)", "explanation": HEADLINE},
    "veileder": {"word": "Veileder", "abbreviation": None, "name": "Veileder", "explanation": "Ansatt i NAV."},
}


@pytest.fixture
def prove(tmp_path: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny project with ten numbers, one figure and one table; the working directory lies in it."""
    figures, theme, chapters = (tmp_path / name for name in ("figures", "theme", "chapters"))
    for folder in (figures, theme, chapters):
        folder.mkdir()
    (tmp_path / "_quarto.yml").write_text("", encoding="utf-8")
    (theme / "tokens.json").write_bytes((paths.theme / "tokens.json").read_bytes())
    role = json.loads((paths.theme / "tokens.json").read_text(encoding="utf-8"))["light"]["serie-1"]
    for suffix in (".svg", ".smal.svg"):
        (figures / f"fig-prove{suffix}").write_text(
            f'<svg class="marks"><path fill="{role}"/></svg>\n', encoding="utf-8"
        )
    for suffix in (".svg", ".smal.svg", ".html"):
        (figures / f"fig-prove-en{suffix}").write_text("<svg></svg>\n", encoding="utf-8")
    for key in ("fig-prove", "tbl-prove"):
        (figures / f"{key}.html").write_text(f"<table><tr><td>{key}</td></tr></table>\n", encoding="utf-8")
        (figures / f"{key}.typ").write_text('#table(columns: (1fr,), "celle")\n', encoding="utf-8")
    (figures / "numbers.json").write_text(json.dumps(NUMBERS), encoding="utf-8")
    (figures / "terms.json").write_text(json.dumps(TERMS), encoding="utf-8")
    (figures / "lst-avvik.md").write_text("## K1 {#uklarhet-k1}\n", encoding="utf-8")
    (figures / "tbl-viser.md").write_text("| A |\n|---|\n| @sec-a |\n", encoding="utf-8")
    refers = ITEM | {"sizes": {".csv": 10, ".json": 10, ".md": 10}}
    points = {"anchors": ["uklarhet-k1", "uklarhet-k12"]}
    items = {
        "fig-prove": ITEM,
        "tbl-prove": ITEM,
        "fig-annen": ITEM,
        "fig-prove-en": ITEM | {"lang": "en"},
        "tbl-viser": refers,
        "lst-avvik": points,
    }
    (figures / "manifest.json").write_text(json.dumps({"data_version": "1.2.3", "items": items}), encoding="utf-8")
    monkeypatch.chdir(chapters)
    return tmp_path


def text(markdown: object) -> str:
    """The words between the brackets."""
    found = re.fullmatch(r"\[(.*)\]\{.*\}", markdown.data)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("arguments", "word", "written"),
    [
        (("deltakere.2022",), False, f"5{NBSP}515"),
        (("deltakere.fall",), False, f"63,2{NBSP}prosent"),
        (("deltakere.fall", "over", 60), False, f"over 60{NBSP}prosent"),
        (("deltakere.fall", "Mer enn halvert"), False, "Mer enn halvert"),
        (("kjennetegn.nedsatt", "to tredjedeler"), False, "to tredjedeler"),
        (("deltakere.2022", "omtrent", 5500), False, f"omtrent 5{NBSP}500"),
        (("informanter.kontaktet", "over"), False, "over 100"),
        (("informanter.kontaktet", "over", 100), False, "over 100"),
        (("varighet.at_arbeidssoker", "inntil"), False, "inntil 12"),
        (("varighet.at_arbeidssoker", "inntil", 12), True, "inntil tolv"),
        (("varighet.at_arbeidssoker", "nesten", 13), False, "nesten 13"),
        (("evaluering.deler",), True, "to"),
        (("evaluering.deler",), "To", "To"),
        (("evaluering.en",), True, "én"),
        (("evaluering.en",), "ett", "ett"),
        (("evaluering.en", "rundt", 1), "ett", "rundt ett"),
    ],
)
def test_a_number_is_written_as_the_text_needs_it(
    arguments: tuple, word: str | bool, written: str, prove: Path
) -> None:
    assert text(n(*arguments, word=word)) == written


@pytest.mark.parametrize(
    ("arguments", "word", "said"),
    [
        (("deltakere.fall", "over", 64), False, '"over 64" is true from'),
        (("deltakere.fall", "to tredjedeler"), False, '"to tredjedeler" is true of'),
        (("deltakere.fall", "sånn cirka", 60), False, 'unknown hedge "sånn cirka"'),
        (("evaluering.deler",), "tre", '"tre" does not mean 2'),
        (("evaluering.en", "rundt", 1), "to", '"to" does not mean 1'),
        (("deltakere.2022",), True, "has no word"),
        (("deltakere.2017", "over", 14000), True, "has no word"),
        (("varighet.at_arbeidssoker", "over"), False, '"over 12" is true from'),
    ],
)
def test_words_that_are_not_true_stop_the_build(arguments: tuple, word: str | bool, said: str, prove: Path) -> None:
    with pytest.raises(NumberError, match=re.escape(said)):
        n(*arguments, word=word)


def test_a_share_in_words_is_said_of_shares_only(prove: Path) -> None:
    """An age of 50 is not «halvparten»."""
    with pytest.raises(NumberError):
        n("vignett.1.alder", "halvparten")


def test_a_number_carries_its_key_and_exact_value(prove: Path) -> None:
    """The page can link each number to its line in the register and tell machines its value."""
    assert n("deltakere.fall", "over", 60).data.endswith(']{.tall data-id="deltakere.fall" data-verdi="63.19898572"}')
    assert n("deltakere.2022").data.endswith(']{.tall data-id="deltakere.2022" data-verdi="5515"}')


def test_an_unknown_key_is_told_with_those_that_are_near(prove: Path) -> None:
    with pytest.raises(NumberError) as caught:
        n("deltakre.2022")
    assert 'no number "deltakre.2022"' in str(caught.value)
    assert "deltakere.2022" in str(caught.value)
    assert "evaluering" not in str(caught.value)


def test_a_lost_number_cannot_be_written(prove: Path) -> None:
    """A value that cannot be read in the source never becomes a number on the page."""
    with pytest.raises(NumberError, match=r'"deltakere\.2019" is ukjent'):
        n("deltakere.2019")


def test_a_project_without_figures_is_told_what_to_run(prove: Path) -> None:
    (prove / "figures" / "numbers.json").unlink()
    with pytest.raises(RapportError, match=r"numbers\.json is missing\.\n  To mend it: run `rapport figures`"):
        n("deltakere.2022")


def test_a_changed_number_is_read_again(prove: Path) -> None:
    """A preview that keeps the kernel alive shows the new value."""
    assert text(n("evaluering.deler")) == "2"
    path = prove / "figures" / "numbers.json"
    path.write_text(json.dumps({"evaluering.deler": number(3)}), encoding="utf-8")
    assert text(n("evaluering.deler")) == "3"


def test_nothing_returns_html(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Quarto would pull scripts from the network into a page with a cell that returns HTML."""
    shown, _ = DisplayFormatter().format(n("deltakere.2022"))
    assert set(shown) == {"text/plain", "text/markdown"}
    assert figure("fig-prove") is None
    assert table("tbl-prove") is None
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "key", "known"),
    [(figure, "fig-x", "fig-annen, fig-prove, fig-prove-en"), (table, "tbl-x", "tbl-prove, tbl-viser")],
)
def test_an_unknown_id_is_told_with_all_that_exist(call: object, key: str, known: str, prove: Path) -> None:
    with pytest.raises(RapportError, match=f'"{key}"') as caught:
        call(key)
    assert str(caught.value).endswith(f"use one of: {known}.")


def test_a_table_is_no_figure(prove: Path) -> None:
    with pytest.raises(RapportError, match='no figure "tbl-prove"'):
        figure("tbl-prove")


# The Markdown of a figure and a table.


def printed(capsys: pytest.CaptureFixture[str], key: str) -> str:
    (figure if key.startswith("fig") else table)(key)
    return capsys.readouterr().out.strip()


def page(markdown: str) -> BeautifulSoup:
    """The part for web pages."""
    found = re.search(r"```\{=html\}\n(.*?)\n```", markdown, flags=re.DOTALL)
    assert found
    return BeautifulSoup(found[1], "html.parser")


def meaning(markdown: str) -> str:
    """What pandoc reads the Markdown as, letters alone."""
    return pypandoc.convert_text(markdown, "plain", "markdown", extra_args=["--wrap=none"]).strip()


def for_print(markdown: str) -> str:
    return markdown.split('unless-format="html"}')[1].split("\n\n:::\n\n")[0]


@pytest.mark.parametrize("key", ["fig-prove", "tbl-prove"])
def test_the_caption_stands_last_and_means_its_letters(
    key: str, prove: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both engines take the last paragraph of the block as the caption; marks in it are letters."""
    block = printed(capsys, key)
    assert block.startswith(f"::: {{#{key} ")
    *_, caption, end = block.split("\n\n")
    assert end == ":::"
    assert meaning(caption) == HEADLINE


def test_a_figure_is_named_by_its_alt_text_everywhere(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both widths on the page and the image in print carry the alt text; the drawing itself is silent."""
    block = printed(capsys, "fig-prove")
    charts = page(block).select(".diagram")
    assert [chart["aria-label"] for chart in charts] == [ITEM["alt"]] * 2
    assert {chart["role"] for chart in charts} == {"img"}
    assert all(chart.svg["aria-hidden"] == "true" for chart in charts)
    assert r'![](/figures/fig-prove.svg){fig-alt="Alt-tekst med \"hermetegn\" og <tegn>."}' in for_print(block)


def test_colours_on_the_page_follow_the_reader_s_mode(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The drawing names roles instead of colours, so that dark mode works without scripts."""
    fills = {path["fill"] for path in page(printed(capsys, "fig-prove")).select("path")}
    assert fills == {"var(--serie-1)"}


def test_a_drawing_on_the_page_has_no_attribute_twice(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """HTML with an attribute twice is not valid."""
    for tag in re.findall(r"<svg\b[^>]*>", printed(capsys, "fig-prove")):
        names = re.findall(r'\s([\w:-]+)="', tag)
        assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("key", "sizes"),
    [
        ("fig-prove", {".csv": "2 kB", ".json": "1 kB", ".svg": "2,4 MB", ".vl.json": "4 kB"}),
        ("tbl-prove", {".csv": "2 kB", ".json": "1 kB"}),
    ],
)
def test_downloads_say_what_and_how_large(
    key: str, sizes: dict[str, str], prove: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each link names the format and the size of its file, and whose file it is, to be numbered on the page."""
    links = page(printed(capsys, key)).select("ul.nedlastinger a[download]")
    told = {link["href"].removeprefix(f"/figures/{key}"): link.get_text().replace(NBSP, " ") for link in links}
    pictures = {".png", ".lysbilde.png", ".trykk.svg"} if ".svg" in sizes else set()  # sized when they are drawn
    assert set(told) == {*sizes, *pictures}
    assert all(f", {size})" in told[suffix] for suffix, size in sizes.items())
    assert all(("figuren" if ".svg" in sizes else "tabellen") in words for words in told.values())
    assert all(link.select_one(f'[data-nummer="{key}"]') for link in links)


@pytest.mark.parametrize("key", ["fig-prove", "tbl-prove"])
def test_a_figure_and_a_table_have_an_address(key: str, prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The link leads to the figure itself; only what is drawn can be explored."""
    soup = page(printed(capsys, key))
    assert soup.select_one(".handling a")["href"] == f"#{key}"
    assert soup.select_one(".handling button.kopier").get_text() == "Kopier lenken"
    assert len(soup.select("button.utforsk")) == (key == "fig-prove")


@pytest.mark.parametrize(("basis", "buttons"), [({"ukjent": 3}, 0), ({"ukjent": 2, "avledet": 1}, 1)])
def test_a_figure_without_a_value_is_not_explored(basis: dict[str, int], buttons: int) -> None:
    """There is nothing to point at when no value of it can be read."""
    assert explore(ITEM | {"basis": basis}).count("<button") == buttons


def test_a_figure_shows_its_numbers_and_how_it_was_made(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The numbers, the program, the data with version and hash, and what the rows rest on are one click away."""
    soup = page(printed(capsys, "fig-prove"))
    assert [summary.get_text() for summary in soup.select("details > summary")] == [
        "Vis tallene",
        "Slik er figuren laget",
    ]
    assert soup.select_one("details.tallene table td").get_text() == "fig-prove"
    made = soup.select_one("details.laget").get_text(" ")
    for part in ("scripts/rapport/figures/prove.py", "versjon 1.2.3", "0123456789ab", "2 oppgitt i kilden og 1 ukjent"):
        assert part in made
    assert soup.select_one("details.laget a")["href"] == "/data/prove.csv"


@pytest.mark.parametrize("key", ["fig-prove", "tbl-prove"])
def test_words_from_the_data_are_never_code(key: str, prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Marks in titles, notes and sources show as letters, on the page and in print."""
    block = printed(capsys, key)
    assert page(block).find(["script", "b"]) is None
    assert page(block).select_one(".merknad").get_text() == ITEM["notes"][0]
    assert ITEM["notes"][0] in meaning(for_print(block))
    assert page(block).select_one(".kilde").get_text() == "Kilde: Kilden (2023), avsnitt 1"


def test_a_table_is_the_same_in_print(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page has the table in a region that can be scrolled and read by name; print has the table too."""
    block = printed(capsys, "tbl-prove")
    region = page(block).select_one("[role=region]")
    assert (region["aria-label"], region["tabindex"]) == (HEADLINE, "0")
    assert region.td.get_text() == "tbl-prove"
    assert '```{=typst}\n#table(columns: (1fr,), "celle")\n```' in for_print(block)


# Words and points.


@pytest.mark.parametrize(
    ("arguments", "written"),
    [(("aft",), "AFT"), (("veileder",), "Veileder"), (("aft", "et *tiltak*"), r"et \*tiltak\*")],
)
def test_a_word_is_written_as_the_text_needs_it(arguments: tuple, written: str, prove: Path) -> None:
    assert text(term(*arguments)) == written


def test_a_word_carries_its_explanation_as_text(prove: Path) -> None:
    """What pandoc reads of the attributes is the cell's own letters, whatever marks it holds."""
    page = pypandoc.convert_text(term("aft").data, "html", "markdown", extra_args=["--wrap=none"])
    span = BeautifulSoup(page, "html.parser").span
    assert (span["data-ord"], span["data-navn"], span["data-forklaring"]) == ("aft", "Trening (AFT)", HEADLINE)


@pytest.mark.parametrize(
    ("call", "key", "said"), [(term, "afr", "exists (aft)"), (avvik, "k13", "exists (k1, k12)"), (avvik, "K1", "")]
)
def test_an_unknown_word_or_point_is_told_with_those_that_are_near(
    call: object, key: str, said: str, prove: Path
) -> None:
    with pytest.raises(RapportError, match=f'"{key}"') as caught:
        call(key)
    assert said in str(caught.value)


def test_a_point_is_a_link_to_its_place(prove: Path) -> None:
    assert avvik("k12").data == "[uklarhet K12](/chapters/uklarheter.qmd#uklarhet-k12){.uklarhet}"


def test_a_listing_is_printed_as_it_was_made(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listing("avvik")
    assert capsys.readouterr().out.strip() == "## K1 {#uklarhet-k1}"
    with pytest.raises(RapportError, match='no listing "lst-x"'):
        listing("x")


def test_a_table_of_references_is_markdown_in_a_region(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both engines resolve the references; the page has the region that scrolls, and the caption stands last."""
    block = printed(capsys, "tbl-viser")
    assert block.index('role="region"') < block.index("| @sec-a |") < block.index("</div>")
    assert meaning(block.split("\n\n")[-2]) == HEADLINE


def test_an_english_chapter_writes_english_numbers_with_the_same_provenance(prove: Path) -> None:
    """The same key and value as in bokmål, in other words; a claim is checked in English too."""
    assert english.n("deltakere.2022").data == '[5,515]{.tall data-id="deltakere.2022" data-verdi="5515"}'
    assert text(english.n("deltakere.fall", "over", 60)) == f"over 60{NBSP}per{NBSP}cent"
    assert text(english.n("kjennetegn.nedsatt", "Two thirds")) == "Two thirds"
    with pytest.raises(NumberError, match='"about half" is true of'):
        english.n("kjennetegn.nedsatt", "about half")
    with pytest.raises(NumberError, match='unknown hedge "to tredjedeler"'):
        english.n("kjennetegn.nedsatt", "to tredjedeler")


def test_a_figure_is_framed_in_its_own_language(prove: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Source, numbers, making and downloads are told in English of an English figure."""
    english.figure("fig-prove-en")
    block = capsys.readouterr().out
    for words in (
        "Source: Kilden",
        "Show the numbers",
        "How this figure was made",
        "Data (version 1.2.3)",
        "2 stated in the source and 1 unknown",
        "Download the numbers",
        "(CSV, 2",
        "2.4\u00a0MB",
    ):
        assert words in block  # fmt: skip
    for words in ("Kilde:", "Vis tallene", "Slik er", "Last ned", "oppgitt i"):
        assert words not in block


def test_a_figure_of_another_language_is_refused(prove: Path) -> None:
    """A Norwegian figure on an English page, or the other way round, stops the build with the id to use."""
    for show, key in ((english.figure, "fig-prove"), (english.small_figure, "fig-prove"), (figure, "fig-prove-en")):
        with pytest.raises(RapportError, match=f"{key} is in another language") as caught:
            show(key)
        assert '"-en"' in str(caught.value)
