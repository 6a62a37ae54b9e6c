"""What stands beside the pages: styles, fonts, data and figures. Knows paths and fonts."""

from __future__ import annotations

import shutil
from pathlib import Path

from rapport.engine.search import write_search
from rapport.fonts import fonts
from rapport.paths import Paths

STYLES = ("tokens.css", "site.css", "ramme.css", "tema.js", "side.js", "sok.js")


def write_assets(paths: Paths, figures: Path, site: Path) -> None:
    """Styles, scripts, fonts, CSVs, the figures in the folder `figures`, and the search, beside the site's pages."""
    assets = site / "assets"
    (assets / "fonts").mkdir(parents=True)
    for name in STYLES:
        shutil.copyfile(paths.theme / name, assets / name)
    for name, path in fonts(paths).items():
        shutil.copyfile(path, assets / "fonts" / f"{name}.woff2")
    downloads = [
        *sorted(figures.glob("*.csv")),
        *sorted(figures.glob("*.json")),
        *sorted(figures.glob("*.svg")),
    ]
    _copy(downloads, site / "figures")
    _copy(sorted(paths.data.glob("*.csv")), site / "data")
    write_search(paths, site)


def fill(site: Path, mark: str, text: str) -> None:
    """What was not known when the pages were made, in every page, in place of its mark."""
    for page in site.rglob("*.html"):
        page.write_text(page.read_text(encoding="utf-8").replace(mark, text), encoding="utf-8")


def _copy(files: list[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)
