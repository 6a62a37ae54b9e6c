"""The chapters with their cells run, each a step: run again when its text or something its cells name has changed.

Knows chapters, the files of figures/ and the facts of the build, not what is in them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rapport.engine.execute import execute
from rapport.engine.reads import MODULES, Call, calls
from rapport.engine.stage import Stage
from rapport.errors import RapportError
from rapport.steps import Step, Steps, code, digest, one_of_a_kind, versions
from rapport.steps.digests import combined
from rapport.steps.step import Files

LIBRARIES = ("ipykernel", "ipython", "nbclient")
ENTRIES = {"n": "numbers.json", "term": "terms.json"}  # helpers that read one entry of a file
CODE = (*MODULES, "rapport.engine.execute")


def _digest(value: Any) -> str:
    return digest(json.dumps(value, sort_keys=True))


def item_key(call: Call) -> str:
    """The figure, table or listing that a helper's call reads, where it reads one."""
    helper, key = call
    return {"avvik": "lst-avvik", "listing": f"lst-{key}"}.get(helper, key) or ""


class Shelf:
    """What lies there for the cells, and the digest of what one helper's call reads of it.

    figures: the files of figures/; facts: those of engine/facts.py; settings: the digests of files that
    every chapter may depend on, tokens.json and _quarto.yml.
    """

    def __init__(self, figures: Files, facts: Mapping[str, Any], settings: Mapping[str, str]) -> None:
        self.figures, self.facts, self.settings = figures, facts, settings
        self._json: dict[str, Mapping[str, Any]] = {}
        self._files: dict[str, dict[str, str]] = {}
        for name, blob in figures.items():
            self._files.setdefault(name.partition(".")[0], {})[name] = blob.digest

    def content(self, name: str) -> Mapping[str, Any]:
        """A JSON file of figures/, parsed once for all chapters."""
        if name not in self._json:
            self._json[name] = self.figures[name].json()
        return self._json[name]

    def _all(self, *names: str) -> str:
        return combined({name: self.figures[name].digest for name in names if name in self.figures})

    def _verdict(self, key: str) -> dict[str, Any]:
        """What a figure says of the build and of its verification."""
        told = ("commit", "dates", "verified")
        return {name: self.facts.get(name) for name in told} | {"state": self.facts.get("states", {}).get(key)}

    def _item(self, helper: str, key: str) -> str:
        manifest = self.content("manifest.json")
        files = self._files.get(key, {})
        if helper == "small_figure":
            return _digest([key in manifest["items"], files.get(f"{key}.liten.html")])
        facts = self._verdict(key) if helper == "figure" else None
        return _digest([manifest["items"].get(key), manifest["data_version"], files, facts])

    def read(self, call: Call) -> str:
        """The digest of an entry, of a figure, table or listing with the manifest's words on it, or of the facts."""
        helper, key = call
        if helper in ENTRIES:
            return _digest(self.content(ENTRIES[helper]).get(key))
        if helper == "register":
            told = {name: self.facts.get(name) for name in ("uses", "verified")} | self._verdict("numbers.json")
            return combined({"facts": _digest(told), "files": self._all("numbers.json", "manifest.json")})
        if helper == "verification":
            return combined({"facts": _digest(self.facts), "files": self._all("manifest.json")})
        if helper == "meld_fra":
            return self.settings["_quarto.yml"]
        return self._item(helper, item_key(call))


def _step(file: str, source: str, echo: bool, shelf: Shelf, stage: Stage) -> Step:
    called = calls(source)
    read = {" ".join(filter(None, call)): shelf.read(call) for call in called or []}
    inputs = {file: digest(source), "execute.echo": str(echo), "theme/tokens.json": shelf.settings["theme/tokens.json"],
              **read, **code(*CODE)}  # fmt: skip
    if called is None:
        inputs |= {"a cell that may read anything": one_of_a_kind()} | versions(*LIBRARIES)

    def make(_reads: object) -> dict[str, str]:
        runner = stage.kernel() if called is None else stage.here(filter(None, map(item_key, called)))
        return {"text.md": execute({file: source}, runner, echo=echo)[file]}

    return Step(f"cells {file}", inputs, make)


def run_chapters(
    sources: Mapping[str, str], echo: bool, shelf: Shelf, stage: Stage, steps: Steps,
) -> Files:  # fmt: skip
    """The chapters as Markdown, by path. Raises RapportError with every cell that failed, of all chapters."""
    done, faults = {}, []
    for file, source in sources.items():
        try:
            done[file] = steps.run(_step(file, source, echo, shelf, stage))["text.md"]
        except RapportError as error:
            faults += error.faults
    if faults:
        raise RapportError(*faults)
    return done
