"""`rapport diff`: each test plants one kind of change in a small repository and sees the comparison name it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rapport.compare.changes import Change, Comparison, Edit, Pictures
from rapport.compare.reports.data import as_json
from rapport.compare.reports.markdown import as_markdown
from rapport.compare.reports.page import as_html
from rapport.compare.reports.shown import sides
from rapport.compare.reports.terminal import as_text
from rapport.compare.repository import resolve
from rapport.compare.run import compare
from rapport.errors import RapportError
from rapport.paths import Paths


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def committed(folder: Path) -> Path:
    """The folder as a repository of one commit."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]) -> Path:
    """A copy of the project, committed; only read and copied."""
    return committed(copy_project(tmp_path_factory.mktemp("first") / "project"))


@pytest.fixture
def repository(first: Path, tmp_path: Path) -> Path:
    """The committed copy, to change."""
    shutil.copytree(first, tmp_path / "project")
    git(tmp_path / "project", "update-index", "-q", "--refresh")
    return tmp_path / "project"


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Two branches that went on from one commit; no project in it, as only git is asked."""
    folder = tmp_path / "history"
    folder.mkdir()
    (folder / "a").write_text("a", encoding="utf-8")
    committed(folder)
    for branch in ("side", "main"):
        git(folder, "checkout", "-q", "-B", branch)
        git(folder, "commit", "-q", "--allow-empty", "-m", f"more on {branch}")
        git(folder, "checkout", "-q", "main")
    return folder


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory, first: Path) -> tuple[Path, Comparison]:
    """The participants of 2022 changed from 5515 to 9000, recomputed and compared once; and the project."""
    project = tmp_path_factory.mktemp("fallen") / "project"
    shutil.copytree(first, project)
    edit(project / "data" / "deltakere.csv", "2022,5515", "2022,9000")
    return project, compare(Paths(project), "HEAD")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_a_word(path: Path) -> None:
    """Say "nå" at the end of the first line of a chapter that is a sentence, whatever it says."""
    lines = path.read_text(encoding="utf-8").split("\n")
    sentence = next(line for line in lines if line.endswith(".") and line[0].isupper() and "`" not in line)
    edit(path, sentence, sentence.removesuffix(".") + " nå.")


def told(found: Comparison, section: str) -> dict[str, list[tuple[str, str | None, str | None]]]:
    return {c.item: [(e.where, e.old, e.new) for e in c.edits] for c in found.changes if c.section == section}


def test_nothing_differs_in_a_clean_tree(first: Path):
    """And every form says the same twice."""
    one, two = (compare(Paths(first), "HEAD") for _ in range(2))
    assert one.changes == () and one.notes == ()
    for form in (as_text, as_json, as_markdown):
        assert form(one) == form(two)
    assert as_html(one) == as_html(two)


def test_a_changed_cell_is_followed_to_numbers_sentences_and_pictures(fallen: tuple[Path, Comparison]):
    """Participants of 2022: the row by its key, the number in words, its sentences, and both drawings."""
    repository, found = fallen
    assert told(found, "data") == {"data/deltakere.csv": [("aar=2022, antall", "5515", "9000")]}
    number = told(found, "numbers")["deltakere.2022"]
    assert (
        number[0][0] == "in words"
        and "5\u00a0515" in number[0][1]
        and number[0][2] == number[0][1].replace("5\u00a0515", "9\u00a0000")
    )
    line = 1 + (repository / "index.qmd").read_text(encoding="utf-8").split("\n").index(
        next(x for x in (repository / "index.qmd").read_text(encoding="utf-8").split("\n") if '"deltakere.2022"' in x)
    )
    _place, before, after = next(e for e in number if e[0] == f"index.qmd:{line}")
    assert "5 515" in before and "9 000" in after and "{python}" not in after
    assert any(e[1:] == ("5515", "9000") for e in told(found, "figures")["fig-deltakere"])
    drawn = found.drawn("fig-deltakere")
    assert drawn and drawn.old and drawn.new and drawn.old != drawn.new
    assert told(found, "chapters") == {}


def test_a_hedge_that_no_longer_holds_comes_first(fallen: tuple[Path, Comparison]):
    """ "over 60 prosent" is untrue of the new fall; what it said and why it is untrue."""
    _, found = fallen
    assert found.changes[0].section == "claims"
    claims = told(found, "claims")["deltakere.fall"]
    assert any(where.startswith("index.qmd:") and old == "over 60 prosent" and "is true from" in new
               for where, old, new in claims)  # fmt: skip


def test_a_hedge_that_no_longer_holds_is_marked_in_its_sentence(fallen: tuple[Path, Comparison]):
    """The sentence as it was, beside the sentence with the words that are not true any more."""
    held = [(old, new) for _, old, new in told(fallen[1], "numbers")["deltakere.fall"] if old and new]
    assert any("over 60 prosent" in old and "over 60 (not true)" in new for old, new in held)
    assert not any("(not true)" in old for old, _ in held)


def test_rows_that_came_and_went_are_named_by_their_key(repository: Path):
    """The row of 2018 against a revision that has 2016 in its place."""
    csv = repository / "data" / "deltakere.csv"
    new = csv.read_text(encoding="utf-8")
    edit(csv, "2018,,ukjent", "2016,1,oppgitt")
    git(repository, "commit", "-qam", "other rows")
    csv.write_text(new, encoding="utf-8")
    git(repository, "commit", "-qam", "the rows that figures/ is made from")
    found = compare(Paths(repository), "HEAD~1")
    rows = {where: (old, new) for where, old, new in told(found, "data")["data/deltakere.csv"]}
    assert rows["row aar=2016"][0].startswith("aar: 2016; antall: 1") and rows["row aar=2016"][1] is None
    assert rows["row aar=2018"][0] is None and rows["row aar=2018"][1].startswith("aar: 2018")


def test_an_older_layout_is_compared_as_far_as_it_goes(repository: Path):
    """A revision without figures/, with a column less and another type: told, not refused."""
    package = repository / "data" / "datapackage.json"
    now = package.read_text(encoding="utf-8")
    old = json.loads(now)
    fields = next(r for r in old["resources"] if r["name"] == "deltakere")["schema"]["fields"]
    fields[1]["type"] = "string"
    fields.pop()
    package.write_text(json.dumps(old), encoding="utf-8")
    git(repository, "rm", "-rq", "--cached", "figures")
    git(repository, "add", "data")
    git(repository, "commit", "-qm", "older")
    package.write_text(now, encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "newer")
    found = compare(Paths(repository), "HEAD~1")
    edits = told(found, "schema")["data/deltakere.csv"]
    assert ("column “antall”, type", "string", "integer") in edits
    assert any(where == "column “merknad”" and old is None for where, old, _ in edits)
    assert any("no figures/numbers.json" in note for note in found.notes)


def test_a_renamed_chapter_is_the_same_chapter(repository: Path):
    """Its name and one sentence changed: one sentence is told, and where the chapter was; git need not know of it."""
    chapter = repository / "chapters" / "07-drofting.qmd"
    add_a_word(chapter)
    chapter.rename(chapter.with_name("08-drofting.qmd"))
    edit(repository / "_quarto.yml", "chapters/07-drofting.qmd", "chapters/08-drofting.qmd")
    found = compare(Paths(repository), "HEAD")
    (change,) = (c for c in found.changes if c.section == "chapters")
    assert (change.item, change.about) == ("chapters/08-drofting.qmd", "was chapters/07-drofting.qmd")
    assert len(change.edits) == 1 and change.edits[0].new.endswith(" nå.")


@pytest.mark.parametrize("name", ["nope", "-x", "", "...", "a\0b"])
def test_an_unknown_revision_says_what_to_do(first: Path, name: str):
    with pytest.raises(RapportError, match=r"(?s)is not in this repository.+To mend it: "):
        compare(Paths(first), name)


def test_three_dots_mean_where_the_branches_parted(history: Path):
    """`side...` on main is their common commit, not the tip of either; with nothing in common it is told."""
    start = git(history, "rev-list", "--max-parents=0", "HEAD")
    assert resolve(history, "side...").id == start != resolve(history, "side").id
    assert resolve(history, "HEAD...").id == git(history, "rev-parse", "HEAD") != start
    git(history, "checkout", "-q", "--orphan", "alone")
    git(history, "commit", "-q", "--allow-empty", "-m", "alone")
    with pytest.raises(RapportError, match=r'"main\.\.\." is not in this repository'):
        resolve(history, "main...")


def test_a_short_history_says_how_to_get_the_rest(history: Path, tmp_path: Path):
    """A clone of one commit: that commit is read, the one before is not there, and the remedy names the command."""
    git(tmp_path, "clone", "-q", "--depth", "1", history.as_uri(), "short")
    assert resolve(tmp_path / "short", "HEAD").id == git(history, "rev-parse", "HEAD")
    with pytest.raises(RapportError, match=r'(?s)"HEAD~1" is not in this repository.+git fetch --unshallow'):
        resolve(tmp_path / "short", "HEAD~1")


def test_a_project_in_a_folder_of_a_repository_is_compared_alone(tmp_path: Path, copy_project: Callable):
    """Paths are the project's own, and what changed outside the project is not told."""
    (tmp_path / "whole").mkdir()
    project = copy_project(tmp_path / "whole" / "report")
    (tmp_path / "whole" / "other.txt").write_text("a", encoding="utf-8")
    committed(tmp_path / "whole")
    (tmp_path / "whole" / "other.txt").write_text("b", encoding="utf-8")
    assert compare(Paths(project), "HEAD").changes == compare(Paths(project), "HEAD").notes == ()
    add_a_word(project / "index.qmd")
    found = compare(Paths(project), "HEAD")
    assert [(c.section, c.item, len(c.edits)) for c in found.changes] == [("chapters", "index.qmd", 1)]
    assert found.notes == ()


