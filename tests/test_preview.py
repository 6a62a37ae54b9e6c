"""The preview: what it watches, what it answers and to whom, and what an open page shows of a build."""

from __future__ import annotations

import doctest
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.request import urlopen

import pytest

from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.preview import child, inject
from rapport.preview.board import Board, View
from rapport.preview.child import Outcome, build
from rapport.preview.inject import PREFIX, allowed, with_script
from rapport.preview.loop import follow, interruptible
from rapport.preview.server import Server, serving
from rapport.preview.site import Site, media_type, read_site
from rapport.preview.watch import changed, look, wait

PAGE = b"<!doctype html><html><head><title>%s</title></head><body>%s</body></html>"
SECRET = b"hemmelig"


def page(text: str) -> bytes:
    return PAGE % (text.encode(), text.encode())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a few files, beside a file and a folder that are none of its own, with links that lead to them."""
    around = tmp_path_factory.mktemp("small")
    folder = around / "site"
    (folder / "chapters").mkdir(parents=True)
    (around / "privat").mkdir()
    for path in (around / "brev.txt", around / "privat" / "brev.txt"):
        path.write_bytes(SECRET)
    for name in ("index.html", "404.html", "chapters/01.html"):
        (folder / name).write_bytes(page(name))
    (folder / "chapters" / "tall.csv").write_bytes(b"a\n1\n")
    (folder / "lenke.txt").symlink_to(around / "brev.txt")
    (folder / "lenket").symlink_to(around / "privat", target_is_directory=True)
    return folder


@pytest.fixture(scope="module")
def server(small: Path) -> Iterator[Server]:
    """The small site, served on a free port."""
    with serving(Board(View(read_site(small), building=False)), 0) as started:
        yield started


def ask(server: Server, path: str, *, method: str = "GET", host: str | None = None) -> HTTPResponse:
    """One request, with the path as it is written and the body read."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    if host != "":
        connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    connection.endheaders()
    response = connection.getresponse()
    response.body = response.read()
    return response


def test_only_this_machine_is_served(server: Server):
    """The server listens on the loopback address, whatever the machine's others are."""
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/", "/chapters/tall.csv", f"{PREFIX}page.js", f"{PREFIX}events?page=/", "/nei"])
@pytest.mark.parametrize(
    "host", ["", "example.org", "example.org:{port}", "localhost.example.org:{port}", "localhost:1"]
)
def test_a_name_that_only_leads_here_is_refused(server: Server, path: str, host: str):
    """A page elsewhere cannot read the report by a name of its own that leads to this machine."""
    response = ask(server, path, host=host.format(port=server.server_port))
    assert response.status == 403
    assert response.body == b"This preview answers to localhost alone.\n"


def test_localhost_is_answered(server: Server):
    """The address that the terminal shows works, with the front page at its root and a head for who asks for it."""
    assert server.address == f"http://localhost:{server.server_port}/"
    with urlopen(server.address, timeout=10) as response:
        assert b"<title>index.html</title>" in response.read()
    head = ask(server, "/", method="HEAD")
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../brev.txt", "/..%2fbrev.txt", "/%2e%2e/brev.txt", "/%2e%2e%2fbrev.txt", "/chapters/../../brev.txt",
        "/chapters/..%5c..%5cbrev.txt", "/..\\brev.txt", "/{folder}/brev.txt", "/%2f{folder}/brev.txt",
        "/lenke.txt", "/lenket/brev.txt", "/index.html%00.txt", "/chapters", "/chapters/", "/./index.html", "/%ff",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_served(server: Server, small: Path, path: str):
    """Paths upwards, encoded or not, links out and lists of folders give the site's own page for what is missing."""
    response = ask(server, path.format(folder=small.parent))
    assert response.status == 404
    assert b"<title>404.html</title>" in response.body


def test_nothing_can_be_sent(server: Server):
    """The preview is for reading."""
    assert {ask(server, "/", method=method).status for method in ("POST", "PUT", "DELETE", "OPTIONS")} == {501}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"), ("a.css", "text/css; charset=utf-8"), ("a.svg", "image/svg+xml"),
        ("a.js", "text/javascript; charset=utf-8"), ("a.csv", "text/csv; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.woff2", "font/woff2"), ("a.pdf", "application/pdf"), ("a.wasm", "application/wasm"),
        ("a.webmanifest", "application/manifest+json"), ("a.pf_index", "application/octet-stream"),
    ],
)  # fmt: skip
def test_files_are_served_as_what_they_are(name: str, expected: str):
    """Types are the same on every machine; text says that it is UTF-8."""
    assert media_type(name) == expected


