"""Figures for others' documents: PNG, a slide with headline and source, and an SVG that brings its own letters.

Drawn by Typst from the SVGs of figures/, kept in .cache/ by what they were drawn from, never committed. Knows paths,
fonts and the manifest's entries; no data.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rapport.fonts import fonts, make_fonts, print_fonts
from rapport.paths import Paths

PICTURES = {"figur": ".png", "lysbilde": ".lysbilde.png"}
PRINT_SVG = ".trykk.svg"
COVER = "omslag.png"
WEIGHTS = {"400": ("SourceSansPro-Regular", "normal"), "italic": ("SourceSansPro-It", "italic"),
           "600": ("SourceSansPro-Semibold", "normal")}  # fmt: skip
Drawing = dict[str, Any]  # one page of theme/eksport.typ


def _drawings(key: str, item: Mapping[str, Any], svg: str, site: str) -> list[Drawing]:
    """The figure alone and as a slide."""
    found = re.search(r'width="([\d.]+)"', svg)
    assert found is not None  # vl-convert always writes it
    shared = {
        "svg": svg, "bredde": float(found[1]), "tittel": item["title"], "undertittel": item["subtitle"],
        "kilde": f"Kilde: {item['source']}", "alt": item["alt"], "nettsted": site,
    }  # fmt: skip
    return [shared | {"slag": kind, "name": f"{key}{suffix}"} for kind, suffix in PICTURES.items()]


def _key(paths: Paths, drawing: Drawing) -> str:
    """What the picture depends on, as a name for it in the cache."""
    theme = [(paths.theme / name).read_bytes() for name in ("eksport.typ", "tokens.json")]
    facts = json.dumps([drawing, version("typst")], sort_keys=True).encode()
    return hashlib.sha256(b"\0".join([*theme, facts])).hexdigest()[:24]


def _draw(paths: Paths, drawings: Mapping[Path, Drawing]) -> None:
    """Draw what the cache lacks, all in one go."""
    import typst

    with tempfile.TemporaryDirectory(dir=paths.cache / "eksport") as name:
        folder = Path(name)
        jobs = []
        for number, drawing in enumerate(drawings.values()):
            job = dict(drawing)
            if "svg" in job:
                (folder / f"{number}.svg").write_text(job["svg"], encoding="utf-8")
                job["svg"] = f"/{(folder / f'{number}.svg').relative_to(paths.root).as_posix()}"
            jobs.append(job)
        (folder / "jobb.json").write_text(json.dumps(jobs), encoding="utf-8")
        compiler = typst.Compiler(
            str(paths.theme / "eksport.typ"), root=str(paths.root), font_paths=[str(print_fonts(paths))],
            ignore_system_fonts=True,
            sys_inputs={"jobb": f"/{(folder / 'jobb.json').relative_to(paths.root).as_posix()}"},
        )  # fmt: skip
        made = compiler.compile(format="png", ppi=144)
    for path, content in zip(drawings, made if isinstance(made, list) else [made], strict=True):
        _put(path, content)


def _put(path: Path, content: bytes) -> None:
    new = path.with_suffix(".new")
    new.write_bytes(content)
    new.replace(path)


def _face(paths: Paths, name: str, letters: str) -> str:
    """A font cut down to the letters, as text for a style sheet."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=["kern", "lnum"], hinting=False)
    font = subset.load_font(str(fonts(paths)[name]), options)
    cut = subset.Subsetter(options)
    cut.populate(text=letters)
    cut.subset(font)
    out = io.BytesIO()
    font.flavor = "woff2"
    font["head"].modified = font["head"].created  # never the clock
    font.recalcTimestamp = False
    font.save(out)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _with_letters(paths: Paths, svg: str) -> str:
    """The SVG with the fonts it uses inside it."""
    letters = "".join(sorted(set(unescape(re.sub(r"<[^>]+>", "", svg)))))
    used = {"400"} | {mark for mark in ("600", "italic") if f'="{mark}"' in svg}
    rules = ""
    for mark in sorted(used):
        name, style = WEIGHTS[mark]
        weight = "600" if mark == "600" else "400"
        rules += (
            f"@font-face{{font-family:'Source Sans Pro';font-weight:{weight};font-style:{style};"
            f"src:url(data:font/woff2;base64,{_face(paths, name, letters)})}}"
        )
    return re.sub(r"(<svg\b[^>]*>)", rf"\1<style>{rules}</style>", svg, count=1)


def make_exports(paths: Paths, figures: Path, cover: Drawing) -> dict[str, Path]:
    """Every export by its name, each a file in .cache/eksport/; what is there already is not drawn again.

    figures: a folder with the manifest and the SVG of each figure; cover: title, subtitle and note of the e-book's
    cover, the title also for the foot of slides.
    """
    items = json.loads((figures / "manifest.json").read_text(encoding="utf-8"))["items"]
    cache = paths.cache / "eksport"
    cache.mkdir(parents=True, exist_ok=True)
    svgs = {
        key: (figures / f"{key}.svg").read_text(encoding="utf-8")
        for key, item in items.items()
        if ".svg" in item["sizes"]
    }
    drawings = [d for key, svg in svgs.items() for d in _drawings(key, items[key], svg, cover["tittel"])]
    drawings.append(cover | {"slag": "omslag", "name": COVER})
    found = {str(d["name"]): cache / f"{_key(paths, d)}.png" for d in drawings}
    missing = {found[d["name"]]: d for d in drawings if not found[d["name"]].is_file()}
    if missing:
        _draw(paths, missing)
    return found | _print_svgs(paths, cache, svgs)


def _print_svgs(paths: Paths, cache: Path, svgs: Mapping[str, str]) -> dict[str, Path]:
    found = {}
    for key, svg in svgs.items():
        name = hashlib.sha256((svg + str(sorted(fonts(paths).items()))).encode()).hexdigest()[:24]
        found[f"{key}{PRINT_SVG}"] = path = cache / f"{name}.svg"
        if not path.is_file():
            make_fonts(paths)  # the build's fonts may still be on their way
            _put(path, _with_letters(paths, svg).encode("utf-8"))
    return found


def place_exports(exports: Mapping[str, Path], folder: Path, names: Iterable[str] | None = None) -> None:
    """Copy exports into a folder by their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in exports if names is None else names:
        shutil.copyfile(exports[name], folder / name)
