"""The appendices and the chapters they serve: every word and point in use, every row shown, every place there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from conftest import ROOT
from rapport.engine.references import citation_keys
from rapport.source import masked

Raw = Callable[[str], pd.DataFrame]

# Letters that are no word of the subject.
NOT_EXPLAINED = {
    "IKEA": "a company's name",
    "EU": "known to everybody, and part of a condition",
    "EØS": "known to everybody, and part of a condition",
    "CC": "the licence's name",
    "BY": "the licence's name",
    "MIT": "the licence's name",
    "CSV": "the name of a file format",
    "HTML": "the name of a file format",
    "NHS": "a name, explained where it stands",
    "UTF": "the name of an encoding",
    "PDF": "the name of a file format",
    "UA": "part of the name of a standard",
    "WCAG": "explained where it stands",
    "AA": "a level of WCAG",
    "LIX": "explained where it stands",
    "IKT": "part of the name of a regulation",
    "FOR": "part of the name of a regulation",
}

# The column of each table by which a reader knows a row; numbers of the register are known by their key.
KNOWN_BY = {
    "formaal": "navn",
    "deltakere": "aar",
    "deltakere_kjennetegn": "navn",
    "informanter": "navn",
    "vignetter": "navn",
    "vignett_vurderinger": "navn",
    "vignett_begrunnelser": "begrunnelse",
    "varighetsregler": "gruppe_navn",
    "forskning": "funn",
    "litteratur": "nokkel",
    "kjeder": "kjede_navn",
    "kjede_varighet": "varighet",
    "virkningskjeder": "innhold",
    "opplysninger": "id",
    "ordliste": "forklaring",
    "avvik": "men",
    "disposisjon": "tittel",
    "egenvurdering": "krav",
}
# Tables of the whole data package: to stand there is not to be shown.
OF_ALL = ("tbl-datafiler", "tbl-tallregister", "lst-kodebok", "lst-usikkert")


@pytest.fixture(scope="module")
def chapters() -> dict[str, str]:
    """Every chapter's source by path."""
    files = [ROOT / "index.qmd", ROOT / "en" / "index.qmd", *sorted((ROOT / "chapters").glob("*.qmd"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def asked(chapters: dict[str, str], function: str) -> set[str]:
    """The keys that chapters ask a function for."""
    return {key for text in chapters.values() for key in re.findall(rf'\b{function}\(\s*"([^"]+)"', text)}


def ids(chapters: dict[str, str], manifest: dict) -> set[str]:
    """Every section, figure and table that can be referred to."""
    return {key for text in chapters.values() for key in re.findall(r"#(sec-[\w-]+)", text)} | set(manifest["items"])


def test_every_word_of_the_glossary_is_used(chapters: dict[str, str], raw: Raw):
    """A word that no chapter marks would explain nothing."""
    assert set(raw("ordliste").term) - asked(chapters, "term") == set()


def test_every_abbreviation_is_explained(chapters: dict[str, str], raw: Raw):
    """Two capitals or more in a chapter are in the glossary, or a name that needs no explanation."""
    found = {word for text in chapters.values() for word in re.findall(r"\b[A-ZÆØÅ]{2,}\b", masked(text))}
    assert found - set(raw("ordliste").forkortelse) - NOT_EXPLAINED.keys() == set()


def test_the_points_are_numbered_without_gaps(raw: Raw):
    """K1 is the first, and the sixteen that the source's own text gives are there."""
    numbers = list(raw("avvik").nr)
    assert numbers == [f"K{i}" for i in range(1, len(numbers) + 1)]
    assert len(numbers) >= 16


def test_every_point_is_linked_from_a_chapter(chapters: dict[str, str], raw: Raw):
    """A reader meets the point where it matters."""
    assert {number.lower() for number in raw("avvik").nr} - asked(chapters, "avvik") == set()


def test_points_lead_back_to_sections_and_works(chapters: dict[str, str], raw: Raw, manifest: dict):
    """Sections and cited works of the points exist."""
    points, known = raw("avvik"), ids(chapters, manifest)
    keys = citation_keys((ROOT / "references.bib").read_text(encoding="utf-8"))
    assert {key for cell in points.seksjon for key in cell.split("; ")} - known == set()
    assert {key for cell in points.sitert if cell for key in cell.split("; ")} - keys == set()


def test_numbers_in_the_points_are_those_of_the_data(raw: Raw):
    """A number that a point tells is in the register, but for years, numbers of figures and of chapters."""
    register = json.loads((ROOT / "figures" / "numbers.json").read_text(encoding="utf-8"))
    known = {f"{n['value']:.{n['decimals']}f}".replace(".", ",") for n in register.values() if n["value"] is not None}
    points = raw("avvik")
    for number, *cells in points[["nr", "tittel", "kilden_sier", "men", "vurdering"]].itertuples(index=False):
        text = re.sub(r"\b20\d\d\b|\b\d-\d\b|kapittel \d", "", " ".join(cells))
        assert set(re.findall(r"\d+(?:,\d+)?", text)) <= known, number


def test_the_outline_leads_to_what_exists(chapters: dict[str, str], raw: Raw, manifest: dict):
    """Each section, figure and table that the outline names is there."""
    named = {key for cell in raw("disposisjon").her for key in cell.split("; ")}
    assert named - ids(chapters, manifest) == set()


def test_the_outline_has_the_whole_report(raw: Raw):
    """Summary, every numbered section and every figure of the source has a row, and so do its five boxes."""
    parts = {"1": 3, "2": 4, "3": 5, "4": 6, "5": 6, "6": 6, "7": 0}
    wanted = {"Sammendrag", *parts, *(f"{chapter}.{i + 1}" for chapter, n in parts.items() for i in range(n))}
    wanted |= {f"Figur {c}-{i + 1}" for c, n in {"1": 2, "2": 2, "4": 7, "5": 6}.items() for i in range(n)}
    outline = raw("disposisjon")
    assert set(outline[outline.type != "boks"].avsnitt) == wanted
    assert (outline.type == "boks").sum() == 5


@pytest.fixture(scope="module")
def shown(manifest: dict) -> dict[str, str]:
    """For each resource, the text of all that is made from it, without the tables of the whole package."""
    texts: dict[str, str] = {}
    for key, item in manifest["items"].items():
        if key in OF_ALL:
            continue
        files = [ROOT / "figures" / f"{key}{suffix}" for suffix in (".csv", ".md") if suffix in item["sizes"]]
        text = "\n".join(file.read_text(encoding="utf-8") for file in files) + "\n".join(item.get("notes", []))
        for name in item["inputs"]:
            texts[name] = texts.get(name, "") + text.replace("\\", "").replace('""', '"')
    return texts


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.csv")), ids=lambda path: path.stem)
def test_every_row_is_shown_somewhere(path: Path, shown: dict[str, str], raw: Raw):
    """A row that no figure, table, listing or number shows would be data without readers."""
    name = path.stem
    assert name in KNOWN_BY, f"say in KNOWN_BY by which column a reader knows a row of {name}"
    cells = " ".join(
        cell
        for number in json.loads((ROOT / "figures" / "numbers.json").read_text(encoding="utf-8")).values()
        for cell in number["cells"]
    )
    lost = [
        row[KNOWN_BY[name]]
        for _, row in raw(name).iterrows()
        if row[KNOWN_BY[name]] not in shown.get(name, "") and f"{name}[{first(row)}" not in cells
    ]
    assert lost == []


def first(row: pd.Series) -> str:
    """How a cell of the register names a row by its first column."""
    return f"{row.index[0]}={row.iloc[0]}"


@pytest.mark.parametrize("url", ["", "https://example.org/a/b/"])
def test_a_reader_is_told_where_to_report(url: str, project: Path, monkeypatch: pytest.MonkeyPatch):
    """The page links to the repository when `_quarto.yml` names it, and says honestly when it does not."""
    from rapport.kontakt import UNKNOWN, meld_fra

    config = project / "_quarto.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  # repo-url:", f"  repo-url: {url}") if url else text, encoding="utf-8")
    monkeypatch.chdir(project)
    assert meld_fra().data == (
        "Meld fra som en [sak i kodelageret](https://example.org/a/b/issues)." if url else UNKNOWN
    )
