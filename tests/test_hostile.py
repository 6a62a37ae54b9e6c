"""Hostile text in every field of the data: shown as text on pages and in print, and harmless in what is taken away."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from conftest import Run
from printed import printed
from rapport.data import load
from rapport.errors import DataError
from rapport.exports import exports, package_zip, read_package
from rapport.spreadsheet import FORMULA
from test_browser import launch
from test_exports import TIME

# One for each column in turn, after or before what stands there.
ATTACKS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "`<b onclick=alert(3)>`{=html}",
    '#import "@preview/x:1.0.0": *', "@sec-finnes-ikke [x](javascript:alert(4))", "$x$ *y* _z_ ~s~ ^t^ ![i](//x.no/i)",
    "../../../../etc/passwd", "{{< include x >}} `{python} 1/0`", "<iframe src=//x.no></iframe>",
    "' onmouseover='alert(5)",
    "```{=typst}", "::: {.x}", "&lt;script&gt; &#x3c;b&#x3e;", "#eval(1) #{x} \\u{0} ---", "]]><svg onload=alert(6)>",
    "=HYPERLINK(1)", "+1+cmd|calc", "-2+3", "@SUM(1)",
)  # fmt: skip
FRONT = ("=", "+", "-", "@S")
ACTIVE = ("script", "img", "iframe", "object", "embed", "svg", "link", "form", "base", "style")


def free(field: dict, schema: dict) -> bool:
    """Whether a column holds text of any kind: no code, no key, no measured length."""
    rules = field.get("constraints", {}).keys()
    keys = {*schema["primaryKey"], *(name for key in schema.get("foreignKeys", []) for name in key["fields"])}
    return (
        field["type"] == "string"
        and not rules & {"enum", "pattern", "maxLength", "unique"}
        and field["name"] not in keys
    )


def poison(data: Path) -> int:
    """Write an attack into every cell of every free column; how many cells."""
    count = 0
    for resource in json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        path, schema = data / resource["path"], resource["schema"]
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        for number, field in enumerate(schema["fields"]):
            attack = ATTACKS[(number + len(resource["name"])) % len(ATTACKS)]
            for row in rows if free(field, schema) else ():
                if row[number]:
                    row[number] = f"{attack} {row[number]}" if attack.startswith(FRONT) else f"{row[number]} {attack}"
                    count += 1
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return count


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]) -> Path:
    """A project with an attack in every text that the schema leaves free."""
    project = copy_project(tmp_path_factory.mktemp("hostile") / "project")
    assert poison(project / "data") > 800
    return project


@pytest.fixture(scope="module")
def hostile(poisoned: Path, rapport: Run) -> Path:
    """Its site and PDF."""
    done = rapport("render", "--to", "html,pdf", cwd=poisoned, timeout=600)
    assert done.returncode == 0, done.stderr
    return poisoned / "_site"


# What is taken away.


def test_downloads_are_harmless(poisoned: Path):
    """No cell of a CSV or workbook is a formula, JSON has the text as it is, and the ZIP stays in its folder."""
    files = read_package(poisoned / "data")
    made = exports(files)
    for name, content in made.items():
        if name.endswith(".csv"):
            rows = list(
                csv.reader(
                    io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";" if "-excel" in name else ","
                )
            )
            assert [cell for row in rows for cell in row if cell.startswith(FORMULA) and not _number(cell)] == []
        if name.endswith(".xlsx"):
            with ZipFile(io.BytesIO(content)) as book:
                assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
                assert not [part for part in book.namelist() if "hyperlink" in part or "external" in part.lower()]
    names = json.loads(made["ordliste.json"])
    source = list(csv.DictReader(io.StringIO(files["ordliste.csv"], newline="")))
    assert [row["forklaring"] or "" for row in names] == [row["forklaring"] for row in source]
    packed = ZipFile(io.BytesIO(package_zip(files, made, TIME))).namelist()
    assert sorted(packed) == sorted(path.name for path in (poisoned / "data").iterdir())
    assert [name for name in packed if "/" in name or "\\" in name or ".." in name] == []


def _number(text: str) -> bool:
    return text.replace(",", ".").lstrip("-").replace(".", "").isdecimal()


# Pages and print.


def pages(site: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for path in sorted(site.rglob("*.html"))
    }


def active(soup: BeautifulSoup) -> Counter[str]:
    """How many elements of each kind a page has that load, run or style."""
    return Counter(element.name for element in soup.find_all(ACTIVE))


@pytest.mark.slow
def test_no_element_is_injected(hostile: Path, site: Path):
    """Each page has just the elements of the clean one, no handler and no address that runs."""
    clean, found = pages(site), pages(hostile)
    assert found.keys() == clean.keys()
    assert {
        name: active(found[name]) - active(clean[name]) for name in found if active(found[name]) - active(clean[name])
    } == {}
    for name, soup in found.items():
        handlers = [
            attribute for element in soup.find_all(True) for attribute in element.attrs if attribute.startswith("on")
        ]
        links = [element["href"] for element in soup.find_all("a", href=True)]
        assert (handlers, [link for link in links if link.lower().startswith(("javascript:", "data:", "//"))]) == (
            [],
            [],
        ), name


@pytest.mark.slow
def test_attacks_are_shown_as_they_stand(hostile: Path):
    """Nothing is lost either: a reader sees the text that the cell holds."""
    words = pages(hostile)["chapters/ordliste.html"].main.get_text()
    cells = {row["forklaring"] for row in csv.DictReader((hostile / "data" / "ordliste.csv").open(encoding="utf-8"))}
    attack = next(attack for attack in ATTACKS if all(attack in cell for cell in cells if cell))
    assert " ".join(attack.split()) in " ".join(words.split())


@pytest.mark.slow
def test_print_shows_the_text(hostile: Path):
    """The PDF is made, and what would be Typst is letters in it."""
    assert "<script>" in printed(hostile / "arbeidstrening.pdf").replace("\n", "")


@pytest.mark.slow
def test_a_browser_runs_nothing(hostile: Path):
    """No dialog opens, no script of the data runs, nobody else is asked, and the console is silent."""
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append(request.url)
        )
        for path in sorted(hostile.rglob("*.html")):
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        browser.close()
    assert said == []


# What the schema refuses.


@pytest.mark.parametrize("text", ["<script>", "../../x", "=1+1", "a b", "a\u202eb", "æ"])
def test_codes_and_keys_take_no_such_text(text: str, project: Path):
    """A key is letters, digits and a few marks; anything else is told before it becomes an address or a name."""
    path = project / "data" / "ordliste.csv"
    term = next(csv.DictReader(path.open(encoding="utf-8")))["term"]
    path.write_text(path.read_text(encoding="utf-8").replace(f"\n{term},", f"\n{text},", 1), encoding="utf-8")
    with pytest.raises(DataError, match=r'data/ordliste\.csv, row 2, column "term"'):
        load(project / "data")
