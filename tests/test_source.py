"""A chapter's source as pieces: what is a cell, what is prose, and on which line each stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.headings import headings
from rapport.source import Cell, Text, front, language, masked, pieces

CHAPTER = """---
description: Om prøven
---

# Prøve {#sec-prove}

```{python}
#| label: en
#| echo: false
x = 1
x + 1
```

Teksten etter.
"""

LINES = st.sampled_from(
    [
        "tekst",
        "`kode` og mer",
        "```",
        "````",
        "~~~",
        "```{python}",
        "#| echo: true",
        "---",
        "<!-- a",
        "b -->",
        "",
        "`{python} n(1)`",
    ]
)


def cells(source: str) -> list[Cell]:
    return [piece for piece in pieces(source) if isinstance(piece, Cell)]


def texts(source: str) -> list[Text]:
    return [piece for piece in pieces(source) if isinstance(piece, Text)]


def test_a_cell_knows_its_code_its_options_and_their_lines():
    """A cell comes without its fences; its options are apart from its code and keep their lines."""
    assert cells(CHAPTER) == [
        Cell(
            line=7, code="x = 1\nx + 1", options={"label": "en", "echo": "false"}, option_lines={"label": 8, "echo": 9}
        )
    ]


def test_text_between_cells_knows_its_first_line():
    """Text stands before and after the cell, each with the line it begins at."""
    assert [(text.line, text.text.strip()) for text in texts(CHAPTER)] == [
        (1, "# Prøve {#sec-prove}"),
        (13, "Teksten etter."),
    ]


def test_front_matter_is_no_text():
    """The front matter is taken out; the lines below keep their numbers."""
    assert texts("---\na: 1\n---\ntekst\n") == [Text(1, "\n\n\ntekst\n\n")]


def test_a_rule_further_down_is_no_front_matter():
    """Only the first line opens front matter; a `---` below it stays in the text."""
    assert "---" in masked("tekst\n\n---\n\nmer\n")


def test_front_matter_that_never_ends_hides_nothing():
    """When the closing `---` is forgotten, the chapter's text is still seen."""
    assert "tekst" in masked("---\na: 1\ntekst\n")


def test_a_plain_code_block_is_text():
    """A fenced block of another kind stays in the text for pandoc."""
    source = "før\n\n```sh\nmake report\n```\n\netter\n"
    assert "".join(text.text for text in texts(source)).count("make report") == 1
    assert cells(source) == []


def test_a_longer_fence_holds_a_shorter_one():
    """A cell shown inside a block of four backticks is shown, not run; the next one is."""
    assert cells("````\n```{python}\n1 / 0\n```\n````\n\n```{python}\nx\n```\n") == [Cell(7, "x")]


def test_tildes_close_only_tildes():
    """Backticks inside a block of tildes do not end it."""
    assert cells("~~~\n```\n~~~\n\n```{python}\nx\n```\n") == [Cell(5, "x")]


def test_two_cells_in_a_row_are_two():
    """Cells without text between them stay apart, each at its line."""
    assert [(cell.line, cell.code) for cell in cells("```{python}\na\n```\n```{python}\nb\n```\n")] == [
        (1, "a"),
        (4, "b"),
    ]


def test_an_option_below_the_code_is_code():
    """Options stand on top; a `#|` line further down is left in the code."""
    assert cells("```{python}\nx\n#| echo: true\n```\n") == [Cell(1, "x\n#| echo: true")]


def test_front_matter_is_read_as_yaml():
    """Its keys come as text; without any, or when it is no list of keys, there are none."""
    assert front("---\nlang: 'en' # as the page is\ntall: 3\n---\n\n# En\n") == {"lang": "en", "tall": "3"}
    assert [front(text) for text in ("# En\n", "---\n---\n", "---\nbare ord\n---\n", "")] == [{}] * 4


@pytest.mark.parametrize(
    ("before", "lang"), [("", "nb"), ("---\nlang: en\n---\n", "en"), ("---\nlang: [en\n---\n", "nb")]
)
def test_a_chapter_says_its_language(before: str, lang: str):
    """Norwegian when it says none; front matter that is no YAML is told by the outline."""
    assert language(f"{before}# En {{#sec-en}}\n") == lang


def test_a_comment_without_an_end_is_no_comment():
    """pandoc shows it as text, and so does all that reads the chapter."""
    assert masked("a <!-- b --> c\n<!-- d `e` f\n") == "a            c\n<!-- d     f\n"


def test_code_in_a_comment_and_a_comment_in_code_are_what_they_stand_in():
    """What begins first decides, whether or not code is kept."""
    source = "`<!-- a` b <!-- `c` --> d\n"
    assert masked(source) == f"{' ' * 8} b {' ' * 12} d\n"
    assert masked(source, keep_code=True) == f"`<!-- a` b {' ' * 12} d\n"


def test_a_heading_knows_its_line_level_words_and_id():
    """Code in its words is kept; what only looks like a heading is none."""
    source = (
        "# Om `kode` {#sec-en}\n\n~~~\n# nei\n~~~\n#nei\n\n"
        "### Tre{.unnumbered #sec-tre}\n\n## To {-}\n\n<!--\n# nei\n-->\n##\n"
    )
    assert [(h.line, h.level, h.title, h.id, h.numbered) for h in headings(source)] == [
        (1, 1, "Om `kode`", "sec-en", True), (8, 3, "Tre", "sec-tre", False), (10, 2, "To", "", False),
        (15, 2, "", "", True),
    ]  # fmt: skip


def test_masked_text_keeps_prose_at_its_place():
    """What a writer typed as prose stays at its line and column; all else is blank."""
    source = "---\na: 1\n---\nEt `{python} n(1)` tall.\n```{python}\nx\n```\n<!-- 12\n34 -->slutt\n"
    assert masked(source).split("\n") == [
        "",
        "",
        "",
        "Et                 tall.",
        "",
        "",
        "",
        "       ",
        "      slutt",
        "",
    ]


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_masked_text_never_moves_a_letter(source: str):
    """Every letter that masking leaves stands where it stood, on the same line."""
    before, after = source.split("\n"), masked(source).split("\n")
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert all(letter in (" ", old[at]) for at, letter in enumerate(new))


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_every_line_belongs_to_one_piece(source: str):
    """No line is lost or read twice: the pieces begin one after the other."""
    starts = [piece.line for piece in pieces(source)]
    assert starts == sorted(set(starts))
    assert starts[0] == 1
