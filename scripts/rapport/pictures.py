"""Figures for others' documents: PNG, a slide with headline and source, and an SVG that brings its own letters.

Drawn by Typst from the SVGs of figures/, kept in .cache/ by what they were drawn from, never committed. Knows paths,
fonts and the manifest's entries; no data.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rapport.errors import EngineError
from rapport.fonts import fonts, print_fonts
from rapport.letters import with_letters
from rapport.paths import Paths

PICTURES = {"figur": ".png", "lysbilde": ".lysbilde.png"}
PRINT_SVG = ".trykk.svg"
COVER = "omslag.png"
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
    theme = [(paths.theme / name).read_bytes() for name in ("eksport.typ", "rapport.typ", "tokens.json")]
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
        try:
            made = compiler.compile(format="png", ppi=144)
        except typst.TypstError as error:
            raise EngineError(f"Typst could not make the pictures of theme/eksport.typ:\n{error}") from error
    for path, content in zip(drawings, made if isinstance(made, list) else [made], strict=True):
        _put(path, content)


def _put(path: Path, content: bytes) -> None:
    new = path.with_suffix(".new")
    new.write_bytes(content)
    new.replace(path)


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
            _put(path, with_letters(paths, svg).encode("utf-8"))
    return found


def place_exports(exports: Mapping[str, Path], folder: Path, names: Iterable[str] | None = None) -> None:
    """Copy exports into a folder by their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in exports if names is None else names:
        shutil.copyfile(exports[name], folder / name)
