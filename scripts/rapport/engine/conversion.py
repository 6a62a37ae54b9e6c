"""Chapters converted by pandoc as steps: a page, or a part of the printed text, each made again only when it must be.

First what each chapter has that others refer to, then the chapters, each with what it reads of the others. Those that
must be read are written in the same run, so that a first build runs pandoc once a format.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rapport.engine.citations import known, remember
from rapport.engine.jobs import Job, chapters_of
from rapport.engine.pandoc import read_parts, read_works
from rapport.engine.targets import Index, seen
from rapport.engine.work import Build
from rapport.steps import Content, Files, Step, code, digest

FOUND, MADE, WORKS = "found.json", "made", "works"
WORDS = {"html": "page", "typst": "print"}

Kept = Mapping[str, Files]


@dataclass
class Desk:
    """One format of a book under conversion; `variables` fill the template in."""

    build: Build
    format: str
    variables: Mapping[str, Any]
    theme: tuple[str, ...] = ()
    made: dict[str, dict[str, Content]] = field(default_factory=dict)

    def _run(self, paths: list[str], index: Index) -> Index:
        """Convert these chapters; what is known of all of them then."""
        read = [path for path in self._texts() if path in paths or path not in index]
        folder = self.build.laid(self.format, read)
        out = folder / ("site" if self.format == "html" else "body.typ")
        job = Job(self.format, out, self.variables, only=paths, index=index, cited=known(self.build, folder))
        found = self.build.press.convert(self.build.book, folder, job)
        remember(self.build, folder, job)
        parts, works = read_parts(self.build.book, job), read_works(self.build.book, job)
        self.made |= {path: {MADE: part, **({WORKS: works[path]} if works else {})} for path, part in parts.items()}
        return found

    def _texts(self) -> Files:
        """The chapters that the format has, by path."""
        return {page.path: self.build.chapters[page.path] for page in chapters_of(self.build.book, self.format)}

    @cached_property
    def index(self) -> Index:
        """What each chapter has to refer to."""
        what, build = f"places for {WORDS[self.format]} in ", self.build
        tools = build.converter() | code("rapport.engine.conversion")

        def make(todo: list[str], kept: Kept) -> dict[str, dict[str, Content]]:
            read = {name.removeprefix(what): files[FOUND].json() for name, files in kept.items()}
            found = self._run([name.removeprefix(what) for name in todo], read)
            return {name: {FOUND: json.dumps(found[name.removeprefix(what)], sort_keys=True)} for name in todo}

        steps = [
            Step(
                what + chapter.path, {"its place": repr(chapter), "text": build.chapters[chapter.path].digest, **tools}
            )
            for chapter in chapters_of(build.book, self.format)
        ]
        files = build.steps.run_together(steps, make)
        return {name.removeprefix(what): one[FOUND].json() for name, one in files.items()}

    def _shared(self) -> dict[str, str]:
        """What every chapter reads in this format."""
        build = self.build
        return {
            **build.bibliography, **build.converter(*self.theme),
            **code("rapport.engine.conversion"), "the book's list of chapters": digest(repr(build.book)),
            "the template's words": digest(json.dumps(self.variables)),
        }  # fmt: skip

    def chapters(self) -> dict[str, Files]:
        """Every chapter in the format, by its path: MADE, and in print WORKS, those it cites and does not list."""
        index, shared, what = self.index, self._shared(), f"{WORDS[self.format]} "

        def make(todo: list[str], _kept: Kept) -> dict[str, dict[str, Content]]:
            paths = [name.removeprefix(what) for name in todo]
            if rest := [path for path in paths if path not in self.made]:
                self._run(rest, index)
            return {what + path: self.made[path] for path in paths}

        read = {path: digest(json.dumps(one, sort_keys=True)) for path, one in seen(index).items()}
        steps = [
            Step(what + path, {"text": blob.digest, "what it refers to": read[path], **shared})
            for path, blob in self._texts().items()
        ]
        files = self.build.steps.run_together(steps, make)
        return {name.removeprefix(what): one for name, one in files.items()}
