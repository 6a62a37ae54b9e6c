"""The Lua filters on a small book: what pandoc makes of the dialect, for pages and for print.

Needs pandoc, no kernel: the chapters here are written as execution leaves them.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from syrupy.assertion import SnapshotAssertion

from rapport.book import load_book
from rapport.engine.jobs import Job
from rapport.engine.pandoc import joined, read_parts, write_markdown
from rapport.engine.pdf import compile_pdf, main_file
from rapport.engine.press import Press
from rapport.engine.revision import Revision
from rapport.errors import EngineError
from rapport.paths import Paths

CONFIG = """project:
  type: book
lang: nb
bibliography: references.bib
book:
  title: Boken
  author: Noen
  date: "2024-05-06"
  output-file: boken
  chapters: [index.qmd, chapters/en.qmd, chapters/to.qmd, chapters/referanser.qmd]
  appendices: [chapters/tallregister.qmd]
"""
BIBLIOGRAPHY = """@article{aas2020,
  author = {Aas, Kari},
  title = {Om prøver},
  journaltitle = {Prøvebladet},
  date = {2020}
}

@book{dahl2021,
  author = {Dahl, Per},
  title = {Om mer},
  publisher = {Forlaget},
  date = {2021}
}
"""
FIGURE = """::: {#fig-hus .figur}

```{=html}
<div role="img" aria-label="Et hus">tegning</div>
```

::: {.content-visible unless-format="html"}

::: {.undertittel}
Antall hus
:::

![](/figures/fig-hus.svg){fig-alt="Et \\"rødt\\" hus"}

::: {.kilde}
Kilde: Huset
:::

:::

Huset er \\*rødt\\*

:::
"""
NUMBER = '[63\u00a0prosent]{.tall data-id="a.b" data-verdi="63.2"}'
TABLE = "::: {#tbl-dyr .tabell}\n\n| Dyr | Antall |\n|---|---:|\n| Katt | 2 |\n\nDyrene i huset\n\n:::\n"


@pytest.fixture
def book(tmp_path: Path, paths: Paths) -> Callable[..., dict[str, str]]:
    """Makes pages (format html), one body (typst) or an e-book of a small book: the chapters' text by address."""

    def make(
        format_: str = "html",
        en: str = "",
        to: str = "",
        index: str = "",
        *,
        title: str = "Første",
        page: str = "$body$\n",
    ) -> dict[str, str]:
        shutil.copytree(paths.theme, tmp_path / "theme", dirs_exist_ok=True)
        (tmp_path / "theme" / "page.html").write_text(page, encoding="utf-8")
        (tmp_path / "_quarto.yml").write_text(CONFIG, encoding="utf-8")
        (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
        (tmp_path / "chapters").mkdir(exist_ok=True)
        texts = {
            "index.qmd": "# Kort {.unnumbered #sec-kort}\n\n" + index,
            "chapters/en.qmd": f"# {title} {{#sec-en}}\n\n{en}",
            "chapters/to.qmd": "# Andre {#sec-to}\n\n" + to,
            "chapters/referanser.qmd": "# Referanser {.unnumbered #sec-ref}\n\n::: {#refs}\n:::\n",
            "chapters/tallregister.qmd": "# Tallregister {#sec-tall}\n\nAlle tall.\n",
        }
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        project = Paths(tmp_path)
        loaded = load_book(project)
        write_markdown(loaded, texts, tmp_path)
        out = tmp_path / ("site" if format_ == "html" else "body.typ")
        job = Job(format_, out, {}, {"meta": {"title": "Boken", "lang": "nb"}})
        with Press(project) as press:
            press.convert(loaded, tmp_path, job)
        if format_ == "epub":
            with zipfile.ZipFile(out) as made:
                return {name: made.read(name).decode("utf-8") for name in made.namelist() if name.endswith(".xhtml")}
        if format_ == "typst":
            return {"body": joined(loaded, read_parts(loaded, job))}
        return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}

    return make


TITLE = "Om *tiltaket*, `kode` & [mer](https://example.org) \\< 5[^n]"


def test_titles_mean_themselves_in_a_page(book):
    """Menus, the name of the page and the ways on show a title without its marks, and no sign of it is HTML."""
    shown = "Om tiltaket, kode &amp; mer &lt; 5"
    template = "$pagetitle$|$for(nav)$$it.title$;$endfor$|$next.title$|$body$"
    pages = book(title=TITLE, en="[^n]: Note.\n", page=template)
    menu = f"Kort;{shown};Andre;Referanser;Tallregister;"
    assert pages["chapters/en.html"].startswith(f"{shown}|{menu}|Andre|<section")
    assert pages["index.html"].startswith(f"Kort|{menu}|{shown}|<section")


def test_headings_are_numbered_by_chapter(book, snapshot: SnapshotAssertion):
    """Chapters count through the book, sections within their chapter, deeper headings not at all."""
    text = "## Del {#sec-a}\n\n### Under {#sec-b}\n\n## Uten {.unnumbered #sec-c}\n\n## Del igjen {#sec-d}\n"
    pages = book(index="## Også uten {#sec-k}\n", en="## Del {#sec-e}\n", to=text)
    assert snapshot == pages["index.html"] + pages["chapters/to.html"] + pages["chapters/tallregister.html"]


def test_figures_and_tables_are_numbered_by_chapter(book, snapshot: SnapshotAssertion):
    """A figure carries chapter and number, tables count apart, and the caption's signs mean themselves."""
    second = FIGURE.replace("fig-hus", "fig-bil").replace("Huset er", "Bilen er")
    assert snapshot == book(en=FIGURE + "\n" + second + "\n" + TABLE)["chapters/en.html"]


def test_references_find_their_way_over_chapters(book, snapshot: SnapshotAssertion):
    """A reference is a link with word and number, a capital at a sentence's start, and the way from its own page."""
    text = (
        "@fig-hus, @tbl-dyr og @sec-del, se @sec-en, @sec-tall og @sec-kort.\n"
        "@Fig-hus og @Sec-del. [-@fig-hus]. [@fig-hus; @tbl-dyr]."
    )
    pages = book(index=text, en=f"{FIGURE}\n{TABLE}\n## Del {{#sec-del}}\n\n{text}", to=text)
    ends = [
        page[page.rindex("<p>") :]
        for page in (pages["index.html"], pages["chapters/en.html"], pages["chapters/to.html"])
    ]
    assert snapshot == "\n".join(ends)


def test_callouts_are_told_apart_by_a_word(book, snapshot: SnapshotAssertion):
    """A callout has its kind's word for a title, or the title it is given, and its heading is no section."""
    text = (
        "::: {.callout-note}\nEn.\n:::\n\n::: {.callout-warning}\n## Pass på {#sec-pass}\n\nTo.\n:::\n\n"
        '::: {.callout-tip title="Et råd"}\nTre.\n:::\n\n::: {.callout-important}\nFire.\n:::\n\n## Del {#sec-del}\n'
    )
    assert snapshot == book(en=text)["chapters/en.html"]


@pytest.mark.parametrize("format_", ["html", "typst"])
def test_content_is_visible_where_it_belongs(book, format_: str):
    """What is for pages does not reach print, and the other way about."""
    text = "".join(
        f'::: {{.content-visible {when}-format="{kind}"}}\n{when}-{kind}\n:::\n\n'
        for when in ("when", "unless")
        for kind in ("html", "typst")
    )
    shown = "".join(book(format_, en=text).values())
    other = "typst" if format_ == "html" else "html"
    expected = {f"when-{format_}": True, f"unless-{other}": True, f"when-{other}": False, f"unless-{format_}": False}
    assert {word: word in shown for word in expected} == expected


@pytest.mark.parametrize("first", ["- ", "1. ", "> ", "Ord\n:   "], ids=["list", "count", "quotation", "definition"])
def test_boxes_in_lists_and_quotations_count_too(book, first: str):
    """What is for one format is found there, and a figure has its number."""
    other = first if first == "> " else " " * len(first.split("\n")[-1])
    visible = [f'::: {{.content-visible when-format="{kind}"}}\nbare-{kind}\n:::' for kind in ("html", "typst")]
    lines = "\n\n".join(["Foran", *visible, FIGURE]).split("\n")
    page = book(en=first + f"\n{other}".join(lines) + "\n\nSe @fig-hus.\n")["chapters/en.html"]
    assert "bare-html" in page
    assert "bare-typst" not in page
    assert 'class="ref">figur\u00a01.1</a>' in page


def test_citations_lead_to_the_reference_page(book):
    """A citation links to its work on the reference page, from any folder."""
    pages = book(index="Slik [@aas2020].", en="@dahl2021 sier det, jf. [@aas2020].")
    assert 'href="chapters/referanser.html#ref-aas2020"' in pages["index.html"]
    assert 'href="../chapters/referanser.html#ref-dahl2021"' in pages["chapters/en.html"]
    assert 'href="../chapters/referanser.html#ref-aas2020"' in pages["chapters/en.html"]


def test_the_reference_page_lists_what_is_cited(book, snapshot: SnapshotAssertion):
    """The list holds the works that any chapter cites and no others, in Norwegian, and is seen on its own page only.

    A chapter that cites carries its own works unseen, to show one where it is cited.
    """
    pages = book(index="Slik [@aas2020].", en="Uten.")
    assert snapshot == pages["chapters/referanser.html"]
    seen, carried = pages["index.html"].split('<template id="henvisninger"')
    assert "Prøvebladet" not in seen
    assert 'id="ref-aas2020"' in carried
    assert "<template" not in pages["chapters/en.html"]


def test_footnotes_stand_on_their_page(book, snapshot: SnapshotAssertion):
    """A mark leads to its note and back, counted from one on every page."""
    pages = book(en="Tekst.[^a]\n\n[^a]: Note i første.\n", to="Tekst.[^a]\n\n[^a]: Note i andre.\n")
    assert snapshot == pages["chapters/en.html"] + pages["chapters/to.html"]


def test_numbers_carry_their_value_and_link_to_the_register(book, snapshot: SnapshotAssertion):
    """On pages a number of the register is a data element with a link to its line, from any folder."""
    pages = book(index=f"Det er {NUMBER}.", en=f"Det er **{NUMBER}**.")
    assert snapshot == pages["index.html"] + pages["chapters/en.html"]


def test_numbers_in_titles_link_to_the_register_too(book):
    """A number in a callout's title or a caption finds the register like any other."""
    page = book(
        en=f"::: {{.callout-note}}\n## Bare {NUMBER} {{#sec-bare}}\n\nTekst.\n:::\n\n"
        + FIGURE.replace("Huset er", NUMBER)
    )["chapters/en.html"]
    assert page.count('href="../chapters/tallregister.html#tall-a.b"') == 2


def test_a_number_cannot_smuggle_markup(book):
    """Values and ids are escaped."""
    shown = book(en='[1]{.tall data-id="a<b" data-verdi="\\"><script>"}')["chapters/en.html"]
    assert "<script>" not in shown
    assert "#tall-a&lt;b" in shown


def test_a_mark_after_a_findings_headline_is_kept(book):
    """In a document a headline is parted from its sentence where they were apart, and loses nothing where not."""
    items = "- **Overskrift** Setning.\n- **Sju**, ikke åtte.\n- **Alene**\n"
    pages = book("epub", en=f"::: {{.funn}}\n{items}:::\n")
    shown = " ".join("".join(pages.values()).split())
    assert "<strong>Overskrift</strong><br /> Setning." in shown
    assert "<strong>Sju</strong>, ikke åtte." in shown
    assert "<strong>Alene</strong></li>" in shown


def test_links_from_the_root_fit_each_page(book):
    """Links and images in raw HTML that begin at the root work from any folder; other addresses are left alone."""
    text = (
        '```{=html}\n<a href="/figures/a.csv">a</a><img src="/figures/a.svg"><a href="https://example.no/">b</a>\n```\n'
    )
    pages = book(index=text, en=text)
    assert 'href="figures/a.csv"' in pages["index.html"]
    assert 'src="figures/a.svg"' in pages["index.html"]
    assert 'href="../figures/a.csv"' in pages["chapters/en.html"]
    assert 'src="../figures/a.svg"' in pages["chapters/en.html"]
    assert [page.count('href="https://example.no/"') for page in (pages["index.html"], pages["chapters/en.html"])] == [
        1,
        1,
    ]


def test_links_to_chapters_are_links_to_pages(book):
    """A link to a chapter's file leads to its page, as written from the chapter's own folder or from the root."""
    text = "[a](to.qmd) [b](to.qmd#sec-to) [c](../index.qmd) [d](/chapters/to.qmd)"
    pages = book(index="[a](chapters/to.qmd#sec-to)", en=text)
    assert 'href="chapters/to.html#sec-to"' in pages["index.html"]
    found = [part.split('"')[0] for part in pages["chapters/en.html"].split('href="')[1:]]
    assert found == ["../chapters/to.html", "../chapters/to.html#sec-to", "../index.html", "../chapters/to.html"]


EXPLAINED = 'data-navn="Trening &#40;AFT&#41;" data-forklaring="Et &#60;b&#62; &#34;tiltak&#34;&#46;"'
WORD = f'[AFT]{{.ord data-ord="aft" {EXPLAINED}}}'


def test_a_word_is_a_button_that_opens_its_explanation(book, snapshot: SnapshotAssertion):
    """On pages a word of the glossary opens its explanation in place; ids stay apart when it comes twice."""
    pages = book(index=f"Om {WORD} og {WORD}.", en=f"Om **{WORD}**.")
    assert snapshot == pages["index.html"] + pages["chapters/en.html"]
    assert "<b>" not in pages["index.html"]


def test_a_word_is_plain_text_in_print(book):
    """Print has the word alone."""
    body = book("typst", en=f"Om {WORD} her.")["body"]
    assert "Om AFT her." in body
    assert "tiltak" not in body


def test_files_and_chapters_are_linked_from_the_root(book):
    """A Markdown link to a file fits each page and is its name in print; a link to a place in a chapter leads there."""
    text = "Se [filen](/data/a.csv) og [stedet](/chapters/to.qmd#sec-to)."
    pages, body = book(index=text, en=text), book("typst", en=text)["body"]
    assert 'href="data/a.csv"' in pages["index.html"]
    assert 'href="../data/a.csv"' in pages["chapters/en.html"]
    assert 'href="../chapters/to.html#sec-to"' in pages["chapters/en.html"]
    assert "Se filen og #link(<sec-to>)[stedet]." in body


def test_a_wide_table_has_no_style(book):
    """Widths of columns would be style attributes, which the policy of the pages forbids."""
    cell = "ord " * 30
    table = f"::: {{#tbl-bred .tabell}}\n\n| A | B |\n|-----|---|\n| {cell} | b |\n\nBred\n\n:::\n"
    page = book(en=table)["chapters/en.html"]
    assert "style=" not in page
    assert page.count('scope="col"') == 2
    assert "columns: (625fr, 375fr)" in book("typst", en=table)["body"]


def test_print_has_figures_with_alternative_text(book, snapshot: SnapshotAssertion):
    """In print a figure is an image with its alternative text, its asides around it and a label to refer to."""
    assert snapshot == book("typst", en=f"{FIGURE}\nSe @fig-hus.\n\n{TABLE}\nSe @tbl-dyr.\n")["body"]


def test_print_has_the_rest_of_the_dialect(book, snapshot: SnapshotAssertion):
    """Boxes, callouts, notes, numbers, citations and appendices reach print."""
    text = (
        "::: {.kort-fortalt}\nKort sagt.\n:::\n\n::: {.callout-tip}\nEt råd.\n:::\n\nTekst.[^a]\n\n[^a]: En note.\n\n"
        'Det er [63\u00a0prosent]{.tall data-id="a" data-verdi="63"} [@dahl2021], se @sec-to og @Sec-kort.\n'
    )
    assert snapshot == book("typst", en=text)["body"]


def test_what_pandoc_does_not_understand_stops_the_build(book):
    """A warning of pandoc, such as an unknown citation, is an error with pandoc's own words."""
    with pytest.raises(EngineError, match="nei2022"):
        book(en="Slik [@nei2022].")


def test_print_compiles(book, tmp_path: Path, paths: Paths):
    """What the filters write is Typst that the report's template accepts as PDF/UA."""
    (tmp_path / "figures").mkdir()
    shutil.copyfile(paths.figures / "fig-formaal.svg", tmp_path / "figures" / "fig-hus.svg")
    shown = book("typst", en=f"{FIGURE}\n{TABLE}\nSe @fig-hus, @tbl-dyr, @sec-to og @sec-kort, som hos @aas2020.\n")
    body = tmp_path / "body.typ"
    body.write_text('#import "/theme/rapport.typ": *\n' + shown["body"], encoding="utf-8")
    assert _compiled(tmp_path).read_bytes().startswith(b"%PDF")


def test_a_link_in_a_title_can_be_printed(book, tmp_path: Path):
    """What runs along the top of the chapter's pages has neither link nor note, as PDF/UA demands."""
    shown = book("typst", title=TITLE, en="Tekst.\n\n" * 80 + "[^n]: En note.\n")
    (tmp_path / "body.typ").write_text('#import "/theme/rapport.typ": *\n' + shown["body"], encoding="utf-8")
    made = pdfium.PdfDocument(_compiled(tmp_path))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in made]
    assert [page.startswith("1 Om tiltaket, kode & mer < 5 Tekst.") for page in pages].count(True) >= 1


