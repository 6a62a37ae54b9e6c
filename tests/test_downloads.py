"""The front page's list of downloads: what the build made, with its size, and nothing else."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from rapport.engine.downloads import PLACE, fill_downloads


def page(folder: Path) -> list[str]:
    (folder / "index.html").write_text(f"<main>{PLACE}</main>", encoding="utf-8")
    fill_downloads(folder)
    html = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    return [f"{link['href']}: {link.get_text()}" for link in html.select("a[download]")]


def test_only_what_is_there_is_offered(tmp_path: Path):
    """A PDF and a package of data are offered with kind and size; the e-book that was not made is not."""
    (tmp_path / "bok.pdf").write_bytes(b"x" * 2_000_000)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "pakke.zip").write_bytes(b"x" * 3000)
    (tmp_path / "data" / "tall.csv").write_bytes(b"x")
    assert page(tmp_path) == [
        "bok.pdf: Hele nettstedet som PDF (PDF, 2,0\u00a0MB)", "data/pakke.zip: Alle dataene samlet (ZIP, 3\u00a0kB)",
    ]  # fmt: skip


def test_without_files_there_is_no_list(tmp_path: Path):
    """A build of pages alone has an empty place and no heading without a list."""
    assert page(tmp_path) == []
