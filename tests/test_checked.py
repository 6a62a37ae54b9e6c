"""What is looked at before a build: all files at once, each fault once, and no chapter twice for nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rapport.book import load_book
from rapport.engine.check import read_sources
from rapport.engine.checked import check_all
from rapport.errors import DialectError, RapportError
from rapport.inputs import read_inputs
from rapport.paths import Paths
from rapport.steps import Memory, Steps, Store

CHAPTER = "chapters/06-arbeidsgivere.qmd"


@pytest.fixture
def project(tmp_path: Path, copy_project: Callable[[Path], Path]) -> Paths:
    return Paths(copy_project(tmp_path / "project"))


def add(project: Paths, name: str, text: str) -> None:
    with (project.root / name).open("a", encoding="utf-8") as file:
        file.write(text)


def run(project: Paths, steps: Steps) -> set[str]:
    """The checks that were made, by name."""
    book = load_book(project)
    check_all(project, book, read_inputs(project), read_sources(project, book), steps)
    steps.commit()
    return {event.step for event in steps.events if event.made}


def faults(project: Paths) -> list[str]:
    """The first line of each fault, with its file."""
    with pytest.raises(RapportError) as told:
        run(project, Steps(Memory()))
    return [str(fault).split("\n")[0] for fault in told.value.faults]


def test_the_report_is_sound(project: Paths):
    """Nothing is found in the report as it is, and each chapter is looked at."""
    made = run(project, Steps(Memory()))
    assert {"check of the bibliography", "check of the changelog", f"check of {CHAPTER}"} <= made


def test_faults_of_all_files_are_told_at_once(project: Paths):
    """Whoever has broken a chapter, the bibliography and the changelog is told of all three."""
    add(project, CHAPTER, "\nDet var 25 til.\n")
    add(project, "references.bib", "@article{x,\n title = {a\n")
    add(project, "CHANGELOG.md", "\n## versjon to\n")
    assert [fault.split(":")[0] for fault in faults(project)] == ["references.bib", "CHANGELOG.md", CHAPTER]


def test_a_fault_that_two_checks_find_is_told_once(project: Paths):
    """A bibliography that is not there is missed by both that read it."""
    (project.root / "references.bib").unlink()
    assert len([fault for fault in faults(project) if "no such bibliography" in fault]) == 1


def test_a_chapter_is_looked_at_again_when_it_changes(project: Paths, tmp_path: Path):
    """And no other is; what chapters say of one another is looked at whenever one of them changes."""
    store = tmp_path / "store"
    run(project, Steps(Store(store)))
    assert run(project, Steps(Store(store))) == set()
    add(project, CHAPTER, "\nEn setning til.\n")
    assert run(project, Steps(Store(store))) == {"checks of the chapters", f"check of {CHAPTER}"}


def test_a_fault_is_remembered_as_a_fault(project: Paths, tmp_path: Path):
    """A chapter with a fault that is looked at twice has it both times."""
    add(project, CHAPTER, "\nDet var 25 til.\n")
    for _ in range(2):
        steps = Steps(Store(tmp_path / "store"))
        with pytest.raises(DialectError, match="typed by hand"):
            run(project, steps)
        steps.commit()
