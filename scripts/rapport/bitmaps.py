"""PNGs by Typst from theme/eksport.typ: a page of it for each drawing. Knows the theme and the fonts.

A drawing is a dictionary: `slag` says which page of the template it is, `name` what its PNG is called, `svg` holds the
text of the SVG that it shows, where it shows one; the rest is what the template asks for.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from rapport.errors import EngineError
from rapport.paths import Paths
from rapport.print_fonts import print_fonts

TEMPLATES = ("theme/eksport.typ", "theme/rapport.typ", "theme/tokens.json")  # what is read besides the drawings
Drawing = dict[str, Any]


def _jobs(drawings: list[Drawing], folder: Path, root: Path) -> Iterator[Drawing]:
    """The drawings as Typst reads them: each SVG as a file."""
    for number, drawing in enumerate(drawings):
        if "svg" in drawing:
            (folder / f"{number}.svg").write_text(drawing["svg"], encoding="utf-8")
            yield drawing | {"svg": f"/{(folder / f'{number}.svg').relative_to(root).as_posix()}"}
        else:
            yield drawing


@cache
def _compiler(paths: Paths) -> Any:
    """A process's own, which has read the fonts."""
    import typst

    return typst.Compiler(
        str(paths.theme / "eksport.typ"), root=str(paths.root), font_paths=[str(print_fonts(paths))],
        ignore_system_fonts=True,
    )  # fmt: skip


def draw(paths: Paths, drawings: list[Drawing]) -> dict[str, bytes]:
    """The drawings as PNG, by their names. Raises EngineError with Typst's own words."""
    import typst

    cache = paths.cache / "build"
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as name:
        folder = Path(name)
        (folder / "jobb.json").write_text(json.dumps(list(_jobs(drawings, folder, paths.root))), encoding="utf-8")
        job = f"/{(folder / 'jobb.json').relative_to(paths.root).as_posix()}"
        try:
            made = _compiler(paths).compile(format="png", ppi=144, sys_inputs={"jobb": job})
        except typst.TypstError as error:
            raise EngineError(f"Typst could not make the pictures of theme/eksport.typ:\n{error}") from error
    contents = made if isinstance(made, list) else [made]
    return {str(drawing["name"]): content for drawing, content in zip(drawings, contents, strict=True)}
