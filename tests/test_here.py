"""Cells that run in the build's own process: the same as in a kernel, or left to the kernel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapport import shelf
from rapport.book import load_book
from rapport.engine.check import read_sources
from rapport.engine.execute import execute
from rapport.engine.facts import build_facts, write_facts
from rapport.engine.here import Here
from rapport.engine.kernel import Kernel
from rapport.engine.reads import calls
from rapport.engine.stage import Stage
from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.steps import Memory

IMPORT = "from rapport.kapittel import figure, n, table\n"


def cell(code: str, option: str = "output: asis") -> str:
    return f"```{{python}}\n#| {option}\n{code}\n```\n\n"


@pytest.fixture(scope="module")
def facts(paths: Paths, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of the committed report knows of itself."""
    book = load_book(paths)
    files = {path.name: path.read_text(encoding="utf-8") for path in paths.figures.glob("*.*")}
    known = build_facts(paths, book, read_sources(paths, book), files)
    return write_facts(tmp_path_factory.mktemp("facts") / "fakta.json", known)


@pytest.fixture
def here(paths: Paths, facts: Path) -> Iterator[Here]:
    """A runner in this process, which reads the committed figures."""

    def text(name: str) -> str:
        return (paths.figures / name).read_text(encoding="utf-8")

    known = json.loads(facts.read_text(encoding="utf-8"))
    with shelf.reading(shelf.Place(paths, text, lambda name: json.loads(text(name)), known)):
        yield Here()


def test_a_chapter_finds_what_it_names_and_nothing_else(paths: Paths, tmp_path: Path):
    """From memory: no file is written for cells of this process, and what another chapter named is not there."""
    figures = {path.name: Memory().put(path.read_bytes()) for path in paths.figures.iterdir()}
    facts = {"commit": "abc", "titles": {}}
    with Stage(paths, tmp_path, figures, facts, lambda name: figures[name].json()).open() as stage:
        stage.here(["fig-formaal"])
        stage.here(["fig-deltakere"])
        assert shelf.text("fig-deltakere.html") == (paths.figures / "fig-deltakere.html").read_text(encoding="utf-8")
        assert shelf.read("numbers.json") == json.loads((paths.figures / "numbers.json").read_text(encoding="utf-8"))
        assert shelf.facts() == facts
        with pytest.raises(RapportError, match=r"figures/fig-formaal\.html is missing"):
            shelf.text("fig-formaal.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_every_chapter_is_the_same_as_from_a_kernel(paths: Paths, here: Here, facts: Path):
    """All chapters of the report, run in both ways, give the same Markdown to the byte."""
    sources = read_sources(paths, load_book(paths))
    told = {"RAPPORT_FIGURES": str(paths.figures), "RAPPORT_FACTS": str(facts)}
    with Kernel(paths.root, told) as kernel:
        expected = execute(sources, kernel, echo=False)
    shown = execute(sources, here, echo=False)
    assert [file for file in sources if shown[file] != expected[file]] == []
    assert "data-verdi" in shown["index.qmd"]


def test_no_chapter_needs_a_kernel(paths: Paths):
    """Whoever adds a cell that does more than call a helper is told what it costs: its chapter runs at every build."""
    assert [file for file, text in read_sources(paths, load_book(paths)).items() if calls(text) is None] == []


def test_errors_are_told_with_their_lines(here: Here):
    """An unknown number and an unknown figure, with the file and the line of each."""
    gone = cell("figure('fig-borte')")
    source = f"# T\n\n{cell(IMPORT)}Det er `{{python}} n('finnes.ikke')`.\n\n{gone}"
    with pytest.raises(RapportError) as raised:
        execute({"a.qmd": source}, here, echo=False)
    assert [(fault.file, fault.line) for fault in raised.value.faults] == [("a.qmd", 9), ("a.qmd", 13)]


def test_one_chapter_does_not_see_the_names_of_another(here: Here):
    """What one chapter imports is not there in the next."""
    with pytest.raises(RapportError, match=r"b\.qmd:3: .*name 'n' is not defined"):
        execute({"a.qmd": cell(IMPORT), "b.qmd": "# B\n\n`{python} n('deltakere.fall')`\n"}, here, echo=False)


@pytest.mark.parametrize(
    "code",
    ["x = 1", "import os", "n(name)", "n('a.b');", "%time", "from rapport.kapittel import n as m", "print(open('x'))",
     "figure(**{})", "[n('a.b')]", "from rapport.data import load", "register('x')"],
)  # fmt: skip
def test_what_does_more_is_left_to_the_kernel(code: str):
    """Of a cell that does anything but call a helper with written-out words, nobody knows what it reads."""
    assert calls(cell(code)) is None


def test_what_a_chapter_reads_is_found_in_its_cells():
    """The helpers and their keys, each once, from cells and from sentences."""
    shown = cell("table('tbl-x')")
    source = f"{cell(IMPORT)}{shown}`{{python}} n('a.b', 'over', 60)` `{{python}} n('a.b')`\n"
    assert calls(source) == (("table", "tbl-x"), ("n", "a.b"))


def test_a_number_that_is_shown_last_is_shown(here: Here, paths: Paths):
    """A cell's last expression is its output, as in a notebook; what stands before it is not."""
    key = next(key for key, number in json.loads((paths.figures / "numbers.json").read_text()).items()
               if number["value"] is not None)  # fmt: skip
    shown = execute({"a.qmd": cell(f"{IMPORT}n('{key}')\nn('{key}')", "echo: false")}, here, echo=False)["a.qmd"]
    assert shown.count(f'data-id="{key}"') == 1
