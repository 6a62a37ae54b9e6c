"""A folder as an archive that is the same every time, with the checksum of every file. Knows digests."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path

from rapport.steps.digests import file_digest

SUMS = "SHA256SUMS"
LEVEL = 1  # most of a bundle is wheels and fonts, compressed already


def write_sums(folder: Path) -> None:
    """SHA256SUMS of every file, as `sha256sum --check` and rebuild.py read it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / SUMS)
    lines = [f"{file_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="")


def pack(folder: Path, target: Path, seconds: int) -> None:
    """The folder as target, a tar.gz under the folder's own name, everything dated `seconds` and owned by nobody."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.mtime, member.uid, member.gid, member.uname, member.gname = seconds, 0, 0, "", ""
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.new")
    with (
        unfinished.open("wb") as raw,
        gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted([folder, *folder.rglob("*")]):
            archive.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=plain)
    unfinished.replace(target)
