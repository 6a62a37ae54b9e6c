"""The report's fonts, from packages: for charts and, cut down, for pages; print_fonts.py has those for print.

Subsets for pages hold the letters the report can need, each a step. Knows paths and tokens.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from rapport.design import load_tokens
from rapport.errors import EngineError
from rapport.inputs import font_files
from rapport.paths import Paths
from rapport.steps import Files, Step, Steps, code, versions
from rapport.workers import Workers

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


def font_source(name: str) -> Path:
    """The TrueType file of a font of the tokens, in its package."""
    return next(path for folder in font_folders() if (path := folder / f"{name}.ttf").is_file())


def cut(font: bytes, letters: Iterable[int], features: Iterable[str] | None, *, hints: bool = False) -> bytes:
    """A font with these code points alone, and the features that are asked for, all when None; without hints."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.unicode_set.update(letters)
    wanted.layout_feature_tag_set.clear()
    if features is None:
        wanted.layout_feature_tag_set.invert()
    else:
        wanted.layout_feature_tag_set.update(int.from_bytes(feature.encode("ascii"), "big") for feature in features)
    wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE | (hb.SubsetFlags.DEFAULT if hints else hb.SubsetFlags.NO_HINTING)
    return hb.subset(hb.Face(font), wanted).blob.data


def letters() -> list[int]:
    """The code points of LETTERS."""
    from fontTools.subset import parse_unicodes

    return list(parse_unicodes(LETTERS))


def make_font(name: str) -> bytes:
    """A font cut down to LETTERS, as WOFF2."""
    from fontTools.ttLib import woff2

    out = io.BytesIO()
    woff2.compress(io.BytesIO(cut(font_source(name).read_bytes(), letters(), FEATURES)), out)
    return out.getvalue()


def font_names(paths: Paths) -> list[str]:
    """The names of the tokens' fonts."""
    return [file["fil"] for family in load_tokens(paths.theme).font.values() for file in family["filer"]]


def font_step(name: str, source: str, workers: Workers) -> Step:
    """One font cut down for pages; `source` is the digest of the whole font."""
    inputs = {f"font {name}": source, **code("rapport.fonts"), **versions("uharfbuzz", "fonttools", "brotli")}
    return Step(f"web font {name}", inputs, lambda _reads: {f"{name}.woff2": workers.call(make_font, name)})


def web_fonts(paths: Paths, steps: Steps, workers: Workers) -> Files:
    """The fonts of the tokens as WOFF2, by file name."""
    sources = font_files()
    missing = [name for name in font_names(paths) if f"font {name}.ttf" not in sources]
    if missing:
        raise EngineError(f"fonts are missing: {', '.join(missing)}.\n  To mend it: run `make report`.")
    made = steps.run_each(font_step(name, sources[f"font {name}.ttf"], workers) for name in font_names(paths))
    return {file: blob for files in made for file, blob in files.items()}
