"""Cells and inline expressions: run in order in one kernel, shown as asked, errors told with their line."""

from __future__ import annotations

import doctest
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from conftest import Run
from rapport.engine import outputs
from rapport.engine.execute import Kernel, execute
from rapport.errors import RapportError


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """One kernel for all tests here: starting it is what takes time."""
    root = tmp_path_factory.mktemp("kernel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        with Kernel(root) as started:
            yield started


def run(kernel: Kernel, source: str, *, echo: bool = False) -> str:
    return execute({"a.qmd": source}, kernel, echo=echo)["a.qmd"]


def cell(code: str, *options: str) -> str:
    return "\n".join(["```{python}", *(f"#| {option}" for option in options), code, "```", ""])


def faults(kernel: Kernel, **chapters: str) -> list[tuple[str, int, str]]:
    with pytest.raises(RapportError) as error:
        execute({f"{name}.qmd": text for name, text in chapters.items()}, kernel, echo=False)
    return [(fault.file, fault.line, fault.problem) for fault in error.value.faults]


def test_an_expression_sees_the_cells_above_it_only(kernel: Kernel):
    """Cells and expressions run from top to bottom."""
    source = (
        cell("x = 1", "include: false") + "A `{python} x`.\n\n" + cell("x = 2", "include: false") + "B `{python} x`.\n"
    )
    shown = run(kernel, source)
    assert ("A 1." in shown, "B 2." in shown) == (True, True)


def test_expressions_stand_where_they_were_written(kernel: Kernel):
    """Each result takes its own expression's place, several on a line, the text around untouched."""
    source = "Ett `{python} 1 + 1` og `{python} 'to'`,\nog så `{python} [3, 4][1]`.\n"
    assert run(kernel, source).strip() == "Ett 2 og to,\nog så 4."


def test_an_expression_that_is_markdown_shows_as_markdown(kernel: Kernel):
    """What knows itself as Markdown is put in as such, attributes and all."""
    source = cell("from IPython.display import Markdown", "include: false") + "Ja `{python} Markdown('[5]{.tall}')`.\n"
    assert "Ja [5]{.tall}." in run(kernel, source)


def test_any_letter_survives(kernel: Kernel):
    """Backslashes, quotes and letters outside ASCII come out of an expression as they went in."""
    text = r'æøå «ja» \1 \g<0> " \u00e6 😀'
    assert run(kernel, f"`{{python}} r'{text}'`").strip() == text


def test_an_expression_in_a_code_block_is_shown_not_run(kernel: Kernel):
    """A plain code block is there to be read."""
    source = "```markdown\n`{python} 1 / 0`\n```\n"
    assert "`{python} 1 / 0`" in run(kernel, source)


def test_printed_markdown_is_markdown_when_asked(kernel: Kernel):
    """`output: asis` lets what a cell prints be part of the chapter."""
    assert run(kernel, cell("print('## Tittel')", "output: asis")).strip() == "## Tittel"


def test_printed_text_is_text_otherwise(kernel: Kernel):
    """Without asis, what a cell prints stands in a block of its own and is never read as Markdown."""
    assert run(kernel, cell("print('## Tittel')")).strip() == "````\n## Tittel\n\n````"


def test_what_is_printed_in_pieces_is_one_text(kernel: Kernel):
    """Flushed, or around something that is shown, it stands together; a line that is begun again is as it ended."""
    code = "print('a', end='', flush=True)\ndisplay(3)\nprint('b')\nprint('10 %\\r20 %\\r100 %\\rferdig\\nslutt')"
    assert run(kernel, cell(code)).strip() == "````\nab\nferdig\nslutt\n\n````\n\n````\n3\n````"


def test_an_expression_may_print_and_warn(kernel: Kernel):
    """Its value stands in the text all the same, and nothing else."""
    code = "import warnings\ndef f():\n    print('x')\n    warnings.warn('hei')\n    return 'verdi'"
    assert run(kernel, cell(code, "include: false") + "Tall `{python} f()` her.\n").strip() == "Tall verdi her."


def test_a_warning_is_not_published(kernel: Kernel):
    """It names files of the machine, and is another at every build."""
    code = "import sys, warnings\nwarnings.warn('utdatert')\nprint('feil', file=sys.stderr)\nprint('ut')"
    assert run(kernel, cell(code)).strip() == "````\nut\n\n````"


def test_colours_of_a_terminal_are_left_out(kernel: Kernel):
    """Libraries print them wherever they are; a page has none."""
    assert run(kernel, cell(r"print('\x1b[1;31mrødt\x1b[0m \x1b]0;tittel\x07ut')")).strip() == "````\nrødt ut\n\n````"
    assert doctest.testmod(outputs).failed == 0


UNFIT = {
    "from IPython.display import HTML\nHTML('<b>fet</b>')":
        "the cell's value is text/html (<IPython.core.display.HTML object>), which pages and PDF do not show",
    "class Bilde:\n    def _repr_png_(self): return b'png'\n    def __repr__(self): return 'Bilde(2 x 2)'\nBilde()":
        "the cell's value is image/png (Bilde(2 x 2)), which pages and PDF do not show",
    "class B:\n    def __repr__(self): return '[<A at 0x7f00>]'\nB()":
        "the cell shows [<A at 0x7f00>], an object without a text of its own",
    r"print('a\x07b')": "the cell shows U+0007, a character that no page can hold",
    r"print('a\ud800b')": "the cell shows U+D800, a character that no page can hold",
    r"from IPython.display import Markdown; Markdown('a\uffffb')":
        "the cell shows U+FFFF, a character that no page can hold",
}  # fmt: skip


@pytest.mark.parametrize("code", UNFIT)
def test_what_cannot_stand_in_every_format_is_told(kernel: Kernel, code: str):
    """HTML, pictures, objects that only say where they lie, and characters that XML forbids: at the cell."""
    assert faults(kernel, a="tekst\n\n" + cell(code)) == [("a.qmd", 3, UNFIT[code])]


@pytest.mark.parametrize("option", ["include: false", "output: false"])
def test_what_is_not_shown_may_be_anything(kernel: Kernel, option: str):
    """Only what stands in the chapter is held against what a page can hold."""
    code = r"print('\x00')" + "\nfrom IPython.display import HTML\nHTML('')"
    assert run(kernel, cell(code, option)).strip() == ""


def test_an_expression_is_held_against_the_same(kernel: Kernel):
    """Each with its own line."""
    source = "En `{python} object()`\nto `{python} 'a\\x1fb'`.\n"
    told = faults(kernel, a=source)
    assert [(line, problem.partition(" at 0x")[0]) for _, line, problem in told] == [
        (1, "the cell shows <object object"), (2, "the cell shows U+001F, a character that no page can hold"),
    ]  # fmt: skip


@pytest.mark.parametrize("options", [(), ("output: asis",)])
def test_a_value_without_markdown_is_its_text(kernel: Kernel, options: tuple[str, ...]):
    """Also where a cell's output is asked for as it is."""
    assert run(kernel, cell("40 + 2", *options)).strip() == "````\n42\n````"


def test_nothing_printed_can_end_its_block(kernel: Kernel):
    """A text with a fence of its own is within a longer one."""
    shown = run(kernel, cell("print('`````\\n## Hei {#sec-hei}\\n`````')")).strip()
    assert shown.splitlines()[0] == shown.splitlines()[-1] == "``````"


def test_a_line_of_a_million_letters_is_printed(kernel: Kernel):
    """A drawing is often one line: it takes no longer than a text of many lines, where once it took hours."""
    started = time.monotonic()
    assert run(kernel, cell("print('x' * 1_000_000)", "output: asis")).strip() == "x" * 1_000_000
    assert time.monotonic() - started < 20


OPTIONS = [  # options, the book's own echo, is code shown, is output shown
    ((), False, False, True),
    ((), True, True, True),
    (("echo: true",), False, True, True),
    (("echo: false",), True, False, True),
    (("output: false",), True, True, False),
    (("include: false",), True, False, False),
    (("include: false", "echo: true"), False, False, False),
    (("include: true",), True, True, True),
]


@pytest.mark.parametrize("echo", [True, False])
def test_options_say_what_of_a_cell_is_shown(kernel: Kernel, echo: bool):
    """echo shows the code, output and include hide, and the book's own setting holds where a cell says nothing."""
    cases = {" ".join(case[0]): case for case in OPTIONS if case[1] is echo}
    shown = execute({name: cell("20 + 3", *case[0]) for name, case in cases.items()}, kernel, echo=echo)
    found = {name: ("20 + 3" in text, "23" in text) for name, text in shown.items()}
    assert found == {name: case[2:] for name, case in cases.items()}


def test_a_hidden_cell_still_runs(kernel: Kernel):
    """`include: false` hides a cell; what it sets is there for the text."""
    assert run(kernel, cell("y = 41", "include: false") + "`{python} y + 1`").strip() == "42"


def test_cells_run_in_the_project(kernel: Kernel):
    """A path in a cell begins at the project's root, whatever chapter it stands in."""
    assert run(kernel, "`{python} __import__('pathlib').Path.cwd().name`").strip() == kernel.root.name


@pytest.mark.slow
def test_a_project_can_be_built_from_any_folder(project: Path, tmp_path: Path, rapport: Run):
    """--project names the report from anywhere, and nothing is left behind where one stands."""
    elsewhere = tmp_path / "et annet sted"
    elsewhere.mkdir()
    done = rapport("--project", str(project), "render", "--to", "html", cwd=elsewhere)
    assert (done.returncode, list(elsewhere.iterdir())) == (0, []), done.stderr


def test_a_chapter_cannot_lean_on_another(kernel: Kernel):
    """Names of one chapter are unknown in the next, as in Quarto, where each has a kernel of its own."""
    assert faults(kernel, a=cell("bare_i_a = 1", "include: false"), b="`{python} bare_i_a`") == [
        ("b.qmd", 1, "the cell fails: NameError: name 'bare_i_a' is not defined")
    ]


@pytest.mark.parametrize(
    "code",
    ["import io, sys\nsys.stdout = io.StringIO()", "import os\nos.chdir('/')",
     "import os\nos.environ['LEK'] = 'ja'", "_lek = 'ja'"],
)  # fmt: skip
def test_a_chapter_leaves_nothing_to_the_next(kernel: Kernel, code: str):
    """Not its streams, its folder, its environment, nor a name that begins with a mark; run together or in turn."""
    shown = "import os\nprint(os.path.basename(os.getcwd()), os.environ.get('LEK'), '_lek' in globals())"
    before, after = cell(code, "include: false"), cell(shown, "output: asis")
    together = execute({"a.qmd": before, "b.qmd": after}, kernel, echo=False)["b.qmd"]
    run(kernel, before)
    assert [text.strip() for text in (together, run(kernel, after))] == [f"{kernel.root.name} None False"] * 2


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
@pytest.mark.parametrize("other", ["None", "3"])
def test_a_cell_may_put_away_its_streams(kernel: Kernel, stream: str, other: str):
    """The next cell has them back; the kernel would answer no more without them."""
    assert (
        run(kernel, cell(f"import sys\nsys.{stream} = {other}") + cell("print('ut')", "output: asis")).strip() == "ut"
    )


@pytest.mark.parametrize("code", ["quit()", "exit()"])
def test_a_cell_cannot_end_the_kernel_by_asking(kernel: Kernel, code: str):
    """It would take the cells below with it, and one of them the blame."""
    told = faults(kernel, a=cell(f"x = 1\n{code}") + cell("print(x)"))
    assert told == [("a.qmd", 3, "the cell ends the kernel")]


@pytest.fixture
def inputs(kernel: Kernel) -> Path:
    """A file of the data package and the book's own, where the kernel runs."""
    (kernel.root / "data").mkdir(exist_ok=True)
    (kernel.root / "_quarto.yml").write_text("a", encoding="utf-8")
    (kernel.root / "data" / "a.csv").write_text("a", encoding="utf-8")
    return kernel.root


WRITING = {
    "open('data/a.csv', 'w')": "data/a.csv",
    "import pathlib\npathlib.Path('data/ny.csv').write_text('b')": "data/ny.csv",
    "import os\nos.chdir('data')\nos.remove('a.csv')": "data/a.csv",
    "import os\nopen('utkast', 'w').close()\nos.replace('utkast', 'data/a.csv')": "data/a.csv",
    "open('_quarto.yml', 'a')": "_quarto.yml",
}


@pytest.mark.parametrize("code", WRITING)
def test_a_cell_cannot_change_what_the_report_is_made_of(kernel: Kernel, inputs: Path, code: str):
    """It would make every build begin again; the file is as it was, and the line that would write it is told."""
    told = faults(kernel, a=cell(code))
    assert told == [("a.qmd", 2 + code.count("\n"), f"the cell writes {WRITING[code]}, which the report is made of")]
    assert [path.read_text(encoding="utf-8") for path in (inputs / "data" / "a.csv", inputs / "_quarto.yml")] == [
        "a",
        "a",
    ]
    assert not (inputs / "data" / "ny.csv").exists()


@pytest.mark.usefixtures("inputs")
def test_a_cell_reads_what_it_likes_and_writes_elsewhere(kernel: Kernel):
    """In the project beside its parts, and in temporary folders."""
    code = ("import tempfile\nwith tempfile.TemporaryFile() as one, open('ut.txt', 'w') as other:\n"
            "    one.write(b'x'); other.write('x')\nprint(open('data/a.csv').read())")  # fmt: skip
    assert run(kernel, cell(code, "output: asis")).strip() == "a"


def test_an_expression_that_fails_is_told_with_its_own_line(kernel: Kernel):
    """The line is that of the expression, not of the paragraph or the cell above."""
    source = "---\na: 1\n---\n\n" + cell("x = 1") + "\nEn `{python} 1`\nto `{python} 1 / 0`.\n"
    assert faults(kernel, a=source) == [("a.qmd", 10, "the cell fails: ZeroDivisionError: division by zero")]


WHERE = {  # line within the code, where the error came through
    "x = 1\nint('a')": (2, "ValueError: invalid literal for int() with base 10: 'a'"),
    "def f():\n    return 1 / 0\n\nf()": (2, "ZeroDivisionError: division by zero"),
    "import json\njson.loads('')": (2, "JSONDecodeError: Expecting value: line 1 column 1 (char 0)"),
    "x = 1\ny = 2 +": (2, "SyntaxError: invalid syntax"),
}


@pytest.mark.parametrize("code", WHERE)
def test_a_cell_that_fails_is_told_with_the_line_of_its_code(kernel: Kernel, code: str):
    """The innermost line of the cell, below its options; what lies in libraries is not the writer's."""
    line, said = WHERE[code]
    told = faults(kernel, a="tekst\n\n" + cell(code, "echo: false", "output: asis"))
    assert told == [("a.qmd", 5 + line, f"the cell fails: {said}")]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ExceptionGroup('flere', [ValueError(1), ValueError(2)])", "ExceptionGroup: flere (2 sub-exceptions)"),
        ("%finnesikke", "UsageError: Line magic function `%finnesikke` not found."),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_no_error_is_passed_over(kernel: Kernel, code: str, said: str):
    """Some the kernel tells in its answer alone, not among what the cell shows; they stand where the cell begins."""
    assert faults(kernel, a=cell(code)) == [("a.qmd", 1, f"the cell fails: {said}")]


def test_a_long_error_is_shortened(kernel: Kernel):
    """What a terminal or a page shows of an error can be read, and steers neither."""
    [(_, _, problem)] = faults(kernel, a=cell(r"raise ValueError('\x1b[31ma\x07' + 'x' * 10_000 + '\n\ny' * 1000)"))
    assert problem.startswith("the cell fails: ValueError: a\\x07xxx")
    assert problem.endswith(" … (1001 lines)")
    assert len(problem) < 600


def test_a_cell_of_nothing_is_nothing(kernel: Kernel):
    """Nor is it in the way of what stands below."""
    assert run(kernel, cell("") + "`{python} 1`\n").strip() == "1"


def test_all_that_fails_is_told_at_once(kernel: Kernel, snapshot: SnapshotAssertion):
    """Cells and expressions of all chapters are tried before anything is told; known errors keep their remedy."""
    known = "def n(key): raise ValueError(f'no {key}.\\n  To mend it: use another.')"
    sources = {
        "a.qmd": cell(known, "include: false") + "\n`{python} n('x')`\n\n`{python} ukjent`\n",
        "b.qmd": cell("1 +") + "\n`{python} 1 +`\n",
    }
    with pytest.raises(RapportError) as error:
        execute(sources, kernel, echo=False)
    assert snapshot == str(error.value)


def test_progress_is_told_to_the_end(kernel: Kernel):
    """A build can show how many cells are left."""
    told: list[tuple[int, int]] = []
    execute({"a.qmd": cell("1") + cell("2")}, kernel, echo=False, report=lambda done, total: told.append((done, total)))
    assert len(told) >= 2
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
