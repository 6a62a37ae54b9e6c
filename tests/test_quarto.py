"""The real Quarto, where it is found on PATH or by QUARTO_PATH: the book renders, with the same pages and figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from rapport.engine.quarto import find_quarto

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_quarto() is None, reason="Quarto is not on PATH nor named by QUARTO_PATH"),
]


@pytest.fixture(scope="module")
def quarto_site(tmp_path_factory: pytest.TempPathFactory, copy_project, rapport) -> Path:
    """The committed report, rendered by Quarto."""
    project = copy_project(tmp_path_factory.mktemp("quarto") / "project")
    done = rapport("render", "--engine", "quarto", cwd=project, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "_site"


def pages(site: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


def captions(page: BeautifulSoup) -> list[str]:
    """Number and headline of every figure and table."""
    return [" ".join(caption.get_text(" ").split()) for caption in page.select("figcaption")]


def numbers(page: BeautifulSoup) -> list[tuple[str, str]]:
    return [(str(data["value"]), " ".join(data.get_text().split())) for data in page.select("main data.tall")]


def test_both_engines_make_the_same_addresses(site: Path, quarto_site: Path):
    assert set(pages(quarto_site)) == set(pages(site))
    assert (quarto_site / "arbeidstrening.pdf").is_file()


def test_figures_and_tables_have_the_same_numbers_and_headlines(site: Path, quarto_site: Path):
    ours, theirs = pages(site), pages(quarto_site)
    assert {name: captions(theirs[name]) for name in ours} == {name: captions(page) for name, page in ours.items()}


def test_the_numbers_of_the_text_are_the_same(site: Path, quarto_site: Path):
    ours, theirs = pages(site), pages(quarto_site)
    assert {name: numbers(theirs[name]) for name in ours} == {name: numbers(page) for name, page in ours.items()}


def test_no_reference_is_left_open(quarto_site: Path):
    for name, page in pages(quarto_site).items():
        assert "?@" not in page.get_text(), name
        assert not re.search(r"\{python\}", page.select_one("main").get_text()), name


def test_no_page_of_quarto_asks_another_host_for_anything(quarto_site: Path):
    for name, page in pages(quarto_site).items():
        assert list(page.select("script[src^=http], link[rel=stylesheet][href^=http], img[src^=http]")) == [], name


def test_quarto_s_pdf_holds_every_caption(site: Path, quarto_site: Path):
    text = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(quarto_site / "arbeidstrening.pdf").pages
    )
    ours = [caption for page in pages(site).values() for caption in captions(page)]
    assert [caption for caption in ours if caption.split(" ", 2)[1] not in text] == []
