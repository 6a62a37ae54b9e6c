"""What stands beside the pages: styles, fonts, data, figures. Knows paths and tokens.

Fonts are cut down to the letters the report can need and kept in .cache/, by the content of the file.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from rapport.design import load_tokens
from rapport.draw import font_folders
from rapport.paths import Paths

STYLES = ("tokens.css", "site.css", "ramme.css", "ikon.svg")

# Latin with Norwegian and neighbouring letters, punctuation, arrows and the signs of the report.
LETTERS = "U+0020-007E,U+00A0-017F,U+02C6,U+02DC,U+2010-2027,U+202F-203A,U+20AC,U+2190-2193,U+2212,U+2248,U+2260,U+2264,U+2265"
FEATURES = ("kern", "liga", "lnum", "onum", "pnum", "tnum", "calt", "ccmp", "locl", "mark", "mkmk")


def _subset(source: Path, target: Path) -> None:
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=list(FEATURES), notdef_outline=True)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS.replace("U+", "")))
    subsetter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".new")
    subset.save_font(font, str(new), options)
    new.replace(target)


def _font_source(name: str) -> Path:
    return next(path for folder in font_folders() if (path := folder / f"{name}.ttf").is_file())


def _font_target(paths: Paths, name: str) -> Path:
    source = _font_source(name).read_bytes()
    key = hashlib.sha256(source + LETTERS.encode() + repr(FEATURES).encode()).hexdigest()[:16]
    return paths.cache / "fonts" / f"{name}-{key}.woff2"


def fonts(paths: Paths) -> dict[str, Path]:
    """Where every font of the tokens lies in the cache as WOFF2, by its name."""
    names = [file["fil"] for family in load_tokens(paths.theme).font.values() for file in family["filer"]]
    return {name: _font_target(paths, name) for name in names}


def make_fonts(paths: Paths) -> None:
    """Make the fonts that the cache does not hold."""
    for name, target in fonts(paths).items():
        if not target.is_file():
            _subset(_font_source(name), target)


def write_assets(paths: Paths, site: Path) -> None:
    """Styles, fonts, figures and data into the site's folder."""
    assets = site / "assets"
    (assets / "fonts").mkdir(parents=True)
    for name in STYLES:
        shutil.copyfile(paths.theme / name, assets / name)
    for name, path in fonts(paths).items():
        shutil.copyfile(path, assets / "fonts" / f"{name}.woff2")
    downloads = [*sorted(paths.figures.glob("*.csv")), *sorted(paths.figures.glob("*.json")), *sorted(paths.figures.glob("*.svg"))]
    _copy(downloads, site / "figures")
    _copy([*sorted(paths.data.glob("*.csv")), paths.data / "datapackage.json"], site / "data")


def _copy(files: list[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)
