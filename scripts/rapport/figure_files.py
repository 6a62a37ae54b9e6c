"""figures/ as one step: kept when nothing in data/, the tokens, the fonts, the code or the libraries has changed.

Light on purpose: what computes (pandas, Altair, the drawer's processes) is loaded only when the step is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapport.inputs import Inputs, font_files
from rapport.metadata import committed
from rapport.paths import Paths
from rapport.placing import Written, write
from rapport.steps import Memory, Step, Steps, program, versions
from rapport.steps.step import Blob, Content, Files
from rapport.workers import Workers

Drawn = Callable[[Mapping[str, Any], Blob], None]
LIBRARIES = ("altair", "arro3-core", "arro3-io", "great-tables", "pandas", "vl-convert-python")


def computed(paths: Paths, steps: Steps, workers: Workers, drawn: Drawn) -> dict[str, Content]:
    """Every file of figures/ by name; `drawn` is told of each figure early. Raises DataError or NumberError."""
    from rapport.draw import warm_up

    workers.submit(warm_up)  # beside what is loaded here
    from rapport.data import load
    from rapport.design import load_tokens
    from rapport.pipeline import compute

    return compute(load(paths.data), load_tokens(paths.theme), workers, steps, drawn)


@dataclass(frozen=True, slots=True)
class Computed:
    """The files of figures/ by name, and those that stand in the project's root."""

    figures: Files
    root: Files


@dataclass(frozen=True, slots=True)
class FigureMaker:
    """Figures for a build: computed first, written when all else holds."""

    paths: Paths
    workers: Workers

    def make(self, inputs: Inputs, steps: Steps, drawn: Drawn = lambda _facts, _svg: None) -> Computed:
        """Everything that follows from data/, kept or made. Raises DataError, NumberError or BookError.

        `drawn` hears of each figure as soon as it is drawn: what the manifest will say of it, and its drawing.
        """
        read = inputs.pick("data/", "theme/tokens.json") | program() | font_files()
        step = Step("figures", read | versions(*LIBRARIES), lambda _r: computed(self.paths, steps, self.workers, drawn))
        figures = steps.run(step)
        return Computed(figures, steps.run(self._metadata(inputs, figures)))

    def _metadata(self, inputs: Inputs, figures: Files) -> Step:
        manifest = figures["manifest.json"]
        read = {**inputs.pick("data/", "_quarto.yml"), "manifest.json": manifest.digest, **program()}
        return Step("metadata", read | versions("PyYAML"), lambda _r: committed(self.paths, manifest.text()))

    def write(self, made: Computed) -> Written:
        """Bring figures/ and the files in the root up to date."""
        return write(self.paths, made.figures, made.root)


def as_files(texts: Mapping[str, str]) -> Files:
    """Texts as a step would have made them."""
    store = Memory()
    return {name: store.put(text.encode("utf-8")) for name, text in texts.items()}
