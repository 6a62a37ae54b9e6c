"""The book as `_quarto.yml` lists it: order, numbers, appendices, parts, and what is told when it is broken."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from rapport import plain
from rapport.book import Book, load_book
from rapport.engine.check import read_sources
from rapport.errors import BookError
from rapport.metadata.facts import read_facts
from rapport.paths import Paths

CONFIG = """project:
  type: book
  output-dir: ut
lang: nb
bibliography: references.bib
execute:
  echo: false
book:
  title: Boken
  author: Noen
  date: "2024-05-06"
  description: >-
    Om
    boken
  output-file: boken
  chapters:
    - index.qmd
    - part: Del én
      chapters:
        - kap/en.qmd
        - kap/to.qmd
    - kap/uten.qmd
    - kap/tre.qmd
  appendices:
    - kap/vedlegg.qmd
    - kap/mer.qmd
"""
CHAPTERS = {
    "index.qmd": "---\ndescription: Kort om alt.\n---\n\n# Sammendrag {.unnumbered #sec-s}\n",
    "kap/en.qmd": "```{python}\n# ikke tittelen\n```\n\n# Første {#sec-1}\n\n## Underkapittel {#sec-u}\n",
    "kap/to.qmd": "# Andre {#sec-2}\n",
    "kap/uten.qmd": "# Mellomspill {.unnumbered #sec-m}\n",
    "kap/tre.qmd": "# Tredje\n",
    "kap/vedlegg.qmd": "# Tall {#sec-t}\n",
    "kap/mer.qmd": "# Kolofon {#sec-k}\n",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small book on disk."""
    (tmp_path / "kap").mkdir()
    (tmp_path / "_quarto.yml").write_text(CONFIG, encoding="utf-8")
    for name, text in CHAPTERS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def broken(folder: Path) -> str:
    with pytest.raises(BookError) as error:
        load_book(Paths(folder))
    return str(error.value)


def test_chapters_stand_in_order_with_titles_and_numbers(small: Path):
    """Numbered chapters count from 1, appendices from A, and unnumbered ones take no number."""
    assert [(c.number, c.title) for c in load_book(Paths(small)).chapters] == [
        (None, "Sammendrag"), ("1", "Første"), ("2", "Andre"), (None, "Mellomspill"), ("3", "Tredje"),
        ("A", "Tall"), ("B", "Kolofon"),
    ]  # fmt: skip


def test_titles_are_plain_text(small: Path):
    """Menus, heads of pages and metadata hold no markup; the heading of the page itself keeps it."""
    path = small / "kap" / "to.qmd"
    path.write_text("# **Om** `kode_a` -- se [her](https://example.org) \\* 2 {#sec-to}\n", encoding="utf-8")
    assert load_book(Paths(small)).chapters[2].title == "Om kode_a – se her * 2"
    assert doctest.testmod(plain).failed == 0


def test_addresses_follow_the_files(small: Path):
    """A page has its chapter's path with .html."""
    assert [c.href for c in load_book(Paths(small)).chapters][:2] == ["index.html", "kap/en.html"]


def test_parts_and_appendices_are_known(small: Path):
    """Chapters of a part carry its name; appendices are marked."""
    chapters = load_book(Paths(small)).chapters
    assert [c.part for c in chapters] == [None, "Del én", "Del én", None, None, None, None]
    assert [c.appendix for c in chapters] == [False] * 5 + [True] * 2


def test_descriptions_come_from_the_front_matter(small: Path):
    """A chapter's description is its front matter's; without one it is empty."""
    assert [c.description for c in load_book(Paths(small)).chapters][:2] == ["Kort om alt.", ""]


def test_the_title_page_is_read(small: Path):
    """Title, author, date, file name and settings come from `_quarto.yml`; what may be left out is empty."""
    book = load_book(Paths(small))
    assert (book.title, book.subtitle, book.author, book.date) == ("Boken", "", "Noen", "2024-05-06")
    assert (book.description, book.output_file, book.lang, book.echo) == ("Om boken", "boken", "nb", False)
    assert (book.bibliography, book.site_url, book.repo_url) == ("references.bib", "", "")


def test_every_missing_chapter_is_told(small: Path):
    """All missing files are named at once, with what to do."""
    (small / "kap/to.qmd").unlink()
    (small / "kap/mer.qmd").unlink()
    assert broken(small) == (
        "_quarto.yml: no such chapter: kap/to.qmd\n  To mend it: write the file, or take it off the list.\n"
        "_quarto.yml: no such chapter: kap/mer.qmd\n  To mend it: write the file, or take it off the list."
    )


