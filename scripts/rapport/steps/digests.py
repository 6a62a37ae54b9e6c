"""Digests of contents. Knows bytes and folders."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path


def digest(content: bytes | str) -> str:
    """sha256 of bytes, or of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def combined(parts: Mapping[str, str]) -> str:
    """One digest for many, whatever their order."""
    return digest(json.dumps(sorted(parts.items())))


def file_digest(path: Path | str) -> str:
    """sha256 of a file, a little at a time: it may be larger than memory."""
    with open(path, "rb") as file:  # noqa: PTH123 — thousands are read in a build, and a Path for each takes longer
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_under(folder: Path | str, inside: str = "") -> Iterator[str]:
    """Every file of a folder and of those in it, by its path from there, with / between; none of a folder that is gone
    or that may not be read.

    A link counts as what it leads to, but no link to a folder is followed: it may lead back.
    """
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from files_under(entry.path, f"{inside}{entry.name}/")
        elif entry.is_file():
            yield inside + entry.name


def folder_digests(
    root: Path, folders: Iterable[str], patterns: Iterable[str], leave_out: Callable[[str], bool] = lambda _path: False
) -> dict[str, str]:
    """The digest of each file, by its path from `root`: all files under `folders`, and those of `root` that match."""
    found = [path for name in folders for path in files_under(root / name, f"{name}/")]
    found += [path.name for pattern in patterns for path in root.glob(pattern) if path.is_file()]
    return {path: file_digest(f"{root}/{path}") for path in sorted(found) if not leave_out(path)}
