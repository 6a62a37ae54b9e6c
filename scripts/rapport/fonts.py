"""The report's fonts, from packages: for charts, for print and, cut down, for pages.

Subsets for pages hold the letters the report can need and are kept in .cache/ by the content of the
font. Knows paths and tokens.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from rapport.design import load_tokens
from rapport.paths import Paths

# The letters of Norway's and Western Europe's languages, Sámi among them, punctuation, arrows and the report's signs.
LETTERS = (
    "20-7E,A0,A7,A9,AB,AD,B0,B1,B7,BB,BD,C0-FF,10C-10D,110-111,14A-14B,152-153,160-161,166-167,17D-17E,"
    "2010-2014,2018-201E,2022,2026,202F,20AC,2190-2193,2212,2248,2260,2264,2265"
)
FEATURES = ("kern", "liga", "lnum", "tnum", "ccmp", "locl")  # what the styles ask for, and what every browser uses


def font_folders() -> list[Path]:
    """The folders of the installed font packages."""
    import font_source_sans_pro
    import font_source_serif_pro

    modules = (font_source_sans_pro, font_source_serif_pro)
    return [Path(str(module.__file__)).parent / "files" for module in modules]


def _subset(source: Path, target: Path) -> None:
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=list(FEATURES), notdef_outline=True, hinting=False)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    subset.save_font(font, str(new), options)
    new.replace(target)


def font_source(name: str) -> Path:
    """The TrueType file of a font of the tokens, in its package."""
    return next(path for folder in font_folders() if (path := folder / f"{name}.ttf").is_file())


def _font_target(paths: Paths, name: str) -> Path:
    source = font_source(name).read_bytes()
    key = hashlib.sha256(source + f"{LETTERS} {FEATURES} unhinted".encode()).hexdigest()[:16]
    return paths.cache / "fonts" / f"{name}-{key}.woff2"


def fonts(paths: Paths) -> dict[str, Path]:
    """Where every font of the tokens lies in the cache as WOFF2, by its name."""
    names = [file["fil"] for family in load_tokens(paths.theme).font.values() for file in family["filer"]]
    return {name: _font_target(paths, name) for name in names}


def fonts_ready(paths: Paths) -> bool:
    """Whether the cache holds every font."""
    return all(target.is_file() for target in fonts(paths).values())


def make_fonts(paths: Paths) -> None:
    """Make the fonts that the cache does not hold."""
    for name, target in fonts(paths).items():
        if not target.is_file():
            _subset(font_source(name), target)


def print_fonts(paths: Paths) -> Path:
    """A folder with just the OpenType files, for Typst.

    The packages hold each font twice, and which of the two Typst would take depends on the machine.
    """
    target = paths.cache / "fonts" / "print"
    target.mkdir(parents=True, exist_ok=True)
    for source in (file for folder in font_folders() for file in sorted(folder.glob("*.otf"))):
        copy = target / source.name
        if not copy.is_file() or copy.stat().st_size != source.stat().st_size:
            new = copy.with_suffix(f".{os.getpid()}")
            shutil.copyfile(source, new)
            new.replace(copy)
    return target
