"""The report's fonts for print, in a folder for Typst: each cut down to the letters of pages, and whole as a reserve.

Typst looks each letter up in every table of a font that may hold it: with Greek and Cyrillic left out, the layout of
the report takes a twelfth less work. What a cut font lacks is taken from the whole one, whose family has another name.
"""

from __future__ import annotations

import io
from pathlib import Path

from rapport.fonts import cut, font_folders, letters
from rapport.inputs import font_files
from rapport.paths import Paths
from rapport.remembered import kept_steps
from rapport.steps import Files, Step, Steps, code, versions
from rapport.steps.beside import write_beside
from rapport.steps.digests import combined

WHOLE = " Whole"  # what theme/rapport.typ has after the name of a family
STAMP = "made-of"  # a file beside the fonts: the digest of what they were made of
FAMILY = (1, 16)  # ids in a font's table of names; a weight in the first of them would be no family to Typst


def _sources() -> list[Path]:
    """The OpenType files; the packages hold each font as TrueType too, and Typst would take either."""
    return sorted(file for folder in font_folders() for file in folder.glob("*.otf"))


def _whole(font: bytes) -> bytes:
    """The font under another family name."""
    from fontTools.ttLib import TTFont

    out, read = io.BytesIO(), TTFont(io.BytesIO(font), lazy=True, recalcTimestamp=False)
    family = f"{read['name'].getBestFamilyName()}{WHOLE}"
    for record in read["name"].names:
        if record.nameID in FAMILY:
            record.string = family
    read.save(out)
    return out.getvalue()


def _made(_reads: object) -> dict[str, bytes]:
    fonts, wanted = {path.stem: path.read_bytes() for path in _sources()}, letters()
    cuts = {f"{name}.otf": cut(font, wanted, None, hints=True) for name, font in fonts.items()}
    return cuts | {f"{name}{WHOLE}.otf": _whole(font) for name, font in fonts.items()}


def _step() -> Step:
    return Step(
        "print fonts", {**font_files(), **code("rapport.print_fonts"), **versions("uharfbuzz", "fonttools")}, _made
    )


def made_fonts(steps: Steps) -> Files:
    """The fonts for print, by file name."""
    return steps.run(_step())


def print_fonts(paths: Paths) -> Path:
    """The folder with the fonts for print, and nothing else that is a font; made where it is not as it should be."""
    target = paths.cache / "fonts" / "print"
    stamp, wanted = target / STAMP, combined(dict(_step().inputs))
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return target
    files = made_fonts(kept_steps(paths))
    for old in target.glob("*.otf"):
        if old.name not in files:
            old.unlink(missing_ok=True)
    for name, blob in files.items():
        write_beside(target / name, blob.read())
    write_beside(stamp, wanted.encode("ascii"))
    return target
