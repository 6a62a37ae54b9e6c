"""The command line: help that teaches, exit statuses, output that is never overwritten, the doctor."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from conftest import ROOT, Run
from rapport.cli import main
from rapport.commands import OURS


@pytest.fixture
def without_quarto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without Quarto."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setitem(sys.modules, "quarto_cli", None)


def fake_quarto(folder: Path, version: str, status: int = 0) -> Path:
    """A program that says its version and writes down how it was called."""
    path = folder / "quarto"
    path.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo {version} && exit 0\necho "$@" > "$0.called"\n'
        'while [ "$1" != --output-dir ]; do shift; done\n/bin/mkdir -p "$2" && echo ny > "$2/index.html"\n'
        f"exit {status}\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def write(folder: Path, files: tuple[str, ...]) -> Path:
    """A folder with files of somebody's own."""
    folder.mkdir()
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("mitt", encoding="utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="rapport", terminal_width=100)


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_teaches(command: str, snapshot: SnapshotAssertion):
    """Help says what a command does, what it reads and writes, and what its options mean."""
    result = run(*filter(None, [command]), "--help")
    assert result.exit_code == 0
    assert snapshot == result.stdout


def test_help_of_the_whole_names_every_command_and_status():
    """The first screen is enough to begin: all commands, what to do after a change, and the exit statuses."""
    text = run("--help").stdout
    assert [name for name in main.commands if f"rapport {name}" not in text] == []
    assert re.search(r"Exit status: 0 .*2 ", text, re.DOTALL)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nei",),
        ("render", "--nei"),
        ("render", "--engine", "word"),
        ("render", "--to", "odt"),
        ("render", "--to", ","),
        ("--project", "/finnes/ikke", "figures"),
    ],
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]):
    """What cannot be understood ends with status 2 and says which words would do."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: rapport" in result.stderr
    assert "Traceback" not in result.output


def test_a_format_that_is_not_made_is_told(snapshot: SnapshotAssertion):
    """--to names what it takes."""
    assert snapshot == run("render", "--to", "html,odt").stderr


def test_outside_a_project_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """In a folder without a report the command says so and how to name one."""
    monkeypatch.chdir(tmp_path)
    result = run("figures")
    assert result.exit_code == 2
    assert "no _quarto.yml here or in any folder above" in result.stderr
    assert "--project" in result.stderr


def test_the_process_ends_with_the_status(rapport: Run, tmp_path: Path):
    """`python -m rapport` hands the status on, prints no traceback, and writes errors to standard error."""
    assert rapport("--version").returncode == 0
    failed = rapport("figures", cwd=tmp_path)
    assert (failed.returncode, failed.stdout, "Traceback" in failed.stderr) == (2, "", False)


def test_python_without_docstrings_is_told(rapport: Run, monkeypatch: pytest.MonkeyPatch):
    """Altair needs them; -O alone, which leaves out assertions, does no harm."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    done = rapport("figures")
    assert (done.returncode, done.stdout) == (2, "")
    assert "To mend it: unset PYTHONOPTIMIZE" in done.stderr
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    assert rapport("--version").returncode == 0