def test_nothing_is_kept_by_the_browser(server: Server):
    """Every answer is asked for anew, is taken for what it says it is, and is for the server's own pages alone."""
    for path in ("/", "/chapters/tall.csv", "/nei", f"{PREFIX}page.css"):
        headers = ask(server, path).headers
        kept = {name: headers[name] for name in ("Cache-Control", "X-Content-Type-Options")}
        assert kept == {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_only_the_served_copy_follows_the_builds(server: Server, small: Path):
    """Script and style come with the page that is served; files beside pages, and the built site, are as they were."""
    body = ask(server, "/chapters/01.html").body
    assert body.count(b"__preview__/page.js") == body.count(b"__preview__/page.css") == 1
    assert ask(server, "/chapters/tall.csv").body == b"a\n1\n"
    assert (small / "chapters" / "01.html").read_bytes() == page("chapters/01.html")


def test_before_the_first_build_a_page_waits():
    """At every address a page stands that is replaced as soon as there is a site."""
    with serving(Board(View()), 0) as server:
        response = ask(server, "/chapters/01.html")
        assert response.status == 503
        assert b"No page yet" in response.body
        assert b'data-tag=""' in response.body


def test_a_taken_port_is_told_or_another_found():
    """A port that was asked for and is taken ends with a remedy; without one, a free port is found."""
    with serving(Board(View()), 0) as first:
        told = rf"--port {first.server_port}: .*\n  To mend it: name another port"
        with pytest.raises(RapportError, match=told), serving(Board(View()), first.server_port):
            pass
        with serving(Board(View()), None) as second, serving(Board(View()), None) as third:
            assert len({first.server_port, second.server_port, third.server_port}) == 3


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            "default-src 'none'; script-src 'self'; style-src 'self'",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
        (
            "default-src 'none'; style-src 'sha256-x='; form-action 'none'",
            "default-src 'none'; style-src 'sha256-x=' 'self'; form-action 'none'; script-src 'self'; "
            "connect-src 'self'",
        ),
        ("default-src 'self'", "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'"),
    ],
)
def test_the_policy_lets_in_no_more_than_it_must(policy: str, expected: str):
    """A page's policy is widened by its own server alone, and only for script, style and the stream."""
    assert allowed(policy) == expected
    assert doctest.testmod(inject).failed == 0
    meta = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
    assert f'content="{expected}">' in with_script(meta.encode(), "").decode()


def test_a_page_is_new_when_something_it_may_show_is_new():
    """Another page's change does not reload this one; a change of a style, a drawing or the page itself does."""
    files = {"index.html": b"1", "a.html": b"3"}
    site = Site(files, "x")
    assert site.tag("/index.html") == site.tag("/")
    assert site.tag("/a.html") != site.tag("/")
    assert Site(files | {"a.html": b"2"}, "x").tag("/") == site.tag("/")
    assert Site(files | {"index.html": b"2"}, "x").tag("/") != site.tag("/")
    assert Site(files, "y").tag("/") != site.tag("/")


def stream(server: Server, address: str = "/") -> Iterator[dict]:
    """What an open page is told, event by event."""
    with urlopen(f"{server.address}__preview__/events?page={address}", timeout=20) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        for line in response:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])


def test_an_open_page_is_told_of_every_change():
    """The stream begins with what holds and goes on with what happens."""
    board = Board(View(Site({"index.html": page("en")}), building=False))
    with serving(board, 0) as server:
        events = stream(server)
        first = next(events)
        assert first == {"tag": board.view.site.tag("/"), "building": False, "failure": ""}
        board.put(building=True)
        assert next(events) == first | {"building": True}
        board.put(building=False, failure="data/a.csv:2")
        assert next(events) == first | {"failure": "data/a.csv:2"}
        board.put(site=Site({"index.html": page("to")}), failure="")
        last = next(events)
    assert last["tag"] != first["tag"]
    assert last["failure"] == ""


