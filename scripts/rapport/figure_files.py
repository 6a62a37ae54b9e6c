"""figures/ as one step: kept when nothing in data/, the tokens, the fonts, the code or the libraries has changed.

Light on purpose: what computes (pandas, Altair, the drawer's process) is loaded only when the step is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapport.inputs import Inputs, font_files
from rapport.paths import Paths
from rapport.placing import Written, write
from rapport.steps import Memory, Step, Steps, code, versions
from rapport.steps.step import Content, Files

LIBRARIES = ("altair", "frictionless", "great-tables", "pandas", "vl-convert-python")

Report = Callable[[str, int, int], None]


def computed(paths: Paths, steps: Steps, report: Report) -> dict[str, Content]:
    """Every file of figures/ by name. Raises DataError or NumberError."""
    from rapport.draw import Drawer

    with Drawer() as drawer:  # starts before pandas and Altair are loaded, beside them
        from rapport.data import load
        from rapport.design import load_tokens
        from rapport.pipeline import compute

        return compute(load(paths.data), load_tokens(paths.theme), drawer, steps, report)


def from_nothing(paths: Paths) -> dict[str, str]:
    """Every file of figures/ as text, by name, with no cache: for those who check."""
    files = Steps(Memory()).run(Step("figures", {}, lambda _r: computed(paths, Steps(Memory()), lambda *_told: None)))
    return {name: blob.text() for name, blob in files.items()}


@dataclass(frozen=True, slots=True)
class FigureMaker:
    """Figures for a build: computed first, written when all else holds."""

    paths: Paths
    report: Report

    def make(self, inputs: Inputs, steps: Steps) -> Files:
        """Every file of figures/ by name, kept or made."""
        read = inputs.pick("data/", "theme/tokens.json") | code("rapport.figure_files") | font_files()
        step = Step("figures", read | versions(*LIBRARIES), lambda _r: computed(self.paths, steps, self._told))
        return steps.run(step)

    def _told(self, _what: str, done: int, total: int) -> None:
        self.report("compute figures", done, total)

    def write(self, files: Files) -> Written:
        """Bring figures/ up to date."""
        return write(self.paths, files)
