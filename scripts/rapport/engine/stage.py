"""What the cells of one build read: the new figures and what the build knows of itself, in the build's own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rapport import shelf
from rapport.engine.facts import FILE, Facts, write_facts
from rapport.engine.kernel import Kernel
from rapport.paths import Paths
from rapport.steps import Files


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder of one build, with what its cells read."""

    paths: Paths
    folder: Path

    @property
    def _figures(self) -> Path:
        return self.folder / "figures"

    def lay(self, figures: Files, facts: Facts) -> None:
        """Put the figures and the facts there."""
        self._figures.mkdir(exist_ok=True)
        for name, blob in figures.items():
            (self._figures / name).write_bytes(blob.read())
        write_facts(self.folder / FILE, facts)

    @contextmanager
    def kernel(self) -> Iterator[Callable[[], Kernel]]:
        """A kernel that starts when it is first asked for; cells that run in this process read there too."""
        told = {"RAPPORT_FIGURES": str(self._figures), "RAPPORT_FACTS": str(self.folder / FILE)}
        with shelf.reading(shelf.Place(self.paths, self._figures, self.folder / FILE)), ExitStack() as stack:
            started: list[Kernel] = []

            def kernel() -> Kernel:
                if not started:
                    started.append(stack.enter_context(Kernel(self.paths.root, told)))
                return started[0]

            yield kernel