# What is watched


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project of a few files."""
    for name in ("chapters/a.qmd", "data/a.csv", "scripts/rapport/a.py", "theme/a.css", "_quarto.yml", "index.qmd"):
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("en", encoding="utf-8")
    return tmp_path / "tree"


@pytest.mark.parametrize("name", ["chapters/a.qmd", "data/a.csv", "scripts/rapport/a.py", "theme/a.css", "_quarto.yml"])
def test_every_kind_of_source_is_watched(tree: Path, name: str):
    """A written, a new and a removed file are each seen, by name; also when size and time stay the same."""
    before = look(tree)
    times = (tree / name).stat()
    (tree / name).write_text("to", encoding="utf-8")
    os.utime(tree / name, ns=(times.st_atime_ns, times.st_mtime_ns))
    written = look(tree, before)
    assert changed(before, written) == [name]
    (tree / name).unlink()
    assert changed(written, look(tree, written)) == [name]
    assert changed(look(tree), before) == [name]


def test_a_file_saved_as_it_was_builds_nothing(tree: Path):
    """Contents count, not times."""
    before = look(tree)
    (tree / "index.qmd").write_text("en", encoding="utf-8")
    os.utime(tree / "data" / "a.csv", (1, 1))
    assert changed(before, look(tree, before)) == []


@pytest.mark.parametrize(
    "name",
    [
        "chapters/.a.qmd.swp", "chapters/a.qmd~", "chapters/4913", "chapters/#a.qmd#", "chapters/.#a.qmd",
        "scripts/rapport/__pycache__/a.cpython-311.pyc", "theme/fonts/a.woff2", "_site/index.html", "figures/a.csv",
        ".cache/a",
    ],
)  # fmt: skip
def test_what_nobody_wrote_is_not_watched(tree: Path, name: str):
    """Files that editors put beside their own, and what is made by a build, start none."""
    before = look(tree)
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_text("to", encoding="utf-8")
    assert changed(before, look(tree)) == []


def test_a_change_is_told_when_all_is_quiet(tree: Path):
    """An editor that saves in steps, or three files saved together, lead to one build."""
    steps = [lambda: (tree / "index.qmd").write_text("1", encoding="utf-8"),
             lambda: (tree / "index.qmd").unlink(),
             lambda: (tree / "index.qmd").write_text("ferdig", encoding="utf-8")]  # fmt: skip
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if steps:
            steps.pop(0)()

    before = look(tree)
    now = wait(tree, before, sleep)
    assert steps == []
    assert changed(now, look(tree)) == []
    assert min(slept) >= 0.15


# A build


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("chapters/01-a.qmd:12: a second chapter title\n  To mend it: make it a section", "chapters/01-a.qmd:12"),
        ('data/a.csv, row 2, column "antall": found "x", expected a number.', "data/a.csv:2"),
        (
            'Traceback (most recent call last):\n  File "scripts/rapport/a.py", line 3, in x\n'
            '  File "scripts/rapport/b.py", line 41, in y\n  File "/usr/lib/python3/re.py", line 9\nValueError: z',
            "scripts/rapport/b.py:41",
        ),
        ("Out of memory", ""),
    ],
)
def test_an_error_says_where_it_is(text: str, where: str):
    """The first line in the page is file:line, for chapters, tables and our own code."""
    outcome = Outcome(good=False, text=text)
    assert outcome.where == where
    assert outcome.failure == (text if text.startswith(f"{where}:") or not where else f"{where}\n\n{text}")


def test_what_a_build_says_names_no_folder_of_the_machine(tmp_path: Path):
    """Paths are told from the project's root, and a build that fails is no error of the preview."""
    code = f"import sys; print({str(tmp_path / 'data' / 'a.csv')!r} + ':2: feil'); sys.exit(1)"
    outcome = build([sys.executable, "-c", code], tmp_path)
    assert (outcome.good, outcome.text) == (False, "data/a.csv:2: feil")


STUBBORN = """
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("pid").write_text(str(other.pid))
pathlib.Path("began").touch()
time.sleep(60)
"""


def is_running(pid: int) -> bool:
    """Whether a process is there and is not merely waiting to be counted as gone."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="which processes run is read in /proc, which is not here")
def test_an_interrupted_build_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Ctrl-C ends the build that runs; one that will not end is killed, with all that it started."""

    def interrupted(_process: object) -> None:
        until((tmp_path / "began").exists)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    monkeypatch.setattr(child, "GRACE", 0.2)
    with pytest.raises(KeyboardInterrupt):
        build([sys.executable, "-c", STUBBORN], tmp_path)
    other = int((tmp_path / "pid").read_text(encoding="utf-8"))
    until(lambda: not is_running(other))


STUB = """
import pathlib, sys, time
text = pathlib.Path("index.qmd").read_text()
pathlib.Path("began").touch()
time.sleep(0.4 if "langsom" in text else 0)
if "feil" in text:
    sys.exit("index.qmd:1: <b>feil</b>")
out = pathlib.Path("out")
out.mkdir(exist_ok=True)
(out / "index.html").write_text(text)
print("made " + text)
"""


@pytest.fixture
def looping(tree: Path) -> Iterator[tuple[Path, Board]]:
    """A loop over a small project whose build copies one file."""
    (tree / "stub.py").write_text(STUB, encoding="utf-8")
    board = Board(View())
    arguments = ([sys.executable, "stub.py"], Paths(tree), tree / "out", board)
    threading.Thread(target=follow, args=arguments, daemon=True).start()
    yield tree, board
    until(lambda: not board.view.building)


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something that another thread or process does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def shown(board: Board) -> bytes:
    return board.view.site.files.get("index.html", b"")


