"""Chapters made apart: a page alone is as in the whole book, and a change reaches whom it should and no others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rapport.book import load_book
from rapport.engine import press
from rapport.engine.jobs import Job
from rapport.engine.pandoc import joined, write_markdown
from rapport.engine.press import Press
from rapport.engine.targets import Index, seen
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
  chapters: [index.qmd, en.qmd, to.qmd, referanser.qmd]
  appendices: [tall.qmd]
"""
WORKS = "".join(
    f"@book{{{key}, author = {{{name}, Kari}}, title = {{Om {name}}}, publisher = {{Forlaget}}, date = {{2020}}}}\n"
    for key, name in (("aas2020", "Aas"), ("dahl2020", "Dahl"))
)
FIGURE = "::: {#fig-hus .figur}\n\n```{=html}\n<p>Tegning</p>\n```\n\nHuset er rødt\n\n:::\n"
TEXTS = {
    "index.qmd": "# Kort {.unnumbered #sec-kort}\n\nFørst @fig-hus og [@aas2020].\n",
    "en.qmd": f"# Første {{#sec-en}}\n\n## Del {{#sec-del}}\n\n{FIGURE}\nEn side med @sec-to.\n",
    "to.qmd": "# Andre {#sec-to}\n\nHer står ingenting.\n",
    "referanser.qmd": "# Referanser {.unnumbered #sec-ref}\n\n::: {#refs}\n:::\n",
    "tall.qmd": "# Tall {#sec-tall}\n\nSe [@dahl2020].\n",
}


def affected(before: Index, after: Index) -> set[str]:
    """Chapters that read something else of the others than before."""
    was, now = seen(before), seen(after)
    return {path for path in after if was[path] != now[path]}


MADE = datetime(2024, 5, 6, tzinfo=UTC)
Make = Callable[..., tuple[dict[str, str], Index]]


@pytest.fixture
def make(tmp_path: Path, paths: Paths) -> Make:
    """Converts a small book, or some of its chapters: what was written by name, and what is known of the chapters."""
    shutil.copytree(paths.theme, tmp_path / "theme")
    (tmp_path / "_quarto.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "references.bib").write_text(WORKS, encoding="utf-8")
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    project, book = Paths(tmp_path), load_book(Paths(tmp_path))

    def convert_some(
        format_: str = "html", only: set[str] | None = None, index: Index | None = None, cited: Path | None = None,
        **texts: str,
    ):  # fmt: skip
        folder = tmp_path / f"work-{len(list(tmp_path.glob('work-*')))}"
        write_markdown(book, TEXTS | {f"{name}.qmd": text for name, text in texts.items()}, folder)
        job = Job(format_, _out(folder, format_), {"site-title": "Boken"}, only=only, index=index or {}, cited=cited)
        with Press(project) as press:
            known = press.convert(book, folder, job)
        return _written(folder, format_), known

    return convert_some


def _out(folder: Path, format_: str) -> Path:
    return folder / "site" if format_ == "html" else folder / "body.typ"


def _written(folder: Path, format_: str) -> dict[str, str]:
    suffix = "*.html" if format_ == "html" else "body/*.typ"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob(suffix)}


@pytest.mark.parametrize("chapter", TEXTS)
def test_a_page_alone_is_the_page_of_the_whole_book(make: Make, chapter: str):
    """A chapter made by itself, with what is known of the others, has every byte that it has in the whole book."""
    whole, index = make()
    alone, after = make(only={chapter}, index=index)
    assert alone == {name: text for name, text in whole.items() if name == chapter.replace(".qmd", ".html")}
    assert after == index


def test_without_an_index_the_others_are_read(make: Make):
    """A chapter made alone finds the figures of the others although nothing is known of them yet."""
    whole, index = make()
    alone, after = make(only={"index.qmd"})
    assert alone == {"index.html": whole["index.html"]}
    assert after == index


def test_nothing_is_written_when_only_the_index_is_asked_for(make: Make):
    """The index can be had without any page."""
    assert make(only=set()) == ({}, make()[1])


def test_a_sentence_reaches_no_other_chapter(make: Make):
    """A changed sentence changes its own page and nobody else's."""
    _, before = make()
    page, after = make(only={"to.qmd"}, index=before, to="# Andre {#sec-to}\n\nHer står noe nytt.\n")
    assert "noe nytt" in page["to.html"]
    assert affected(before, after) == set()


