"""References: each one leads somewhere, or the build stops at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from rapport.book import load_book
from rapport.engine.bibliography import check_bibliography, read_bibliography
from rapport.engine.check import check
from rapport.engine.references import check_references, citation_keys
from rapport.errors import BookError
from rapport.paths import Paths

BIBLIOGRAPHY = "@article{aas2020,\n  title = {Noe}\n}\n\n@report{nav_rapport,\n  title = {Annet}\n}\n"
FIRST = """# En {#sec-en}

::: {#fig-div}
Bilde

Tittel
:::

```{python}
#| output: asis
figure("fig-en")
```

```{python}
#| output: asis
table('tbl-en')
```
"""


def told(text: str, **others: str) -> list[tuple[int, str]]:
    """(line, problem) of what is wrong in a chapter that stands after FIRST."""
    sources = {"a.qmd": FIRST, "b.qmd": text} | {f"{name}.qmd": other for name, other in others.items()}
    return [(fault.line, fault.problem) for fault in check_references(sources, BIBLIOGRAPHY)]


@pytest.mark.parametrize(
    "key", ["fig-en", "fig-div", "tbl-en", "sec-en", "Fig-en", "Tbl-en", "Sec-en", "aas2020", "nav_rapport"]
)
def test_a_reference_over_chapters_is_found(key: str):
    """Figures, tables, sections and works are found from any chapter, capitals at a sentence's start too."""
    assert told(f"@{key} viser det, se [@{key}], [-@{key}] og (@{key}).") == []


@pytest.mark.parametrize("key", ["fig-to", "tbl-to", "sec-to", "Fig-to", "Sec-to"])
def test_a_reference_without_a_target_is_told(key: str):
    """A figure, table or section that does not exist is told at the line that asks for it."""
    [(line, problem)] = told(f"tekst\n\nSe @{key}.")
    assert (line, problem) == (3, f"the reference @{key[0].lower()}{key[1:]} leads nowhere")


@pytest.mark.parametrize("path", ["a.qmd", "/a.qmd", "./a.qmd", "/kap/c.qmd", "kap/c.qmd#sec-en"])
def test_a_link_to_a_chapter_is_found(path: str):
    """As seen from the chapter's own folder, or from the root."""
    sources = {"a.qmd": FIRST, "b.qmd": f"Se [det]({path}).", "kap/c.qmd": "Se [her](../a.qmd) og [der](/b.qmd).\n"}
    assert check_references(sources, BIBLIOGRAPHY) == []


@pytest.mark.parametrize("path", ["nei.qmd", "/nei.qmd", "kap/a.qmd#sec-en", "../a.qmd"])
def test_a_link_to_no_chapter_is_told(path: str):
    """It would be a dead link on the page, and nothing in print."""
    assert told(f"tekst\n\nSe [det]({path}).") == [(3, f"the link to {path.split('#')[0]} leads nowhere")]


@pytest.mark.parametrize("path", ["/data/formaal.csv", "data/formaal.csv", "./data/formaal.csv", "/figures/fig-en.svg"])
def test_a_link_to_a_file_of_the_site_is_found(path: str):
    """Data and figures lie in folders of their own; what is drawn is known only when it is."""
    assert check_references({"a.qmd": f"Se [det]({path})."}, BIBLIOGRAPHY, {"data/formaal.csv"}) == []


@pytest.mark.parametrize("path", ["/data/formål.csv", "../data/formaal.csv", "a.html", "vedlegg.pdf", "<data/nei.csv>"])
def test_a_link_to_a_file_that_the_site_has_not_is_told(path: str):
    """It would be a dead link, whatever lies beside the chapters."""
    [fault] = check_references({"a.qmd": f"En.\n\nSe [det]({path})."}, BIBLIOGRAPHY, {"data/formaal.csv"})
    assert (fault.line, fault.problem) == (3, f"the link to {path.strip('<>')} leads nowhere")


@pytest.mark.parametrize("target", ["https://a.no/b.csv", "mailto:post@example.no", "//a.no/c"])
def test_a_link_to_elsewhere_is_left_alone(target: str):
    """What other sites have is theirs."""
    assert told(f"Se [det]({target}).") == []


def test_a_work_that_is_not_in_the_bibliography_is_told():
    """A citation needs an entry in references.bib, each of several on its own."""
    assert told("Se [@aas2020; @berg2021]\nog @dahl2022.") == [
        (1, "the citation @berg2021 leads nowhere"),
        (2, "the citation @dahl2022 leads nowhere"),
    ]


def test_a_misspelt_reference_is_told_what_was_meant():
    """The nearest existing key is offered."""
    [fault] = check_references({"a.qmd": FIRST + "\n@fig-enn\n"}, BIBLIOGRAPHY)
    assert fault.remedy == "did you mean @fig-en?"


@pytest.mark.parametrize(
    "text", ["post@example.no", "`@fig-nei`", "<!-- @fig-nei -->", "```\n@fig-nei\n```", "<https://a.no/@nei>"]
)
def test_what_only_looks_like_a_reference_is_left_alone(text: str):
    """Addresses, code and comments refer to nothing."""
    assert told(text) == []


def test_a_figure_in_a_comment_is_no_target():
    """Only what is shown can be referred to."""
    assert told('<!-- ::: {#fig-skjult} -->\n\nSe @fig-skjult og `figure("fig-skjult")`.') == [
        (3, "the reference @fig-skjult leads nowhere")
    ]


def test_a_footnote_without_a_text_is_told():
    """A mark needs its text in the same chapter."""
    assert told("Tekst.[^a]", c="[^a]: Noten står i et annet kapittel.\n") == [
        (1, "the footnote [^a] has no text"),
        (1, "the footnote [^a] is never used"),
    ]


def test_a_footnote_that_is_never_used_is_told():
    """A text without a mark would vanish, so it stops the build."""
    assert told("Tekst.[^a]\n\n[^a]: En.\n\n[^b]: To.") == [(5, "the footnote [^b] is never used")]


def test_a_footnote_defined_twice_is_told():
    """Of two texts with one mark only one would be shown."""
    assert [line for line, _ in told("Tekst.[^a]\n\n[^a]: En.\n\n[^a]: To.")] == [5]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## Igjen {#sec-en}", 1),
        ('tekst\n\n```{python}\nfigure("fig-en")\n```', 3),
        ("::: {#tbl-en}\na\n\nb\n:::", 1),
        ('::: {#fig-div}\na\n\nb\n:::\n\n```{python}\nfigure("fig-c")\n```', 1),
    ],
)
def test_an_id_that_stands_twice_is_told_with_both_places(text: str, line: int):
    """The second place is told, and where the first one is."""
    [(found, problem)] = told(text)
    assert (found, "stands already in a.qmd:" in problem) == (line, True)


