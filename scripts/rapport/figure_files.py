"""figures/ as one step: kept when nothing in data/, the tokens, the fonts, the code or the libraries has changed.

Light on purpose: what computes (pandas, Altair, Vega) is loaded in a process of its own, when the step is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from rapport.computing import Computing, Drawn
from rapport.inputs import Inputs, font_files
from rapport.paths import Paths
from rapport.placing import Written, write
from rapport.steps import Memory, Step, Steps, program, versions
from rapport.steps.step import Files

LIBRARIES = ("altair", "arro3-core", "arro3-io", "great-tables", "pandas", "vl-convert-python")


@dataclass(frozen=True, slots=True)
class Computed:
    """The files of figures/ by name, and those that stand in the project's root, which may still be made."""

    figures: Files
    root: Future[Files]


@dataclass(frozen=True, slots=True)
class FigureMaker:
    """Figures for a build: computed first, written when all else holds."""

    paths: Paths

    def make(self, inputs: Inputs, steps: Steps) -> Computed:
        """Everything that follows from data/, kept or made. Raises DataError, NumberError or BookError."""
        with self.begun(inputs, steps, lambda _facts, _svg: None, Event()) as coming:
            return coming.result()

    @contextmanager
    def begun(self, inputs: Inputs, steps: Steps, drawn: Drawn, free: Event) -> Iterator[Future[Computed]]:
        """What `make` gives, made beside the block; it is given up when the block fails.

        `drawn` hears of each figure as soon as it is drawn: what the manifest will say of it, and its drawing. What
        stands in the root is made when `free` is set, at the latest when the block ends: nobody waits for it.
        """
        with Computing(self.paths) as computing, ThreadPoolExecutor(2) as pool:
            step = self._figures(inputs, lambda: computing.files(steps, drawn))
            if not steps.known(step):
                computing.begin()  # now, while there is no other thread

            def made() -> Computed:
                figures = steps.run(step)
                return Computed(figures, pool.submit(self._root, inputs, steps, figures, free))

            try:
                yield pool.submit(made)
            except BaseException:
                computing.give_up()
                raise
            finally:
                free.set()

    def _figures(self, inputs: Inputs, compute: Callable[[], Files]) -> Step:
        read = inputs.pick("data/", "theme/tokens.json") | program() | font_files()
        return Step("figures", read | versions(*LIBRARIES), lambda _r: compute())

    def _root(self, inputs: Inputs, steps: Steps, figures: Files, free: Event) -> Files:
        """The files that stand in the root, made when `free` is set."""
        free.wait()
        return steps.run(self._metadata(inputs, figures))

    def _metadata(self, inputs: Inputs, figures: Files) -> Step:
        from rapport.metadata import committed  # late: it reads the book

        manifest = figures["manifest.json"]
        read = {**inputs.pick("data/", "_quarto.yml"), "manifest.json": manifest.digest, **program()}
        return Step("metadata", read | versions("PyYAML"), lambda _r: committed(self.paths, manifest.text()))

    def write(self, made: Computed) -> Written:
        """Bring figures/ and the files in the root up to date."""
        return write(self.paths, made.figures, made.root.result())


def as_files(texts: Mapping[str, str]) -> Files:
    """Texts as a step would have made them."""
    store = Memory()
    return {name: store.put(text.encode("utf-8")) for name, text in texts.items()}
