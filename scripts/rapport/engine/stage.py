"""What the cells of one build read: the new figures and what the build knows of itself, in the build's own folder.

A cell that says what it reads finds that and nothing else; a kernel finds all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rapport import shelf
from rapport.engine.facts import FILE, Facts, write_facts
from rapport.engine.here import Here
from rapport.engine.kernel import Kernel
from rapport.paths import Paths
from rapport.steps import Files

SHARED = ("manifest.json", "numbers.json", "terms.json")


@dataclass(slots=True)
class Stage:
    """The folder of one build, for cells that read `figures` (the files of figures/) and `facts`."""

    paths: Paths
    folder: Path
    figures: Files
    facts: Facts
    _laid: set[str] = field(default_factory=set)
    _stack: ExitStack = field(default_factory=ExitStack)
    _kernel: Kernel | None = None

    @property
    def _figures(self) -> Path:
        return self.folder / "figures"

    def _lay(self, names: Iterable[str]) -> None:
        if not self._laid:
            self._figures.mkdir(exist_ok=True)
            write_facts(self.folder / FILE, self.facts)
        for name in {*SHARED, *names} & self.figures.keys() - self._laid:
            (self._figures / name).write_bytes(self.figures[name].read())
            self._laid.add(name)

    def here(self, keys: Iterable[str]) -> Here:
        """What runs cells in this process, where they find the files of these figures, tables and listings."""
        wanted = set(keys)
        self._lay(name for name in self.figures if name.partition(".")[0] in wanted)
        return Here()

    def kernel(self) -> Kernel:
        """A kernel, the same each time, which finds every file."""
        if self._kernel is None:
            self._lay(self.figures)
            told = {"RAPPORT_FIGURES": str(self._figures), "RAPPORT_FACTS": str(self.folder / FILE)}
            self._kernel = self._stack.enter_context(Kernel(self.paths.root, told))
        return self._kernel

    @contextmanager
    def open(self) -> Iterator[Stage]:
        """While cells run: those of this process read there, and the kernel ends with it."""
        with shelf.reading(shelf.Place(self.paths, self._figures, self.folder / FILE)), self._stack:
            yield self