CHANGES = {
    "a figure before it": ("en", TEXTS["en.qmd"].replace("## Del", FIGURE.replace("hus", "bil") + "\n## Del")),
    "a section before it": ("en", TEXTS["en.qmd"].replace("## Del", "## Ny {#sec-ny}\n\n## Del")),
    "a section of its own": ("to", "# Andre {#sec-to}\n\n## Ny {#sec-del-to}\n"),
    "a work that is cited": ("to", "# Andre {#sec-to}\n\nSe [@dahl2020] og [@aas2020].\n"),
    "a work that is cited no more": ("tall", "# Tall {#sec-tall}\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_reaches_all_whose_pages_it_changes(make: Make, change: str):
    """Whatever pages read otherwise in the whole book after a change are told of."""
    name, text = CHANGES[change]
    old, before = make()
    new, after = make(**{name: text})
    pages = {page.replace(".html", ".qmd") for page in new if new[page] != old[page]}
    assert pages <= affected(before, after) | {f"{name}.qmd"}


def test_a_moved_figure_reaches_only_who_refers_to_it(make: Make):
    """A figure with a new number is converted anew where it is referred to, and nowhere else."""
    _, before = make()
    _, after = make(only={"en.qmd"}, index=before, en=CHANGES["a figure before it"][1])
    assert affected(before, after) == {"index.qmd"}


def test_a_new_work_reaches_the_list(make: Make):
    """A work that the book did not cite before stands on the page with the list."""
    _, before = make(tall="# Tall {#sec-tall}\n")
    _, after = make(only={"tall.qmd"}, index=before)
    assert "referanser.qmd" in affected(before, after)
    assert "Dahl" in make(only={"referanser.qmd"}, index=after)[0]["referanser.html"]


@pytest.fixture
def answered(make: Make, tmp_path: Path) -> tuple[dict[str, str], Index, Path]:
    """The pages, what is known of them, and what was written down of citations; the bibliography has changed since."""
    pages, index = make()
    (tmp_path / "references.bib").write_text(WORKS.replace("Aas", "Berg"), encoding="utf-8")
    return pages, index, tmp_path / "work-0" / "html.cited.json"


@pytest.mark.parametrize("chapter", ["index.qmd", "referanser.qmd"])
def test_a_citation_is_asked_for_once(make: Make, answered: tuple[dict[str, str], Index, Path], chapter: str):
    """How citations and the list read is taken from what an earlier job wrote down, and citeproc is not asked."""
    pages, index, cited = answered
    page = chapter.replace(".qmd", ".html")
    assert make(only={chapter}, index=index, cited=cited)[0] == {page: pages[page]}
    assert "Berg" in make(only={chapter}, index=index)[0][page]


def test_a_new_citation_is_asked_for(make: Make, answered: tuple[dict[str, str], Index, Path]):
    """A work cited in another way than before is not among what was written down."""
    _, index, cited = answered
    page = make(only={"to.qmd"}, index=index, cited=cited, to="# Andre {#sec-to}\n\nSe @aas2020, s. 4.\n")[0]["to.html"]
    assert "Berg" in page


def test_answers_hold_for_the_same_works_alone(make: Make, answered: tuple[dict[str, str], Index, Path]):
    """Where the book cites other works, as when one is told from another by a letter, citeproc is asked anew."""
    _, _, cited = answered
    pages, _ = make(cited=cited, tall="# Tall {#sec-tall}\n")
    assert "Berg" in pages["index.html"]


def test_a_chapter_with_another_id_reaches_all(make: Make):
    """In print a link to a chapter is a link to its first heading, so all may be touched."""
    _, before = make("typst")
    _, after = make("typst", tall="# Tall {#sec-annet}\n\nSe [@dahl2020].\n")
    assert affected(before, after) == set(TEXTS)


def test_parts_make_the_printed_body(make: Make, tmp_path: Path):
    """The printed body is the chapters' parts after each other, with a mark where the appendices begin."""
    parts, _ = make("typst")
    body = joined(load_book(Paths(tmp_path)), {path: parts[f"{number}.typ"] for number, path in enumerate(TEXTS)})
    assert body.split("#show: vedlegg\n") == [
        "".join(parts[f"{number}.typ"] + "\n" for number in range(4)),
        parts["4.typ"],
    ]


def test_a_pandoc_that_never_answers_is_ended(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The build says so when the time is up, instead of waiting for ever."""
    silent = tmp_path / "pandoc"
    silent.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    silent.chmod(0o755)
    monkeypatch.setattr(press, "pandoc_path", lambda: str(silent))
    monkeypatch.setattr(press, "LIMIT", 1)
    with pytest.raises(EngineError, match="not done after 1 seconds"):
        make()


def test_two_documents_of_one_process_are_as_if_made_apart(make: Make, tmp_path: Path, paths: Paths):
    """What is read for the Word file and used again for the e-book is the same as when it is read again."""
    project, book = Paths(tmp_path), load_book(Paths(tmp_path))

    def documents(folder: Path, *together: tuple[str, ...]) -> dict[str, bytes]:
        write_markdown(book, TEXTS, folder)
        for formats in together:
            with Press(project, MADE) as press:
                for kind in formats:
                    press.convert(book, folder, _document(kind, folder))
        return {kind: (folder / f"boken.{kind}").read_bytes() for kind in ("docx", "epub")}

    assert documents(tmp_path / "a", ("docx", "epub")) == documents(tmp_path / "b", ("docx",), ("epub",))


def _document(kind: str, folder: Path) -> Job:
    meta = {"title": "Boken", "lang": "nb", "identifier": "boken", "date": "2024-05-06"}
    return Job(kind, folder / f"boken.{kind}", {}, {"meta": meta, "figures": f"{folder}/"})


def test_a_page_cannot_smuggle_what_is_kept_aside(make: Make):
    """Raw blocks are put back by a mark that no chapter holds, whatever signs its text has."""
    sign = "\ue0001\ue000"
    text = f"# Andre {{#sec-to}}\n\n{sign} og `{sign}`\n\n```{{=html}}\n<p>Rå</p>\n```\n"
    pages, _ = make(to=text)
    assert pages["to.html"].count("<p>Rå</p>") == 1
    assert pages["to.html"].count(sign) == 2


def test_formats_of_one_process_are_as_if_made_apart(make: Make, tmp_path: Path):
    """Pages made after the text for print, and after other pages, have every byte that they have alone."""
    apart = {kind: make(kind)[0] for kind in ("typst", "html")}
    project, folder = Paths(tmp_path), tmp_path / "together"
    write_markdown(load_book(project), TEXTS, folder)
    with Press(project) as press:
        for kind in ("typst", "html", "html"):
            press.convert(load_book(project), folder, Job(kind, _out(folder, kind), {"site-title": "Boken"}))
    assert {kind: _written(folder, kind) for kind in apart} == apart


def test_after_a_job_that_fails_the_next_is_done(make: Make, tmp_path: Path):
    """pandoc's own words are told, for that job alone, and another pandoc does the next."""
    pages, _ = make()
    project, folder = Paths(tmp_path), tmp_path / "again"
    write_markdown(load_book(project), TEXTS, folder)
    broken, good = Job("html", folder / "x", {}, {"ord": {}}), Job("html", folder / "site", {"site-title": "Boken"})
    with Press(project) as press:
        for _ in range(2):
            with pytest.raises(EngineError, match="could not convert the chapters to html") as told:
                press.convert(load_book(project), folder, broken)
            assert str(told.value).count("attempt to index") == 1
        press.convert(load_book(project), folder, good)
    assert _written(folder / "site", "html") == pages


def test_what_is_read_ahead_is_made_as_without(make: Make, tmp_path: Path):
    """Chapters that pandoc read before anything was asked of it give the same, and reading them writes nothing."""
    pages, _ = make()
    project, folder = Paths(tmp_path), tmp_path / "ahead"
    write_markdown(load_book(project), TEXTS, folder)
    with Press(project) as press:
        press.read(load_book(project), folder)
        assert list(folder.rglob("*.html")) == []
        press.convert(load_book(project), folder, Job("html", folder / "site", {"site-title": "Boken"}))
    assert _written(folder / "site", "html") == pages
