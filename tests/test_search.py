"""The search page and its index: every section, figure and table is listed, and twice the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from rapport.engine.search import write_search
from rapport.paths import Paths

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built pages without their search."""
    folder = tmp_path_factory.mktemp("search") / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("pagefind", "sok.html", "figures", "data", "assets"))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    found = [folder / "sok.html", *sorted((folder / "pagefind").rglob("*"))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()}


def test_the_same_pages_give_the_same_index(pages: Path, tmp_path: Path, paths: Paths):
    """Two indexes of the same pages have the same files with the same bytes, and none that is not used."""
    made = []
    for name in ("one", "two"):
        shutil.copytree(pages, tmp_path / name)
        write_search(paths, tmp_path / name, (pages / "index.html").read_text(encoding="utf-8"))
        made.append(files(tmp_path / name))
    assert made[0] == made[1]
    assert any(name.startswith("pagefind/wasm.nb") for name in made[0])
    assert [name for name in made[0] if "ui." in name or "highlight" in name] == []


def test_every_figure_is_listed_by_number_and_title(site: Path):
    """Without scripts, the search page leads to each figure and table of the book by its name."""
    listed = {
        str(link["href"]): " ".join(link.get_text().split())
        for link in BeautifulSoup((site / "sok.html").read_text(encoding="utf-8"), "lxml").select(".oversikt a")
    }
    chapters = sorted((site / "chapters").glob("*.html"))
    seen = 0
    for page in chapters:
        for figure in BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").select("main figure[id]"):
            name = " ".join(figure.figcaption.get_text(" ").split())
            assert listed[f"chapters/{page.name}#{figure['id']}"] == name
            seen += 1
    assert seen > 20
