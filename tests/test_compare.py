"""`rapport diff`: each test plants one kind of change in a small repository and sees the comparison name it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rapport.compare.changes import Change, Comparison, Edit, Pictures
from rapport.compare.reports.data import as_json
from rapport.compare.reports.markdown import as_markdown
from rapport.compare.reports.page import as_html
from rapport.compare.reports.terminal import as_text
from rapport.compare.run import compare
from rapport.errors import RapportError
from rapport.paths import Paths

Found = Callable[[], Comparison]


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(project: Path) -> Path:
    """A copy of the project, committed."""
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "first")
    return project


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(found: Comparison, section: str) -> dict[str, list[tuple[str, str | None, str | None]]]:
    return {c.item: [(e.where, e.old, e.new) for e in c.edits] for c in found.changes if c.section == section}


def test_nothing_differs_in_a_clean_tree(repository: Path):
    """And every form says the same twice."""
    first, second = (compare(Paths(repository), "HEAD") for _ in range(2))
    assert first.changes == () and first.notes == ()
    for form in (as_text, as_json, as_markdown, as_html):
        assert form(first) == form(second)


def test_a_changed_cell_is_followed_to_numbers_sentences_and_pictures(repository: Path):
    """Participants of 2022: the row by its key, the number in words, its sentences, and both drawings."""
    edit(repository / "data" / "deltakere.csv", "2022,5515", "2022,5615")
    found = compare(Paths(repository), "HEAD")
    assert told(found, "data") == {"data/deltakere.csv": [("aar=2022, antall", "5515", "5615")]}
    number = told(found, "numbers")["deltakere.2022"]
    assert number[0][0] == "in words" and "5\u00a0515" in number[0][1] and "5\u00a0615" in number[0][2]
    line = 1 + (repository / "index.qmd").read_text(encoding="utf-8").split("\n").index(
        next(x for x in (repository / "index.qmd").read_text(encoding="utf-8").split("\n") if '"deltakere.2022"' in x)
    )
    _place, before, after = next(e for e in number if e[0] == f"index.qmd:{line}")
    assert "5 515" in before and "5 615" in after and "{python}" not in after
    assert any(e[1:] == ("5515", "5615") for e in told(found, "figures")["fig-deltakere"])
    drawn = found.drawn("fig-deltakere")
    assert drawn and drawn.old and drawn.new and drawn.old != drawn.new
    assert told(found, "chapters") == {}


def test_a_hedge_that_no_longer_holds_comes_first(repository: Path):
    """ "over 60 prosent" is untrue of the new fall; what it said and why it is untrue."""
    edit(repository / "data" / "deltakere.csv", "2022,5515", "2022,9000")
    found = compare(Paths(repository), "HEAD")
    assert found.changes[0].section == "claims"
    claims = told(found, "claims")["deltakere.fall"]
    assert any(where.startswith("index.qmd:") and old == "over 60 prosent" and "is true from" in new
               for where, old, new in claims)  # fmt: skip


def test_rows_that_came_and_went_are_named_by_their_key(repository: Path):
    """The row of 2018 against a revision that has 2016 in its place."""
    csv = repository / "data" / "deltakere.csv"
    new = csv.read_text(encoding="utf-8")
    edit(csv, "2018,,ukjent", "2016,1,oppgitt")
    git(repository, "commit", "-qam", "other rows")
    csv.write_text(new, encoding="utf-8")
    rows = {
        where: (old, new) for where, old, new in told(compare(Paths(repository), "HEAD"), "data")["data/deltakere.csv"]
    }
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
    sentence = next(x for x in chapter.read_text(encoding="utf-8").split("\n") if x.endswith(".") and x[0].isupper())
    edit(chapter, sentence, sentence.removesuffix(".") + " nå.")
    chapter.rename(chapter.with_name("08-drofting.qmd"))
    edit(repository / "_quarto.yml", "chapters/07-drofting.qmd", "chapters/08-drofting.qmd")
    found = compare(Paths(repository), "HEAD")
    (change,) = (c for c in found.changes if c.section == "chapters")
    assert (change.item, change.about) == ("chapters/08-drofting.qmd", "was chapters/07-drofting.qmd")
    assert len(change.edits) == 1 and change.edits[0].new.endswith(" nå.")


@pytest.mark.parametrize("name", ["nope", "-x", "", "...", "a\0b"])
def test_an_unknown_revision_says_what_to_do(repository: Path, name: str):
    with pytest.raises(RapportError, match=r"(?s)is not in this repository.+To mend it: "):
        compare(Paths(repository), name)


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
    edit(repository / "index.qmd", "Vurderingen er foreløpig", "Vurderingen er midlertidig")
    done = [rapport("diff", name, cwd=repository) for name in ("HEAD", "nope")]
    assert [d.returncode for d in done] == [1, 2]
    assert "[foreløpig]" in done[0].stdout and "Traceback" not in done[1].stderr


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


def test_the_page_shows_hostile_text_as_text_and_both_pictures(found: Comparison):
    page = as_html(found)
    assert "<script" not in page and "&lt;script&gt;" in page and "\x1b" not in page
    assert page.count("data:image/svg+xml;base64,") == 2
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", page)


def test_markdown_keeps_to_its_size():
    """A thousand changed items do not fit; those left out are counted, and no table is cut in two."""
    edits = tuple(Edit(where=f"r{n}", old="æ" * 500, new="ø" * 500) for n in range(9))
    changes = tuple(Change(section="data", item=f"data/{n}.csv", edits=edits) for n in range(1000))
    text = as_markdown(Comparison(old="a", new="b", changes=changes))
    assert len(text.encode("utf-8")) <= 65_536 and "of 1000 changed items are left out" in text
    assert text.count("<details>") == text.count("</details>")
