"""Steps: made when something they read has changed, kept otherwise, and never from a damaged cache."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distributions, version
from pathlib import Path
from threading import Event

import pytest

from rapport.steps import Memory, Reads, Step, Steps, Store, code, digest, one_of_a_kind
from rapport.steps.beside import write_beside
from rapport.steps.code import closure
from rapport.steps.digests import files_under
from rapport.steps.versions import version_of


def upper(text: str, now: dict[str, str] | None = None) -> Step:
    """A step that reads `text`, and notes that it has read what `now` maps to a content."""

    def make(reads: Reads) -> dict[str, str]:
        for what, content in (now or {}).items():
            reads.note(what, digest(content))
        return {"out.txt": text.upper() + "".join((now or {}).values())}

    def today(what: str) -> str | None:
        return digest((now or {})[what]) if what in (now or {}) else None

    return Step("upper", {"text": digest(text)}, make, today)


def run(folder: Path, step: Step, limit: int = 10**6) -> tuple[str, bool, str]:
    """What the step gives in a new process's eyes: text, whether it was made, and why."""
    steps = Steps(Store(folder, limit))
    text = steps.run(step)["out.txt"].text()
    steps.commit()
    return text, steps.events[-1].made, steps.events[-1].why


def test_a_step_is_kept_until_what_it_reads_changes(tmp_path: Path):
    """The second run makes nothing, a changed input makes it again, and the first result is still known."""
    assert run(tmp_path, upper("a")) == ("A", True, "not made before")
    assert run(tmp_path, upper("a")) == ("A", False, "nothing it reads has changed")
    assert run(tmp_path, upper("b")) == ("B", True, "text changed")
    assert run(tmp_path, upper("a"))[:2] == ("A", False)


def test_what_a_step_found_out_counts_too(tmp_path: Path):
    """A thing that the step noted while it was made is asked for again: changed or gone, the step is made."""
    assert run(tmp_path, upper("a", {"n": "1"}))[:2] == ("A1", True)
    assert run(tmp_path, upper("a", {"n": "1"}))[:2] == ("A1", False)
    assert run(tmp_path, upper("a", {"n": "2"})) == ("A2", True, "n changed")
    assert run(tmp_path, upper("a"))[:2] == ("A", True)


