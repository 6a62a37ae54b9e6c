"""The chapters with their cells run, each a step: run again when its text or something its cells name has changed.

Knows chapters and the files of figures/, not what is in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rapport.engine.execute import execute
from rapport.engine.kernel import Kernel
from rapport.engine.uses import Use, uses
from rapport.errors import RapportError
from rapport.steps import Step, Steps, code, digest, one_of_a_kind, versions
from rapport.steps.digests import combined
from rapport.steps.step import Files

LIBRARIES = ("ipykernel", "ipython", "nbclient")
ENTRIES = {"n": "numbers.json", "term": "terms.json"}  # helpers that read one entry of a file


class Shelf:
    """The files of figures/, and the digest of what one helper's call reads of them."""

    def __init__(self, figures: Files) -> None:
        self.figures = figures
        self._json: dict[str, Mapping[str, Any]] = {}

    def _entry(self, name: str, key: str) -> str:
        if name not in self._json:
            self._json[name] = self.figures[name].json()
        return digest(repr(self._json[name].get(key)))

    def read(self, use: Use) -> str:
        """The digest of an entry, or of the files of a figure, table or listing and of the manifest's words on it."""
        helper, key = use
        if helper in ENTRIES:
            return self._entry(ENTRIES[helper], key)
        item = {"avvik": "lst-avvik", "listing": f"lst-{key}"}.get(helper, key)
        files = {name: blob.digest for name, blob in self.figures.items() if name.startswith(f"{item}.")}
        manifest = self.figures["manifest.json"].json() if "items" not in self._json else {}
        if manifest:
            self._json |= {"items": manifest["items"], "manifest": manifest}
        version = digest(str(self._json["manifest"]["data_version"]))
        return combined({**files, "version": version, "entry": self._entry("items", item)})


def _step(
    file: str, source: str, echo: bool, shelf: Shelf, tokens: Mapping[str, str], kernel: Callable[[], Kernel]
) -> Step:
    called = uses(source)
    read = {f"{helper} {key}": shelf.read((helper, key)) for helper, key in called or []}
    if called is None:
        read = {"a cell that may read anything": one_of_a_kind()}
    inputs = {file: digest(source), "execute.echo": str(echo), **read, **tokens,
              **code("rapport.kapittel", "rapport.engine.execute"), **versions(*LIBRARIES)}  # fmt: skip
    return Step(f"cells {file}", inputs, lambda _r: {"text.md": execute({file: source}, kernel(), echo=echo)[file]})


def run_chapters(
    sources: Mapping[str, str], echo: bool, figures: Files, tokens: Mapping[str, str], kernel: Callable[[], Kernel],
    steps: Steps, report: Callable[[int, int], None],
) -> Files:  # fmt: skip
    """The chapters as Markdown, by path. Raises RapportError with every cell that failed, of all chapters."""
    shelf, done, faults = Shelf(figures), {}, []
    for number, (file, source) in enumerate(sources.items()):
        report(number, len(sources))
        try:
            done[file] = steps.run(_step(file, source, echo, shelf, tokens, kernel))["text.md"]
        except RapportError as error:
            faults += error.faults
    if faults:
        raise RapportError(*faults)
    return done
