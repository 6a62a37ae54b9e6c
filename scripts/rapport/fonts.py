"""The report's fonts, from packages: for charts, for print and, cut down, for pages.

Subsets for pages hold the letters the report can need. Knows paths and tokens.
"""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

from rapport.design import load_tokens
from rapport.paths import Paths

# Latin with Norwegian and neighbouring letters, punctuation, arrows and the signs of the report.
LETTERS = "20-7E,A0-17F,2C6,2DC,2010-2027,202F-203A,20AC,2190-2193,2212,2248,2260,2264,2265"
FEATURES = ("kern", "liga", "lnum", "onum", "pnum", "tnum", "calt", "ccmp", "locl", "mark", "mkmk")


def font_folders() -> list[Path]:
    """The folders of the installed font packages."""
    import font_source_sans_pro
    import font_source_serif_pro

    modules = (font_source_sans_pro, font_source_serif_pro)
    return [Path(str(module.__file__)).parent / "files" for module in modules]


def _font_source(name: str) -> Path:
    return next(path for folder in font_folders() if (path := folder / f"{name}.ttf").is_file())


def make_font(name: str) -> bytes:
    """A font cut down to LETTERS, as WOFF2."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=list(FEATURES), notdef_outline=True, hinting=False)
    font = subset.load_font(str(_font_source(name)), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def fonts(paths: Paths) -> list[str]:
    """The names of the tokens' fonts."""
    return [file["fil"] for family in load_tokens(paths.theme).font.values() for file in family["filer"]]


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
