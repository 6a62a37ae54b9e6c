"""What the cells of one build read: the new figures and what the build knows of itself.

A cell that says what it reads finds that and nothing else, in this process and without a file; a kernel finds all of
it, in the build's own folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapport import shelf
from rapport.engine.facts import FILE, Facts, as_read, write_facts
from rapport.engine.here import Here
from rapport.engine.kernel import Kernel
from rapport.paths import Paths
from rapport.steps import Files

SHARED = ("manifest.json", "numbers.json", "terms.json")


@dataclass(slots=True)
class Stage:
    """For cells that read `figures` (the files of figures/) and `facts`; `folder` is the build's own.

    `content` gives a JSON file of figures/, parsed.
    """

    paths: Paths
    folder: Path
    figures: Files
    facts: Facts
    content: Callable[[str], Mapping[str, Any]]
    _shown: set[str] = field(default_factory=set)
    _stack: ExitStack = field(default_factory=ExitStack)
    _kernel: Kernel | None = None

    def _text(self, name: str) -> str | None:
        return self.figures[name].text() if name in self._shown else None

    def _json(self, name: str) -> Mapping[str, Any] | None:
        return self.content(name) if name in self._shown else None

    def here(self, keys: Iterable[str]) -> Here:
        """What runs cells in this process, where they find the files of these figures, tables and listings."""
        wanted = set(keys)
        self._shown = {name for name in self.figures if name in SHARED or name.partition(".")[0] in wanted}
        return Here()

    def kernel(self) -> Kernel:
        """A kernel, the same each time, which finds every file."""
        if self._kernel is None:
            told = {"RAPPORT_FIGURES": str(self._laid()), "RAPPORT_FACTS": str(self.folder / FILE)}
            self._kernel = self._stack.enter_context(Kernel(self.paths.root, told))
        return self._kernel

    def _laid(self) -> Path:
        """A folder with every file, beside the facts."""
        figures = self.folder / "figures"
        figures.mkdir(exist_ok=True)
        write_facts(self.folder / FILE, self.facts)
        for name, blob in self.figures.items():
            (figures / name).write_bytes(blob.read())
        return figures

    @contextmanager
    def open(self) -> Iterator[Stage]:
        """While cells run: those of this process read there, and the kernel ends with it."""
        with shelf.reading(shelf.Place(self.paths, self._text, self._json, as_read(self.facts))), self._stack:
            yield self
