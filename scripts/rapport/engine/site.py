"""What stands beside the pages: styles, fonts, data and figures. Knows paths and fonts."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from rapport.downloads import write_downloads
from rapport.engine.search import write_search
from rapport.fonts import fonts
from rapport.paths import Paths

STYLES = ("tokens.css", "site.css", "ramme.css", "tema.js", "side.js", "sok.js")


def write_assets(paths: Paths, figures: Path, site: Path, time: datetime) -> None:
    """Styles, scripts, fonts, data dated `time`, the figures of the folder `figures`, and the search."""
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
    write_downloads(paths.data, site / "data", time)
    write_search(paths, site)


def _copy(files: list[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)