def test_a_chapter_without_a_heading_is_told(small: Path):
    """A chapter needs a title; a comment in a cell is none."""
    (small / "kap/to.qmd").write_text("```{python}\n# tittel\n```\n\nTekst.\n", encoding="utf-8")
    assert broken(small) == "kap/to.qmd:1: no heading\n  To mend it: begin the chapter with `# Title {#sec-id}`"


@pytest.mark.parametrize(
    "before",
    ["---\ndescription: Kort.\nlang: en\n# ikke tittelen\n---\n", "--- \ndescription: Kort.\nlang: en\n...\n",
     "---\ndescription: Kort.\nlang: en\n---\n<!--\n# ikke tittelen {#sec-g}\n-->\n",
     "---\ndescription: Kort.\nlang: en\n---\n~~~\n# ikke tittelen\n~~~\n"],
    ids=["comment in it", "blank and dots", "comment after it", "code after it"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_and_title_are_read_as_pandoc_reads_them(small: Path, before: str, end: str):
    """Whatever an editor ends lines with, and whatever looks like a heading before the title."""
    text = before + "\n# Andre   del {.unnumbered #sec-2}\n\n## Mer {#sec-3}\n"
    (small / "kap/to.qmd").write_bytes(text.replace("\n", end).encode())
    found = next(c for c in load_book(Paths(small)).chapters if c.path == "kap/to.qmd")
    assert (found.title, found.number, found.description, found.lang) == ("Andre   del", None, "Kort.", "en")


def test_broken_yaml_is_told_with_its_line(small: Path):
    """When `_quarto.yml` is not YAML, its line is named and no traceback shown."""
    (small / "_quarto.yml").write_text(CONFIG.replace("lang: nb", "lang: [nb"), encoding="utf-8")
    message = broken(small)
    assert message.startswith("_quarto.yml:5: not valid YAML: ")
    assert "To mend it" in message


@pytest.mark.parametrize("front", ["description: Reglene: kort", "date: 2026-13-45"])
def test_broken_front_matter_is_told_with_its_chapter(small: Path, front: str):
    """A colon in a description is a common slip, and a date that is none another: the chapter and line are named."""
    (small / "kap/to.qmd").write_text(f"---\n{front}\n---\n\n# Andre {{#sec-2}}\n", encoding="utf-8")
    assert broken(small).startswith("kap/to.qmd:2: the front matter is not YAML: ")


@pytest.mark.parametrize("key", ["title", "author", "date", "output-file", "chapters"])
def test_what_a_book_must_have_is_told(small: Path, key: str):
    """A missing key is named, with what it should be."""
    lines = CONFIG.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith(f"  {key}:"))
    lines[at] = lines[at].replace(key, f"x-{key}")
    (small / "_quarto.yml").write_text("\n".join(lines), encoding="utf-8")
    message = broken(small)
    assert message.startswith(f'_quarto.yml, column "book.{key}": found "nothing", expected ')
    assert message.count("To mend it") == 1


@pytest.mark.parametrize("text", ["", "- en\n- to\n", "book: nei\n"])
def test_a_file_that_is_no_book_is_told(small: Path, text: str):
    """An empty file, a list or a word lacks all that a book must have, and all of it is named."""
    (small / "_quarto.yml").write_text(text, encoding="utf-8")
    message = broken(small)
    for key in ("lang", "bibliography", "book.title", "book.author", "book.date", "book.output-file", "book.chapters"):
        assert f'_quarto.yml, column "{key}": found "nothing"' in message


WRONG = {
    "a text in place of a date": ('date: "2024-05-06"', "date: i morgen", "book.date", "a date such as"),
    "a date that is none": ('date: "2024-05-06"', 'date: "2024-02-31"', "book.date", "a date such as"),
    "two authors": ("author: Noen", "author: [Noen, Andre]", "book.author", "one name"),
    "a title that is a number": ("title: Boken", "title: 2023", "book.title", "a text"),
    "another language": ("lang: nb", "lang: no", "lang", "nb, the language"),
    "a file outside the site": ("output-file: boken", "output-file: ../../boken", "book.output-file", "a name of"),
    "a chapter outside the project": ("- kap/tre.qmd", "- ../tre.qmd", "book.chapters", "in the project"),
    "a chapter that is a number": ("- kap/tre.qmd", "- 7", "book.chapters", "in the project"),
    "a chapter twice": ("- kap/tre.qmd", "- kap/en.qmd", "book.chapters", "each chapter once"),
    "an address that runs": (
        "title: Boken",
        "title: Boken\n  repo-url: javascript:alert(1)",
        "book.repo-url",
        "https://",
    ),
    "a foot that is a text": ("title: Boken", "title: Boken\n  page-footer: nei", "book.page-footer", "left, center"),
    "settings that are a text": ("  echo: false", "  echo: nei", "execute.echo", "true or false"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_value_of_another_kind_is_told_with_its_place(small: Path, mistake: str):
    """What a reader or the site would get wrong is named where it stands, and nothing is guessed."""
    old, new, place, expected = WRONG[mistake]
    assert CONFIG.count(old) == 1
    (small / "_quarto.yml").write_text(CONFIG.replace(old, new), encoding="utf-8")
    message = broken(small)
    assert message.startswith(f'_quarto.yml, column "{place}": found ')
    assert f"expected {expected}" in message or expected in message.split("expected ")[1]
    assert message.count("To mend it") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"date: 2024-02-31\n", "_quarto.yml: not valid YAML: day is out of range"),
        ("a: b\nbook: \xe5\n".encode("latin-1"), "_quarto.yml:2: found the byte 0xe5, which is å"),
        (CONFIG.encode("utf-16"), "_quarto.yml:1: found text in UTF-16"),
        (b"a: b\x07\n", "_quarto.yml: not valid YAML: "),
        (b"[" * 9999, "_quarto.yml: not valid YAML: brackets within brackets"),
        (f"{CONFIG}lang: en\n".encode(), "not valid YAML: the key lang stands already in line 4"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(small: Path, content: bytes, told: str):
    """A date that is none, another encoding, brackets without end, and a key that stands twice."""
    (small / "_quarto.yml").write_bytes(content)
    assert told in broken(small)


def test_what_reads_one_setting_checks_all(small: Path):
    """Metadata files need a few settings only, and are told of a fault in the same words as the book."""
    (small / "_quarto.yml").write_text(CONFIG.replace("lang: nb", "lang: [nb]"), encoding="utf-8")
    with pytest.raises(BookError) as caught:
        read_facts(Paths(small))
    assert str(caught.value) == broken(small)


@pytest.mark.parametrize(("more", "fits"), [(24, True), (25, False)])
def test_letters_end_with_z(small: Path, more: int, fits: bool):
    """The twenty-seventh appendix would be numbered [, by Quarto as well; one without a number takes no letter."""
    names = [f"kap/v{number}.qmd" for number in range(more)]
    for name in [*names, "kap/uten-nummer.qmd"]:
        (small / name).write_text(f"# {name} {'{.unnumbered}' * ('uten' in name)}\n", encoding="utf-8")
    listed = "".join(f"    - {name}\n" for name in [*names, "kap/uten-nummer.qmd"])
    (small / "_quarto.yml").write_text(CONFIG + listed, encoding="utf-8")
    if fits:
        assert [chapter.number for chapter in load_book(Paths(small)).chapters][-2:] == ["Z", None]
    else:
        assert broken(small).startswith('_quarto.yml, column "book.appendices": found "27 appendices with a letter"')


def test_the_committed_book_has_its_chapters(paths: Paths):
    """Seven numbered chapters, a summary and a reference list without numbers, and seven appendices."""
    book: Book = load_book(paths)
    assert [c.number for c in book.chapters] == [
        None,
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        None,
        "A",
        "B",
        "C",
        "D",
        "E",
        "F",
        "G",
    ]
    assert all(c.description.endswith((".", "?")) for c in book.chapters)
    assert {c.href for c in book.chapters if "/" not in c.href} == {"index.html"}


def test_every_chapter_that_is_not_utf_8_is_told(small: Path):
    """Saved in Windows' own encoding or in UTF-16, a chapter is named with the line, and how to save it."""
    with (small / "kap" / "to.qmd").open("ab") as chapter:
        chapter.write("\nTekst.\n\nBlåbær.\n".encode("cp1252"))
    (small / "kap" / "tre.qmd").write_bytes("# Tredje\n".encode("utf-16"))
    with pytest.raises(BookError) as caught:
        load_book(Paths(small))
    assert str(caught.value) == (
        "kap/to.qmd:5: found the byte 0xe5, which is å in Windows' own encoding (Latin-1), expected text in UTF-8\n"
        "  To mend it: save the file again as UTF-8\n"
        "kap/tre.qmd:1: found text in UTF-16, expected text in UTF-8\n"
        "  To mend it: save the file again as UTF-8"
    )


def test_a_byte_order_mark_is_no_part_of_the_text(small: Path):
    """Some programs begin UTF-8 with one; the chapter reads as without it."""
    chapter = small / "kap" / "to.qmd"
    before = read_sources(Paths(small), load_book(Paths(small)))
    chapter.write_bytes(b"\xef\xbb\xbf" + chapter.read_bytes())
    assert load_book(Paths(small)).chapters[2].title == "Andre"
    assert read_sources(Paths(small), load_book(Paths(small))) == before
