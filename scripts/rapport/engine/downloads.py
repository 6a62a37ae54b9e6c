"""The list of whole downloads on the front page, of what the build made: nothing is promised that is not there.

Knows the finished site's folder only.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from rapport.wording import file_size

PLACE = '<div class="last-ned"></div>'
KINDS = {".pdf": ("Hele nettstedet som PDF", "PDF"), ".docx": ("Hele nettstedet som Word-dokument", "DOCX"),
         ".epub": ("Hele nettstedet som e-bok", "EPUB"), ".zip": ("Alle dataene samlet", "ZIP")}  # fmt: skip


def _links(site: Path) -> list[str]:
    """A link to each file of a known kind in the site's root or beside the data, in the order of KINDS."""
    files = [path for folder in (site, site / "data") for path in sorted(folder.glob("*"))]
    return [
        f'<li><a href="{escape(path.relative_to(site).as_posix())}" download>{what} '
        f"({kind}, {file_size(path.stat().st_size)})</a></li>"
        for suffix, (what, kind) in KINDS.items()
        for path in files
        if path.suffix == suffix
    ]


def fill_downloads(site: Path) -> None:
    """Fill the front page's place for downloads; without anything to download it stays empty."""
    page, links = site / "index.html", _links(site)
    if not links or not page.is_file():
        return
    listed = f'<div class="last-ned"><p>Last ned</p><ul class="nedlastinger">{"".join(links)}</ul></div>'
    page.write_text(page.read_text(encoding="utf-8").replace(PLACE, listed), encoding="utf-8")