def test_data_that_no_longer_parse_are_named_with_row(repository: Path):
    """A revision whose CSV holds the marks of a merge."""
    csv = repository / "data" / "deltakere.csv"
    now = csv.read_text(encoding="utf-8")
    csv.write_text(now + "<<<<<<< HEAD\n", encoding="utf-8")
    git(repository, "commit", "-qam", "broken")
    csv.write_text(now, encoding="utf-8")
    with pytest.raises(RapportError, match=r'deltakere\.csv in .+, row 8: found "1 cells", expected 5'):
        compare(Paths(repository), "HEAD")


def test_no_repository_and_no_git_are_told(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    with pytest.raises(RapportError, match="not a git repository"):
        compare(Paths(project), "HEAD")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RapportError, match="install git"):
        compare(Paths(project), "HEAD")


def test_exit_statuses(repository: Path, rapport: Callable):
    """0 nothing, 1 a difference, 2 wrong usage; never a traceback."""
    add_a_word(repository / "index.qmd")
    done = [rapport("diff", name, cwd=repository) for name in ("HEAD", "nope")]
    assert [d.returncode for d in done] == [1, 2]
    assert "[nå]" in done[0].stdout and "Traceback" not in done[1].stderr


@pytest.fixture
def found() -> Comparison:
    """A comparison with one of each, whose texts try to break every form."""
    hostile = "<script>alert(1)</script> | `x` @ola #1 \x1b[2J"
    return Comparison(
        old="abc1234 (2026-11-23)", new="working tree on def5678",
        changes=(
            Change(section="claims", item="a.b", edits=(Edit(where="index.qmd:3", old="over 60", new="untrue"),)),
            Change(section="data", item="data/a.csv", edits=(Edit(where="id=1, navn", old="*x*", new=hostile),)),
            Change(section="numbers", item="a.b", about="Noe", edits=(
                Edit(where="index.qmd:3", old="Det var 5 her.", new="Det var 6 her.", prose=True),)),
            Change(section="figures", item="fig-a", edits=(Edit(where="row “x”, y", old="1", new=None),)),
        ),
        pictures=(Pictures(item="fig-a", old="<svg/>", new="<svg><g/></svg>", old_alt="én", new_alt='"to"'),),
        notes=("A note.",),
    )  # fmt: skip


