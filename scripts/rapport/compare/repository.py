"""Files of a revision, read from git's store: neither working tree nor index is touched. Knows git and errors."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rapport.errors import RapportError

FILES = ("100644", "100755")  # modes of plain files; links and submodules hold no text
WHERE = "run the command in a clone of the repository, not in an archive of its files"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its full id, its short id, and its day (UTC)."""

    id: str
    short: str
    day: str

    def __str__(self) -> str:
        return f"{self.short} ({self.day})"


def git(root: Path, *arguments: str, given: bytes = b"", fine: tuple[int, ...] = (0,)) -> bytes:
    """What git answers in the project. Raises RapportError when git is missing or refuses."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(["git", *arguments], cwd=root, input=given, capture_output=True, check=False,
                              env=environment)  # fmt: skip
    except OSError as error:
        raise RapportError(
            f"git cannot be started: {error.strerror}; expected git, which holds the revisions.\n"
            "  To mend it: install git, and run the command in a clone of the repository."
        ) from None
    if done.returncode not in fine:
        said = done.stderr.decode("utf-8", errors="replace").strip()
        owner = "tell git that the folder is yours: git config --global --add safe.directory FOLDER"
        remedy = owner if "dubious ownership" in said else WHERE
        raise RapportError(f"git {arguments[0]}: {said.partition(chr(10))[0] or 'refused'}.\n  To mend it: {remedy}.")
    return done.stdout


def _commit(root: Path, name: str) -> str:
    return git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()


def resolve(root: Path, name: str) -> Commit:
    """The commit that a branch, a tag or an id names; `main...` is where this branch left main.

    Raises RapportError when none is named so.
    """
    git(root, "rev-parse", "--git-dir")
    try:
        base = name.removesuffix("...")
        if not base or base.startswith("-"):
            raise ValueError
        found = _commit(root, base)
        if base != name:
            found = git(root, "merge-base", found, "HEAD").decode().strip()
    except (RapportError, ValueError):  # a name with a null character cannot even be asked for
        raise RapportError(
            f'the revision "{name}" is not in this repository; expected a commit, a branch or a tag.\n'
            "  To mend it: `git log --oneline` and `git branch --all` show what there is; a clone with a short history "
            "needs `git fetch --unshallow` first."
        ) from None
    short, seconds = git(root, "log", "-1", "--format=%h %ct", found).decode().split()
    return Commit(found, short, datetime.fromtimestamp(int(seconds), UTC).date().isoformat())


def _contents(answer: bytes, paths: list[str]) -> dict[str, bytes]:
    """The answer of `git cat-file --batch` by path."""
    found, at = {}, 0
    for path in paths:
        head = answer.index(b"\n", at)
        size = answer[at:head].split()[-1]
        if not size.isdigit():
            raise RapportError(
                f"{path}: git has its name but not its text in this clone.\n"
                "  To mend it: `git fetch --refetch` brings what a partial clone left out."
            )
        found[path] = answer[head + 1 : head + 1 + int(size)]
        at = head + int(size) + 2
    return found


def files(root: Path, commit: Commit, *folders: str) -> dict[str, bytes]:
    """Each file under the project's `folders` in a commit, by path from the project's root."""
    listed = git(root, "ls-tree", "-r", "-z", commit.id, "--", *folders).decode("utf-8", errors="replace")
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    wanted = {path: about.split()[2] for about, _, path in entries if about.split()[0] in FILES}
    asked = "".join(f"{blob}\n" for blob in wanted.values()).encode()
    return _contents(git(root, "cat-file", "--batch", given=asked), list(wanted))


def first_with(root: Path, path: str) -> str:
    """The short id of the first commit that has a file; empty when none has."""
    log = git(root, "log", "--format=%h", "--diff-filter=A", "--reverse", "--", path).decode().split()
    return log[0] if log else ""


def is_clean(root: Path, *places: str) -> bool:
    """Whether everything under `places` is as committed, with nothing new beside it."""
    return not git(root, "status", "--porcelain", "--untracked-files=all", "--", *places)


def touched(root: Path, commit: Commit) -> list[str]:
    """The project's files that differ from a commit; new files that were never added are left out."""
    names = git(root, "diff", "--name-only", "--relative", "-z", commit.id, "--", ".").decode("utf-8", errors="replace")
    return [name for name in names.split("\0") if name]


def renames(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """{new path: old path} of the texts that git takes for renamed ones; files need not be added for it."""
    if not old or not new:
        return {}
    with TemporaryDirectory() as folder:
        for side, texts in (("old", old), ("new", new)):
            for path, text in texts.items():
                (target := Path(folder, side, path)).parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        told = git(
            Path(folder), "diff", "--no-index", "--find-renames", "--name-status", "-z", "old", "new", fine=(0, 1)
        )
    parts = told.decode("utf-8", errors="replace").split("\0")
    pairs = [
        (parts[at + 2], parts[at + 1]) for at, part in enumerate(parts) if part.startswith("R") and part[1:].isdigit()
    ]
    return {to.removeprefix("new/"): at.removeprefix("old/") for to, at in pairs}