def test_debug_shows_the_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """--debug is for those who mend the program."""
    monkeypatch.chdir(tmp_path)
    assert type(run("--debug", "figures").exception).__name__ == "BookError"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that a build would have replaced; nothing is built."""
    folders: list[Path] = []
    monkeypatch.setattr("rapport.engine.build.render", lambda _paths, output, *_rest: folders.append(output) or output)
    return folders


@pytest.mark.parametrize(
    "name", [".", "..", "data", "data/ny", "chapters", "figures", "theme", "scripts/rapport", ".git"]
)
def test_output_never_overwrites_the_project(project: Path, made: list[Path], name: str):
    """The site's folder is replaced as a whole, so it cannot be one that holds the project's own files."""
    result = run("--project", str(project), "render", "--output", str(project / name))
    assert (result.exit_code, made) == (2, [])
    assert "To mend it: name a" in result.stderr


@pytest.mark.parametrize(
    "files", [(), ("index.html", "assets/site.css", "arbeidstrening.pdf"), ("arbeidstrening.pdf",)]
)
def test_output_may_be_a_new_folder_or_an_old_site(
    project: Path, tmp_path: Path, made: list[Path], files: tuple[str, ...]
):
    """An empty folder and a site that this command made may be replaced."""
    folder = write(tmp_path / "ut", files)
    assert run("--project", str(project), "render", "--output", str(folder)).exit_code == 0
    assert made == [folder]


@pytest.mark.parametrize(
    "files",
    [
        ("brev.txt",),
        ("regning.pdf",),
        ("brev.txt", "arbeidstrening.pdf"),
        ("index.html", "brev.txt"),
        ("assets/bilde.png", "brev.txt"),
        ("index.html", "assets/site.css", "brev.txt"),
    ],
)
def test_output_never_replaces_other_files(project: Path, tmp_path: Path, made: list[Path], files: tuple[str, ...]):
    """A folder that holds anything but a site made here is refused, also when it happens to hold a PDF or a page."""
    folder = write(tmp_path / "Dokumenter", files)
    result = run("--project", str(project), "render", "--output", str(folder))
    assert (result.exit_code, made) == (2, [])
    assert "name an empty or new folder" in result.stderr


@pytest.mark.slow
def test_a_site_made_here_may_be_made_again(site: Path):
    """Every name at the top of a whole site is known as ours, so that the same --output works twice."""
    documents = {path.name for kind in ("pdf", "docx", "epub") for path in site.glob(f"*.{kind}")}
    assert {path.name for path in site.iterdir()} - documents <= OURS


def test_a_missing_bibliography_is_told(project: Path):
    """A file that `_quarto.yml` names and that is not there is named, without a traceback."""
    (project / "references.bib").unlink()
    result = run("--project", str(project), "render")
    assert result.exit_code == 2
    assert "references.bib" in result.stderr


@pytest.mark.usefixtures("without_quarto")
def test_quarto_missing_says_how_to_get_it(project: Path, snapshot: SnapshotAssertion):
    """Asking for Quarto where there is none tells three ways to it, and that the other engine needs none."""
    result = run("--project", str(project), "render", "--engine", "quarto")
    assert result.exit_code == 2
    assert snapshot == result.stderr
    assert not (project / "_site").exists()


@pytest.mark.usefixtures("without_quarto")
def test_an_old_quarto_is_refused(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A Quarto older than 1.9 is named with its version and place."""
    quarto = fake_quarto(tmp_path, "1.4.550")
    monkeypatch.setenv("QUARTO_PATH", str(quarto))
    result = run("--project", str(project), "render", "--engine", "quarto")
    assert result.exit_code == 2
    assert f"Quarto 1.4.550 at {quarto} will not do." in result.stderr