@pytest.mark.parametrize("text", ["Se @sec-en [@aas2020].", "Se [@fig-en; @aas2020]."])
def test_a_reference_and_a_citation_in_one_are_told(text: str):
    """Markdown reads the two as one citation, which neither engine can resolve."""
    assert [line for line, _ in told(text)] == [1]


def test_a_link_to_a_heading_that_is_not_there_is_told():
    """A link to an anchor of the book must lead somewhere, like a reference."""
    assert [line for line, _ in told("Se [der](#sec-borte).\n\nOg [der](a.qmd#sec-borte).")] == [1, 3]


def test_all_faults_are_told_at_once(snapshot: SnapshotAssertion):
    """The messages name file and line, what leads nowhere, and what to do."""
    text = "# To {#sec-en}\n\nSe @fig-enn, [@aas2021] og @sec-helt-borte.[^x]\n"
    found = check_references({"a.qmd": FIRST, "b.qmd": text}, BIBLIOGRAPHY)
    assert snapshot == "\n".join(str(fault) for fault in found)


# What is written for what in the bibliography, the line, and what is told.
ENTRIES = {
    "a key twice": ("nav_rapport", "aas2020", 5, "the key aas2020 stands already in line 1"),
    "a brace not closed": ("{Noe}", "{Noe", 5, "no BibTeX: unexpected '@'"),
    "no comma": ("{Noe}", "{Noe} year = 2020", 2, "no BibTeX: unexpected 'y'"),
    "round brackets": ("@report{", "@report(", 5, "no BibTeX: unexpected '('"),
    "Latin-1": ("Annet", "Blåbær", 6, "found the byte 0xe5, which is å in Windows' own encoding (Latin-1)"),
    "a control character": ("Annet", "An\x1bnet", 6, "the line holds U+001B"),
}


@pytest.mark.parametrize("slip", ENTRIES)
def test_a_slip_in_the_bibliography_is_told_with_its_line(slip: str, tmp_path: Path):
    """Before anything is built, and in few words; pandoc would take the last of two entries, and say nothing."""
    old, new, line, problem = ENTRIES[slip]
    assert old in BIBLIOGRAPHY
    text = BIBLIOGRAPHY.replace(old, new, 1)
    (tmp_path / "verk.bib").write_bytes(text.encode("cp1252" if slip == "Latin-1" else "utf-8"))
    with pytest.raises(BookError) as caught:
        check_bibliography(tmp_path, "verk.bib")
    (told,) = caught.value.faults
    assert (told.file, told.line) == ("verk.bib", line)
    assert problem in told.problem


def test_an_entry_that_is_commented_out_is_none(tmp_path: Path):
    """A comment may hold the key of an entry; a byte-order mark and Windows' line ends change nothing."""
    text = f"@comment{{\n@report{{aas2020,\n}}\n}}\n% @report{{aas2020,\n{BIBLIOGRAPHY}"
    (tmp_path / "verk.bib").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    check_bibliography(tmp_path, "verk.bib")
    assert read_bibliography(tmp_path, "verk.bib") == text


def test_every_entry_of_the_bibliography_is_seen(paths: Paths):
    """The keys read are those that a line of the file opens an entry with."""
    text = (paths.root / "references.bib").read_text(encoding="utf-8")
    expected = {line.split("{")[1].rstrip(",") for line in text.splitlines() if line.startswith("@")}
    assert citation_keys(text) == expected


def test_the_chapters_refer_to_what_is_there(paths: Paths):
    """Every reference in the published text has its target."""
    check(paths, load_book(paths))
