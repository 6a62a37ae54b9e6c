"""Files of a revision, read from git's store: the working tree is not touched. Knows git and errors."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rapport.engine.revision import Revision
from rapport.errors import RapportError

FILES = ("100644", "100755")  # modes of plain files; links and submodules hold no text


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: its full id, and its short id with its time."""

    id: str
    made: Revision


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers in the project. Raises RapportError when git is missing or refuses."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, input=given, capture_output=True, check=True)
    except OSError as error:
        raise RapportError(
            f"git cannot be started: {error.strerror}; expected git, which holds the revisions.\n"
            "  To mend it: install git, and run the command in a clone of the repository."
        ) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", errors="replace").strip().partition("\n")[0]
        raise RapportError(
            f"git {arguments[0]}: {said or 'refused'}.\n"
            "  To mend it: run the command in a clone of the repository, not in an archive of its files."
        ) from None
    return done.stdout


def resolve(root: Path, name: str) -> Commit:
    """The commit that a branch, a tag or an id names. Raises RapportError when none is named so."""
    git(root, "rev-parse", "--git-dir")
    try:
        found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except (RapportError, ValueError):  # a name with a null character cannot even be asked for
        raise RapportError(
            f'the revision "{name}" is not in this repository; expected a commit, a branch or a tag.\n'
            "  To mend it: `git log --oneline` and `git branch --all` show what there is; a clone with a short history "
            "needs `git fetch --unshallow` first."
        ) from None
    commit = found.decode().strip()
    short, seconds = git(root, "log", "-1", "--format=%h %ct", commit).decode().split()
    return Commit(commit, Revision(short, datetime.fromtimestamp(int(seconds), UTC)))


def files(root: Path, commit: Commit, *folders: str) -> dict[str, str]:
    """The text of each file under the project's `folders` in a commit, by path from the project's root.

    Bytes that are no text are kept as replacement characters, so that they differ.
    """
    listed = git(root, "ls-tree", "-r", "-z", commit.id, "--", *folders).decode("utf-8", errors="replace")
    entries = [entry.partition("\t") for entry in listed.split("\0") if entry]
    wanted = {path: about.split()[2] for about, _, path in entries if about.split()[0] in FILES}
    answer = git(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted.values()).encode())
    found, at = {}, 0
    for path in wanted:
        head = answer.index(b"\n", at)
        size = int(answer[at:head].split()[-1])
        found[path] = answer[head + 1 : head + 1 + size].decode("utf-8", errors="replace")
        at = head + size + 2
    return found


def first_with(root: Path, path: str) -> str:
    """The short id of the first commit that has a file; empty when none has."""
    log = git(root, "log", "--format=%h", "--diff-filter=A", "--reverse", "--", path).decode().split()
    return log[0] if log else ""
