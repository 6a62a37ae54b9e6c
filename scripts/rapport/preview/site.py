"""A built site in memory: what the server can answer with, and nothing else. Knows nothing of the rest.

An address is looked up among the names of the site's files, so no address, however written, leads to another file of
the machine, and links in the file system are not followed. A build that replaces the folder disturbs no page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from mimetypes import MimeTypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

FRONT = "index.html"
MISSING = "404.html"
# Python's own table, not the machine's, and what it lacks.
TYPES = MimeTypes()
for _ending, _type in {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".js": "text/javascript",
    ".parquet": "application/vnd.apache.parquet",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}.items():
    TYPES.add_type(_type, _ending)


@dataclass(frozen=True, slots=True)
class Site:
    """Every file of a site by its name from the root, and one digest of all that is no page."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    shared: str = ""

    def tag(self, address: str) -> str:
        """What changes when the page at an address, or anything that it may show, changes; empty without a site."""
        page = self.files.get(self.name(address) or MISSING)
        return sha256(page + self.shared.encode("ascii")).hexdigest()[:16] if page is not None else ""

    def name(self, address: str) -> str | None:
        """The file that an address of a request stands for, or None."""
        path = unquote(urlsplit(address).path, errors="replace").removeprefix("/")
        name = path + FRONT if path == "" or path.endswith("/") else path
        return name if name in self.files else None


def read_site(folder: Path) -> Site:
    """The site that a folder holds; an empty one where there is none."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if _inside(folder, path)}
    shared = sha256()
    for name, content in files.items():
        if not name.endswith(".html"):
            shared.update(f"{name}\0{len(content)}\0".encode() + content)
    return Site(files, shared.hexdigest())


def _inside(folder: Path, path: Path) -> bool:
    """Whether no folder on the way is a link out."""
    return path.resolve().is_relative_to(folder.resolve())


def media_type(name: str) -> str:
    """The Content-Type of a file, by its ending; text is UTF-8."""
    found = TYPES.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found
