"""What is looked at before anything is built, as steps: a chapter that is as it was is not looked through again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from rapport.book import Book
from rapport.changelog import FILE as CHANGELOG
from rapport.changelog import read_versions
from rapport.engine.bibliography import check_bibliography
from rapport.engine.check import faults_alone, require_sound
from rapport.errors import Place
from rapport.inputs import Inputs, file_input
from rapport.paths import Paths
from rapport.steps import Step, Steps, code, digest, program, versions

FOUND = "faults.json"


def _alone(steps: Steps, file: str, source: str) -> list[Place]:
    """The faults that the chapter has by itself, remembered."""

    def make(_reads: object) -> dict[str, str]:
        return {FOUND: json.dumps([asdict(fault) for fault in faults_alone(file, source)])}

    found = steps.run(Step(f"check of {file}", {"text": digest(source), **code("rapport.engine.check")}, make))
    return [Place(**fault) for fault in found[FOUND].json()]


def check_all(paths: Paths, book: Book, inputs: Inputs, sources: Mapping[str, str], steps: Steps) -> None:
    """Raises DialectError with every fault of the chapters, or BookError for a bibliography or changelog that is none.

    sources: every chapter's text by file.
    """

    def chapters(_reads: object) -> dict[str, str]:
        require_sound(paths, book, sources, lambda file, source: _alone(steps, file, source))
        return {}

    def works(_reads: object) -> dict[str, str]:
        check_bibliography(paths.root, book.bibliography)
        return {}

    def changes(_reads: object) -> dict[str, str]:
        read_versions(paths.root)
        return {}

    texts = {name: digest(text) for name, text in sources.items()}
    listed = file_input(paths.root, book.bibliography)
    around = {"the book": digest(repr(book)), **listed, **inputs.pick("data/datapackage.json"), **program()}
    tools = {**code("rapport.engine.bibliography"), **versions("pypandoc-binary")}
    steps.run_each([
        Step("check of the bibliography", {**listed, **tools}, works),
        Step("check of the changelog", {**inputs.pick(CHANGELOG), **code("rapport.changelog")}, changes),
        Step("checks of the chapters", {**texts, **around}, chapters),
    ])  # fmt: skip