@pytest.mark.parametrize("damage", [lambda old: old[:-1], lambda old: b"x" * len(old), lambda _old: b""])
@pytest.mark.parametrize("part", ["contents", "records"])
def test_a_damaged_cache_is_noticed(tmp_path: Path, part: str, damage):
    """A content or a record that was cut short, edited or emptied is made again, with the right result."""
    run(tmp_path, upper("abc"))
    files = [path for path in (tmp_path / part).rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(damage(path.read_bytes()))
    assert run(tmp_path, upper("abc"))[:2] == ("ABC", True)
    assert run(tmp_path, upper("abc"))[:2] == ("ABC", False)


@pytest.mark.parametrize("part", ["contents/*/*", "contents/*", "records/*"])
@pytest.mark.parametrize("other", ["a file", "a folder"])
def test_something_else_in_the_cache_makes_way(tmp_path: Path, part: str, other: str):
    """A folder in place of a record or content, or a file in place of a folder, is damage like any other."""
    run(tmp_path, upper("abc"))
    for path in tmp_path.glob(part):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        (path / "x").mkdir(parents=True) if other == "a folder" else path.write_bytes(b"[" * 100_000)
    assert run(tmp_path, upper("abc"))[:2] == ("ABC", True)
    assert run(tmp_path, upper("abc"))[:2] == ("ABC", False)


def test_a_file_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path):
    """What was written beside it goes when it cannot be moved, as when a folder stands there."""
    (tmp_path / "a.csv" / "x").mkdir(parents=True)
    with pytest.raises(OSError, match=r"a\.csv"):
        write_beside(tmp_path / "a.csv", b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_an_edited_record_is_not_believed(tmp_path: Path):
    """A record that points to another step's content, though it is whole JSON, does not pass."""
    run(tmp_path, upper("abc"))
    other = Steps(Store(tmp_path)).run(upper("xyz"))["out.txt"].digest
    record = next((tmp_path / "records").iterdir())
    record.write_text(record.read_text(encoding="utf-8").replace(digest("ABC"), other), encoding="utf-8")
    assert run(tmp_path, upper("abc"))[:2] == ("ABC", True)


def test_a_step_that_fails_leaves_nothing(tmp_path: Path):
    """What make raises passes through, and the step is made the next time."""
    broken = Step("upper", {"text": digest("a")}, lambda _reads: {"out.txt": str(1 / 0)})
    with pytest.raises(ZeroDivisionError):
        run(tmp_path, broken)
    assert run(tmp_path, upper("a"))[:2] == ("A", True)


def test_nothing_is_remembered_before_commit(tmp_path: Path):
    """A build whose files changed under it does not commit, and so leaves no result."""
    Steps(Store(tmp_path)).run(upper("a"))
    assert run(tmp_path, upper("a"))[:2] == ("A", True)


def test_what_is_made_can_be_remembered_before_the_rest(tmp_path: Path):
    """Whether all that was read still is so is asked when it has been read; what is made later is not among it."""
    steps, other = Steps(Store(tmp_path)), Step("other", {}, lambda _reads: {"out.txt": "o"})
    steps.run(upper("a"))

    def still() -> bool:
        steps.run(other)  # meanwhile, of what may have changed since
        return True

    steps.remember(still)
    assert [Steps(Store(tmp_path)).known(step) for step in (upper("a"), other)] == [True, False]
    steps.commit()
    assert Steps(Store(tmp_path)).known(other)


def test_what_is_no_longer_so_is_not_remembered(tmp_path: Path):
    """A file that changed while others were made: what was made so far is forgotten."""
    steps = Steps(Store(tmp_path))
    steps.run(upper("a"))
    steps.remember(lambda: False)
    steps.commit()
    assert not Steps(Store(tmp_path)).known(upper("a"))


def test_what_is_remembered_early_takes_nothing_away(tmp_path: Path):
    """The limit is kept at the end: until then what is in no record yet may be needed."""
    steps = Steps(Store(tmp_path, limit=10))
    early = steps.run(upper("a" * 1000))["out.txt"]
    waiting = steps.keep("b" * 1000)
    steps.remember(lambda: True)
    assert (len(early.read()), len(waiting.read())) == (1000, 1000)
    steps.run(Step("other", {}, lambda _reads: {"out.txt": "o"}))
    steps.commit()
    assert not (tmp_path / "contents" / waiting.digest[:2] / waiting.digest[2:]).exists()


def test_a_step_is_known_by_what_it_read(tmp_path: Path):
    """Without reading its files, which may be damaged: that is seen when they are read."""
    step = upper("a", {"n": "1"})
    assert not Steps(Store(tmp_path)).known(step)
    run(tmp_path, step)
    assert Steps(Store(tmp_path)).known(step)
    assert not Steps(Store(tmp_path)).known(upper("a", {"n": "2"}))
    assert not Steps(Store(tmp_path)).known(upper("b", {"n": "1"}))


def test_the_cache_stays_within_its_limit(tmp_path: Path):
    """Old results go when the limit is passed; the one just made stays."""
    for n in range(20):
        run(tmp_path, upper(f"{n}" * 1000), limit=5000)
        kept = sum(path.stat().st_size for path in (tmp_path / "contents").rglob("*") if path.is_file())
        assert kept <= 7000
    assert run(tmp_path, upper("19" * 1000), limit=5000)[1] is False


def test_a_step_of_its_kind_always_runs(tmp_path: Path):
    """What cannot say what it reads is made every time."""
    for _ in range(2):
        step = Step("upper", {"who knows": one_of_a_kind()}, lambda _reads: {"out.txt": "x"})
        assert run(tmp_path, step)[1] is True


def test_without_a_cache_everything_is_made():
    """A memory store gives the same files and keeps nothing from one run to the next."""
    store = Memory()
    builds = [Steps(store) for _ in range(2)]
    assert [steps.run(upper("a"))["out.txt"].text() for steps in builds] == ["A", "A"]
    assert [event.made for steps in builds for event in steps.events] == [True, True]


def test_code_follows_imports_and_nothing_else():
    """A figure's code is its module and what that imports, not its neighbours that the package lists."""
    modules = closure("rapport.figures.deltakere")
    assert {"rapport.figures.make", "rapport.wording", "rapport.design", "rapport.records"} <= modules
    assert {"rapport.figures", "rapport.figures.formaal", "rapport.pipeline", "rapport.engine.build"} & modules == set()
    assert code("rapport.figures.deltakere") != code("rapport.figures.formaal")


def test_what_installation_made_is_taken_and_left_alone(tmp_path: Path):
    """A step kept in another store is not made again; what is made newly goes into one's own, and nothing else."""
    installed, own = tmp_path / "installed", tmp_path / "own"
    run(installed, upper("a"))
    before = {path: path.read_bytes() for path in installed.rglob("*") if path.is_file()}
    steps = Steps(Store(own, other=Store(installed)))
    assert [steps.run(upper(text))["out.txt"].text() for text in "ab"] == ["A", "B"]
    assert [event.made for event in steps.events] == [False, True]
    steps.commit()
    assert {path: path.read_bytes() for path in installed.rglob("*") if path.is_file()} == before


def test_what_installation_made_and_was_damaged_is_made_again(tmp_path: Path):
    """A content that installation left cut short is not believed."""
    run(tmp_path / "installed", upper("abc"))
    for path in (tmp_path / "installed" / "contents").rglob("*"):
        if path.is_file():
            path.write_bytes(b"ab")
    steps = Steps(Store(tmp_path / "own", other=Store(tmp_path / "installed")))
    assert steps.run(upper("abc"))["out.txt"].text() == "ABC"
    assert steps.events[0].made


def test_a_step_asked_for_twice_is_made_once(tmp_path: Path):
    """Two who ask at once, or one after the other, get the same files of one making, and hear of one event."""
    started, go, calls = Event(), Event(), []

    def make(_reads: object) -> dict[str, str]:
        calls.append(1)
        started.set()
        go.wait(10)
        return {"out.txt": "A"}

    steps = Steps(Store(tmp_path))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(steps.run, Step("slow", {"text": "a"}, make))
        started.wait(10)
        second = pool.submit(steps.run, Step("slow", {"text": "a"}, make))
        go.set()
        assert first.result() == second.result() == steps.run(Step("slow", {"text": "a"}, make))
    assert calls == [1]
    assert len(steps.events) == 1


def test_a_step_that_fails_fails_for_all_who_ask():
    """What goes wrong ahead of time is told to whoever asks for it later."""
    steps = Steps(Memory())
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            steps.run(Step("broken", {}, lambda _reads: {"x": str(1 // 0)}))


def test_versions_are_those_of_the_metadata():
    """What a library's folder says is the version that its own metadata says, of everything that is installed."""
    names = {found.metadata["Name"] for found in distributions()}
    assert {name: version_of(name) for name in names} == {name: version(name) for name in names}
    assert version_of("Font.Source_Sans-PRO") == version("font-source-sans-pro")
    assert version_of("ingen-slik-pakke") == "missing"


def test_the_files_of_a_folder(tmp_path: Path):
    """All files are found, at any depth; a link to a file is one, and a link to a folder is not followed."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("en.txt", "a/to.txt", "a/b/tre.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "lenke.txt").symlink_to("en.txt")
    (tmp_path / "a" / "tilbake").symlink_to("..")
    (tmp_path / "borte").symlink_to("ingensteds")
    assert sorted(files_under(tmp_path)) == ["a/b/tre.txt", "a/to.txt", "en.txt", "lenke.txt"]
    assert list(files_under(tmp_path / "finnes ikke")) == []


def test_what_is_noted_holds_for_its_inputs(tmp_path: Path):
    """A note is found again in this build and in the next, and not when what it is true of is another."""
    notes, other = Step("notes", {"works": "1"}), Step("notes", {"works": "2"})
    steps = Steps(Store(tmp_path))
    assert steps.recall(notes) == {}
    steps.note(notes, {"a.json": "[]"})
    assert steps.recall(notes)["a.json"].text() == "[]"
    steps.commit()
    assert Steps(Store(tmp_path)).recall(notes)["a.json"].text() == "[]"
    assert Steps(Store(tmp_path)).recall(other) == {}
    assert steps.events == []
