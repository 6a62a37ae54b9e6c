"""Digests of contents. Knows bytes and folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def digest(content: bytes | str) -> str:
    """sha256 of bytes, or of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def combined(parts: Mapping[str, str]) -> str:
    """One digest for many, whatever their order."""
    return digest(json.dumps(sorted(parts.items())))


def file_digest(path: Path) -> str:
    """sha256 of a file, a little at a time: it may be larger than memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_digests(root: Path, folders: Iterable[str], patterns: Iterable[str]) -> dict[str, str]:
    """The digest of each file, by its path from `root`: all files under `folders`, and those of `root` that match."""
    found = [path for name in folders for path in (root / name).rglob("*")]
    found += [path for pattern in patterns for path in root.glob(pattern)]
    files = sorted(path for path in found if path.is_file())
    return {path.relative_to(root).as_posix(): file_digest(path) for path in files}
