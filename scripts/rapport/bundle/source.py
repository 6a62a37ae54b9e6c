"""The project's files as they are committed, and the site that they give. Knows paths, errors and git."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from rapport.errors import RapportError

COMMITTED = "a folder under version control, with a commit"


@dataclass(frozen=True, slots=True)
class Head:
    """What is bundled: the short commit id, its time in seconds, and the name and version of the data package."""

    commit: str
    seconds: int
    name: str
    version: str


def _git(root: Path, *arguments: str) -> bytes:
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", b"") or str(error).encode()
        raise RapportError(
            f"git {arguments[0]}: {told.decode(errors='replace').strip()}\n"
            f"  To mend it: run `make bundle` in {COMMITTED}."
        ) from error


def head(root: Path) -> Head:
    """What HEAD is. Raises RapportError without git or a commit."""
    commit, seconds = _git(root, "log", "-1", "--format=%h %ct").decode().split()
    package = json.loads(_git(root, "show", "HEAD:data/datapackage.json"))
    return Head(commit, int(seconds), package["name"], package["version"])


def uncommitted(root: Path) -> list[str]:
    """Files that differ from HEAD, and that the bundle will hold as HEAD has them."""
    return _git(root, "diff", "HEAD", "--name-only").decode().splitlines()


def export(root: Path, target: Path) -> None:
    """The files of HEAD into a new folder."""
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", "HEAD"))) as archive:
        archive.extractall(target, filter="data")


def _files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def build_site(source: Path, work: Path) -> Path:
    """The site of the exported files, built beside them by their own code.

    Raises RapportError when the build fails, or when it changes a file: then what is committed does not follow from
    the data.
    """
    shutil.copytree(source, work)
    environment = {name: value for name, value in os.environ.items() if name != "RAPPORT_SITE_URL"}
    environment["PYTHONPATH"] = str(work / "scripts")
    command = [sys.executable, "-m", "rapport", "render"]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RapportError(f"HEAD cannot be built.\n{done.stderr.strip().replace(f'{work}{os.sep}', '')}")
    changed = [str(name) for name in _files(source) if (work / name).read_bytes() != (source / name).read_bytes()]
    if changed:
        raise RapportError(
            f"{', '.join(changed)}: committed otherwise than the data give it.\n"
            "  To mend it: run `rapport figures`, commit what it changed, and bundle again."
        )
    return work / "_site"
