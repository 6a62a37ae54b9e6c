"""What stands beside the pages: styles, fonts, data and figures, by their address. Knows paths and fonts."""

from __future__ import annotations

from collections.abc import Mapping

from rapport.fonts import fonts, make_font
from rapport.inputs import Inputs, font_files
from rapport.paths import Paths
from rapport.placing import theme_files
from rapport.steps import Step, Steps, code, versions
from rapport.steps.step import Blob, Content, Files

STYLES = ("site.css", "ramme.css", "ikon.svg")
DOWNLOADS = (".csv", ".json", ".svg")


def font_step(name: str, source: str) -> Step:
    """One font cut down for pages; `source` is the digest of the whole font."""
    inputs = {f"font {name}": source, **code("rapport.fonts"), **versions("fonttools", "brotli")}
    return Step(f"web font {name}", inputs, lambda _reads: {f"{name}.woff2": make_font(name)})


def web_fonts(paths: Paths, steps: Steps) -> Files:
    """The fonts of the tokens as WOFF2, by file name."""
    sources = font_files()
    made = (steps.run(font_step(name, sources[f"font {name}.ttf"])) for name in fonts(paths))
    return {file: blob for files in made for file, blob in files.items()}


def assets(paths: Paths, inputs: Inputs, figures: Mapping[str, Blob], web: Files) -> dict[str, Content]:
    """Styles, fonts, data and downloads by their path in the site."""
    styles = {name: (paths.theme / name).read_bytes() for name in STYLES}
    styles["tokens.css"] = theme_files(paths)["tokens.css"].encode()
    data = [name for name in inputs.pick("data/") if name.endswith(".csv") or name == "data/datapackage.json"]
    return {
        **{f"assets/{name}": content for name, content in styles.items()},
        **{f"assets/fonts/{name}": blob for name, blob in web.items()},
        **{f"figures/{name}": blob for name, blob in figures.items() if name.endswith(DOWNLOADS)},
        **{name: (paths.root / name).read_bytes() for name in data},
    }
