"""The list of whole downloads on the front page, of what the build made: nothing is promised that is not there.

Knows the site's files only.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from rapport.wording import file_size

PLACE = '<div class="last-ned"></div>'
KINDS = {".pdf": ("Hele nettstedet som PDF", "PDF"), ".docx": ("Hele nettstedet som Word-dokument", "DOCX"),
         ".epub": ("Hele nettstedet som e-bok", "EPUB"), ".zip": ("Alle dataene samlet", "ZIP")}  # fmt: skip


def _links(sizes: Mapping[str, int]) -> list[str]:
    """A link to each file of a known kind in the site's root or beside the data, in the order of KINDS."""
    return [
        f'<li><a href="{escape(name)}" download>{what} ({kind}, {file_size(size)})</a></li>'
        for suffix, (what, kind) in KINDS.items()
        for name, size in sorted(sizes.items())
        if name.endswith(suffix) and ("/" not in name or name.startswith("data/"))
    ]


def with_downloads(page: str, sizes: Mapping[str, int]) -> str:
    """The front page with its place for downloads filled; `sizes` are the bytes of the site's files by address."""
    links = _links(sizes)
    listed = f'<div class="last-ned"><p>Last ned</p><ul class="nedlastinger">{"".join(links)}</ul></div>'
    return page.replace(PLACE, listed) if links else page


def fill_downloads(site: Path) -> None:
    """Fill the front page's place for downloads; without anything to download it stays empty."""
    page = site / "index.html"
    if page.is_file():
        files = [path for folder in (site, site / "data") for path in folder.glob("*") if path.is_file()]
        sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in files}
        page.write_text(with_downloads(page.read_text(encoding="utf-8"), sizes), encoding="utf-8")