def test_the_terminal_report(found: Comparison, snapshot):
    assert as_text(found) == snapshot


def test_the_markdown_report_cannot_be_broken_by_its_data(found: Comparison, snapshot):
    assert as_markdown(found) == snapshot


def test_the_page_shows_hostile_text_as_text_and_both_pictures(found: Comparison, paths: Paths):
    page = as_html(found)
    assert "<script" not in page and "&lt;script&gt;" in page and "\x1b" not in page
    assert page.count("data:image/svg+xml;base64,") == 2
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", page)


def test_pictures_on_the_page_bring_their_letters(fallen: tuple[Path, Comparison], paths: Paths):
    """A picture cannot use the fonts of the page around it: each has those it names inside it, and asks for nothing."""
    found = replace(fallen[1], pictures=fallen[1].pictures[:1], changes=fallen[1].of("figures"))
    images = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', as_html(found))
    assert len(images) == 2
    for svg in (base64.b64decode(image).decode("utf-8") for image in images):
        assert ElementTree.fromstring(svg).tag.endswith("svg")
        weights = {*re.findall(r'font-weight="(\d+)"', svg)}
        assert weights and weights <= {*re.findall(r"@font-face\{font-family:'Source Sans Pro';font-weight:(\d+)", svg)}
        assert not re.search(r"url\((?!data:|#)", svg)


def test_sentences_are_read_without_marks():
    """Unless the marks are all that differs: then they are what is told. Values are never touched."""
    old, new = r"- **Bruken har falt** til 5 * 3\.", r"- **Bruken har økt** til 5 * 3\."
    assert sides(Edit(where="a", old=old, new=new, prose=True)) == (
        "Bruken har falt til 5 * 3.", "Bruken har økt til 5 * 3.",
    )  # fmt: skip
    assert sides(Edit(where="a", old="- *a* b", new="- **a** b", prose=True)) == ("- *a* b", "- **a** b")
    assert sides(Edit(where="a", old="*x*", new="- y")) == ("*x*", "- y")


def test_json_names_drawings_and_does_not_hold_them(found: Comparison):
    """The file and the sha256 of each, as `sha256sum` tells it."""
    text = as_json(found)
    (drawn,) = json.loads(text)["pictures"]
    assert drawn["file"] == "figures/fig-a.svg" and "<svg" not in text
    assert drawn["old"] == {"alt": "én", "sha256": hashlib.sha256(b"<svg/>").hexdigest()}


def test_markdown_keeps_to_its_size():
    """A thousand changed items do not fit; those left out are counted, and no table is cut in two."""
    edits = tuple(Edit(where=f"r{n}", old="æ" * 500, new="ø" * 500) for n in range(9))
    changes = tuple(Change(section="data", item=f"data/{n}.csv", edits=edits) for n in range(1000))
    text = as_markdown(Comparison(old="a", new="b", changes=changes))
    assert len(text.encode("utf-8")) <= 65_536 and "of 1000 changed items are left out" in text
    assert text.count("<details>") == text.count("</details>")