def test_the_last_good_page_stays_until_the_mistake_is_mended(looping: tuple[Path, Board], capfd):
    """A failed build is told in the page and in the terminal with file:line; the page before it is still served."""
    tree, board = looping
    until(lambda: shown(board) == b"en")
    (tree / "index.qmd").write_text("feil", encoding="utf-8")
    until(lambda: board.view.failure)
    assert board.view.failure == "index.qmd:1: <b>feil</b>"
    assert shown(board) == b"en"
    (tree / "index.qmd").write_text("mendet", encoding="utf-8")
    until(lambda: shown(board) == b"mendet")
    until(lambda: board.view.failure == "")
    told = capfd.readouterr().err
    assert "changed: index.qmd\nindex.qmd:1: <b>feil</b>\n" in told
    assert "index.qmd:1: failed after" in told
    assert "made mendet" in told


def test_a_change_during_a_build_is_not_lost(looping: tuple[Path, Board]):
    """What is saved while a build runs leads to another build after it."""
    tree, board = looping
    until(lambda: shown(board) == b"en")
    (tree / "began").unlink()
    (tree / "index.qmd").write_text("langsom", encoding="utf-8")
    until((tree / "began").exists)
    (tree / "index.qmd").write_text("sist", encoding="utf-8")
    until(lambda: shown(board) == b"sist")


def test_a_build_that_is_overtaken_is_not_a_failure(looping: tuple[Path, Board], capfd):
    """What fails while its files are saved is done again: neither the page nor the terminal is told of it."""
    tree, board = looping
    until(lambda: shown(board) == b"en")
    told, put = [], board.put
    board.put = lambda **changes: (told.append(changes.get("failure")), put(**changes))
    (tree / "began").unlink()
    (tree / "index.qmd").write_text("langsom feil", encoding="utf-8")
    until((tree / "began").exists)
    (tree / "index.qmd").write_text("sist", encoding="utf-8")
    until(lambda: shown(board) == b"sist")
    assert [failure for failure in told if failure] == []
    assert "failed" not in capfd.readouterr().err


WRITING = "import time; open('data/a.csv', 'w').write(str(time.time_ns())); raise SystemExit('data/a.csv changed')"


def test_a_build_that_writes_what_it_reads_is_not_repeated_for_ever(tree: Path, capfd):
    """The file is named, the failure is shown, and each next build begins later than the one before."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if seconds == 8:
            raise KeyboardInterrupt

    board = Board(View())
    with pytest.raises(KeyboardInterrupt):
        follow([sys.executable, "-c", WRITING], Paths(tree), tree / "out", board, sleep)
    assert [seconds for seconds in slept if seconds >= 2] == [2, 4, 8]
    assert (board.view.building, board.view.failure) == (False, "data/a.csv changed")
    assert "data/a.csv changed during each of the last 4 builds" in capfd.readouterr().err


@pytest.fixture
def previewing(project: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The real command on a copy of the project, and the lines that it has written to the terminal."""
    command = [sys.executable, "-m", "rapport", "preview", "--port", "0", "--no-browser"]
    lines: list[str] = []
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as process:
        reader = threading.Thread(target=lambda: lines.extend(process.stderr), daemon=True)
        reader.start()
        try:
            yield process, lines
        finally:
            process.kill()
            reader.join(5)


@pytest.fixture
def handlers() -> Iterator[None]:
    """The signals' handlers as they were, afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_that_was_dropped_ends_the_next_sleep(number: signal.Signals):
    """Ctrl-C ends what is done; where Python drops it, as in a callback of its own, the preview ends all the same."""
    sleep = interruptible()
    sleep(0)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    with pytest.raises(KeyboardInterrupt):
        sleep(60)


@pytest.mark.slow
def test_the_whole_report_is_followed(project: Path, previewing: tuple[subprocess.Popen[str], list[str]]):
    """The real command: serves a built page, tells a digit typed by hand, leaves _site/ alone, and ends quietly."""
    process, lines = previewing
    until(lambda: any("pages in .cache/preview/site/" in line for line in lines), 150)
    with urlopen(lines[0].split()[0], timeout=10) as response:
        assert b"__preview__/page.js" in response.read()
    chapter = project / "chapters" / "kolofon.qmd"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(f"{text}\nTallet er 15 her.\n", encoding="utf-8")
    until(lambda: "failed after" in lines[-1], 60)
    line = text.count("\n") + 2
    assert f"chapters/kolofon.qmd:{line}: the number “15” is typed by hand\n" in lines
    assert f"chapters/kolofon.qmd:{line}: failed after" in lines[-1]
    chapter.write_text(text, encoding="utf-8")
    until(lambda: "changed: chapters/kolofon.qmd" in lines[-1])
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert "Traceback" not in "".join(lines)
    assert not (project / "_site").exists()
    pages = list((project / ".cache" / "preview" / "site").rglob("*.html"))
    assert pages
    assert [path.name for path in pages if "__preview__" in path.read_text(encoding="utf-8")] == []