@pytest.mark.usefixtures("without_quarto")
def test_quarto_is_called_with_what_was_asked_for(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """--to and --output reach Quarto, found by QUARTO_PATH."""
    quarto = fake_quarto(tmp_path, "1.9.2")
    monkeypatch.setenv("QUARTO_PATH", str(quarto))
    assert (
        run(
            "--project", str(project), "render", "--engine", "quarto", "--to", "html", "--output", str(project / "ut")
        ).exit_code
        == 0
    )
    called = quarto.with_name("quarto.called").read_text(encoding="utf-8").split()
    assert called[:-1] == ["render", str(project), "--to", "html", "--output-dir"]
    assert (project / "ut" / "index.html").read_text(encoding="utf-8") == "ny\n"


@pytest.mark.usefixtures("without_quarto")
def test_quarto_that_fails_ends_with_two(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """When Quarto fails, so does the command, and the last good site stays."""
    monkeypatch.setenv("QUARTO_PATH", str(fake_quarto(tmp_path, "1.9.2", status=1)))
    (project / "_site").mkdir()
    (project / "_site" / "index.html").write_text("det forrige", encoding="utf-8")
    assert run("--project", str(project), "render", "--engine", "quarto").exit_code == 2
    assert (project / "_site" / "index.html").read_text(encoding="utf-8") == "det forrige"


@pytest.mark.usefixtures("without_quarto")
def test_the_doctor_says_that_all_is_well(project: Path):
    """On a machine without Quarto the report can be made; the doctor says with what, and how to get Quarto."""
    result = run("--project", str(project), "doctor")
    assert result.exit_code == 0
    assert re.search(r"^-   Quarto +not found\n +to mend it: install Quarto 1\.9 or newer", result.stdout, re.MULTILINE)
    assert re.search(r"^ok  typst +\d+\.\d+", result.stdout, re.MULTILINE)
    assert re.search(r"^ok  data package +version \d+\.\d+\.\d+, \d+ tables, valid", result.stdout, re.MULTILINE)
    assert result.stdout.rstrip().endswith("rapport render uses the engine pandoc.")


@pytest.mark.usefixtures("without_quarto")
@pytest.mark.parametrize(
    ("version", "mark"), [("1.9.2", "ok"), ("1.11.0", "ok"), ("99.9.9", "ok"), ("1.8.27", "-"), ("nei", "-")]
)
def test_the_doctor_knows_which_quarto_will_do(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, mark: str
):
    """A Quarto on PATH is shown with version and place; only 1.9 or newer counts, and none is needed."""
    quarto = fake_quarto(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    result = run("--project", str(project), "doctor")
    shown = version if version != "nei" else "does not run"
    assert re.search(rf"^{mark} +Quarto +{re.escape(shown)} \({re.escape(str(quarto))}\)", result.stdout, re.MULTILINE)
    assert ("--engine quarto works as well" in result.stdout) == (mark == "ok")
    assert result.exit_code == 0


@pytest.mark.usefixtures("without_quarto")
def test_the_doctor_tells_what_is_missing(project: Path):
    """What the report cannot do without is marked “no” with its remedy, and the status is 2."""
    (project / "references.bib").unlink()
    csv = project / "data" / "deltakere.csv"
    csv.write_text(csv.read_text(encoding="utf-8").replace("14986", "mange"), encoding="utf-8")
    result = run("--project", str(project), "doctor")
    assert result.exit_code == 2
    assert re.search(
        r"^no  references\.bib +missing\n +to mend it: git checkout references\.bib", result.stdout, re.MULTILINE
    )
    assert re.search(r"^no  data package +1 faults?\n +to mend it: rapport figures", result.stdout, re.MULTILINE)


def commands(text: str) -> set[str]:
    """Every `rapport NAME` and `make NAME` that a text tells its reader to run."""
    blocks = re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    spans = re.findall(r"(?<!`)`((?:rapport|make) [^`\n]+)`", text)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()] + spans
    return {
        match.group(1)
        for line in lines
        for match in re.finditer(r"(?:^|[;&|/] ?|&& )((?:rapport|make)(?: [a-z]+)?)", line)
    }


@pytest.mark.parametrize(
    "name", ["README.md", "docs/rebuilding.md", "data/README.md", "CHANGELOG.md", "chapters/kolofon.qmd"]
)
def test_every_command_in_the_documentation_exists(name: str):
    """A command that a reader is told to run is one of `rapport --help` or of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = {"rapport", "make"} | {f"rapport {command}" for command in main.commands}
    known |= {f"make {target}" for target in re.findall(r"^([a-z]+):", makefile, re.MULTILINE)}
    assert commands((ROOT / name).read_text(encoding="utf-8")) - known == set()


def test_the_readme_shows_how_to_build_and_check():
    """The two commands stand in a block that can be copied."""
    assert {"make report", "make test"} <= commands((ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_doctor_reads_the_chapters(project: Path):
    """`doctor --text` has a line with counts and LIX for every chapter of the book."""
    result = run("--project", str(project), "doctor", "--text")
    assert result.exit_code == 0
    chapters = [line.split()[0] for line in result.stdout.splitlines()[1:-1]]
    assert chapters[0] == "index.qmd"
    assert sorted(chapters[1:]) == sorted([
        *(f"chapters/{path.name}" for path in (project / "chapters").glob("*.qmd")), "en/index.qmd"])  # fmt: skip


@pytest.mark.slow
def test_figures_takes_away_only_what_it_made(project: Path, rapport: Run):
    """A note that somebody put beside the figures stays; a figure that is made no more goes."""
    folder = project / "figures"
    (folder / "notat.txt").write_text("mitt", encoding="utf-8")
    (folder / "fig-gammel.svg").write_text("<svg/>", encoding="utf-8")
    done = rapport("figures", cwd=project)
    assert done.returncode == 0, done.stderr
    assert (folder / "notat.txt").read_text(encoding="utf-8") == "mitt"
    assert not (folder / "fig-gammel.svg").exists()