def test_a_wide_table_lies_on_its_side(book, tmp_path: Path):
    """A table of many columns has a page across, with its caption and within the margins; the text stands upright."""
    names = [f"Kolonne{chr(65 + number)}" for number in range(11)]
    row = "| " + " | ".join("arbeidsmarkedstiltak" for _ in names) + " |"
    head = f"| {' | '.join(names)} |\n|{'---|' * len(names)}"
    table = f"::: {{#tbl-bred .tabell}}\n\n{head}\n{row}\n{row}\n\nBred tabell\n\n:::\n"
    shown = book("typst", en=f"Teksten foran.\n\n{table}\n{TABLE}\nTeksten etter, se @tbl-bred.\n")
    (tmp_path / "body.typ").write_text('#import "/theme/rapport.typ": *\n' + shown["body"], encoding="utf-8")
    pages = list(pdfium.PdfDocument(_compiled(tmp_path)))
    across = [page for page in pages if page.get_width() > page.get_height()]
    assert len(across) == 1
    text = across[0].get_textpage()
    said = " ".join(text.get_text_range().split())
    assert "Tabell 1.1 Bred tabell" in said
    assert [name for name in names if name not in said] == []
    assert "Teksten" not in said
    right = max(text.get_rect(number)[2] for number in range(text.count_rects()))
    assert right <= across[0].get_width() - 33 * 72 / 25.4 + 1


def _compiled(folder: Path) -> Path:
    """The PDF of the printed body that lies in the folder."""
    main, made = folder / "main.typ", folder / "bok.pdf"
    commit = Revision("abc1234", datetime(2024, 5, 6, tzinfo=UTC))
    main.write_text(main_file(load_book(Paths(folder)), commit, "1.0.0"), encoding="utf-8")
    compile_pdf(Paths(folder), main, made)
    return made
