"""The fonts for print: cut down to the letters of pages, and whole where a text has others."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
import typst
from fontTools.ttLib import TTFont

from rapport.fonts import font_folders, letters
from rapport.paths import Paths
from rapport.print_fonts import STAMP, WHOLE, print_fonts

REGULAR = "SourceSansPro-Regular"
MAIN = '#import "/theme/rapport.typ": skrift\n#set text(font: skrift("tekst"), fallback: false)\n'


@pytest.fixture
def project(tmp_path: Path, paths: Paths) -> Paths:
    """A project with the theme alone."""
    (tmp_path / "theme").mkdir()
    for name in ("rapport.typ", "tokens.json"):
        (tmp_path / "theme" / name).write_bytes((paths.theme / name).read_bytes())
    return Paths(tmp_path)


def fonts_of(project: Paths, text: str) -> list[str]:
    """The fonts of a PDF that says `text`, by the names of their outlines, which the whole and the cut share."""
    main = project.root / "main.typ"
    main.write_text(MAIN + text, encoding="utf-8")
    folder = print_fonts(project)
    made = typst.Compiler(
        str(main), root=str(project.root), font_paths=[str(folder)], ignore_system_fonts=True
    ).compile(format="pdf")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return [
            str(font.BaseFont).partition("+")[2].partition("-Id")[0] for font in pdf.pages[0].Resources.Font.values()
        ]


def test_a_text_of_the_report_needs_the_cut_fonts_alone(project: Paths):
    """All letters that pages have stand in the cut font."""
    said = "".join(chr(code) for code in letters() if chr(code).isalnum())
    assert fonts_of(project, f"#{json.dumps(said, ensure_ascii=False)}") == [REGULAR]


@pytest.mark.parametrize("weight", [300, 400, 600, 700])
def test_other_letters_are_taken_from_the_whole_font(project: Paths, weight: int):
    """A name from elsewhere is set in the same type and weight, and no letter is lost."""
    named = fonts_of(project, f"#set text(weight: {weight})\nŁukasz Świątek, Ωμέγα")
    assert len(named) == len(["cut", "whole"])
    assert set(named) == {f"SourceSansPro-{ {300: 'Light', 400: 'Regular', 600: 'Semibold', 700: 'Bold'}[weight] }"}


def test_families_are_those_that_the_theme_names(project: Paths):
    """Each family twice, with all its weights: Typst takes no weight for a part of a family's name."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(print_fonts(project))]
    )
    families = {
        family["familie"] for family in json.loads((project.theme / "tokens.json").read_text())["font"].values()
    }
    assert set(fonts.families()) == families | {f"{family}{WHOLE}" for family in families}


def test_a_cut_font_sets_its_letters_as_the_whole_one(project: Paths):
    """The cut is as wide, letter by letter, and offers the same forms, such as raised numbers and small capitals."""
    folder = print_fonts(project)
    cut, whole = TTFont(folder / f"{REGULAR}.otf"), TTFont(folder / f"{REGULAR}{WHOLE}.otf")

    def widths(font: TTFont) -> dict[int, int]:
        glyphs = font.getBestCmap()
        return {code: font["hmtx"][glyphs[code]][0] for code in letters() if code in glyphs}

    def forms(font: TTFont) -> set[str]:
        return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}

    assert widths(cut) == widths(whole)
    assert forms(whole) - forms(cut) <= {"ccmp", "locl"}  # for letters that the cut has not
    assert forms(cut) >= {"sups", "smcp", "liga"}


def test_every_font_of_the_packages_is_there(project: Paths):
    """Each in two files, and nothing else that Typst could take."""
    names = {path.stem for folder in font_folders() for path in folder.glob("*.otf")}
    expected = {f"{name}{kind}.otf" for name in names for kind in ("", WHOLE)}
    assert {path.name for path in print_fonts(project).iterdir()} == expected | {STAMP}


def test_fonts_of_another_making_are_replaced(project: Paths):
    """What an earlier program or package left is made anew or taken away."""
    folder = print_fonts(project)
    right = (folder / f"{REGULAR}.otf").read_bytes()
    (folder / f"{REGULAR}.otf").write_bytes(b"noe annet")
    (folder / "Fremmed.otf").write_bytes(b"noe annet")
    (folder / STAMP).write_text("en annen gang", encoding="ascii")
    assert print_fonts(project) == folder
    assert (folder / f"{REGULAR}.otf").read_bytes() == right
    assert not (folder / "Fremmed.otf").exists()
