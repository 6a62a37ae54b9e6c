"""What stands beside the pages: styles, scripts, fonts, data and figures, by their address. Knows the theme."""

from __future__ import annotations

from rapport.downloads import download_files
from rapport.engine.work import Build
from rapport.placing import theme_files
from rapport.steps import Content, Files

STYLES = ("site.css", "ramme.css", "tema.js", "side.js", "noter.js", "sok.js")
MADE = "tokens.css"
DOWNLOADS = (".csv", ".json", ".svg")


def assets(build: Build) -> dict[str, Content]:
    """Styles, scripts, data and the figures' own files by their path in the site."""
    paths = build.paths
    styles: dict[str, Content] = {name: (paths.theme / name).read_bytes() for name in STYLES}
    styles[MADE] = theme_files(paths)[MADE]
    figures = {name: blob for name, blob in build.figures.items() if name.endswith(DOWNLOADS)}
    data = download_files(paths.data, build.steps, build.revision.time)
    return {
        **{f"assets/{name}": content for name, content in styles.items()},
        **{f"figures/{name}": blob for name, blob in figures.items()},
        **{f"data/{name}": content for name, content in data.items()},
    }


def taken_away(fonts: Files, exports: Files) -> dict[str, Content]:
    """The pages' fonts, and the figures for others' documents."""
    figures = {f"figures/{name}": blob for name, blob in exports.items() if name.startswith("fig-")}
    return figures | {f"assets/fonts/{name}": blob for name, blob in fonts.items()}
