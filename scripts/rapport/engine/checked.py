"""What is looked at before anything is built, as steps: a chapter that is as it was is not looked through again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from rapport.book import Book
from rapport.changelog import FILE as CHANGELOG
from rapport.changelog import read_versions
from rapport.engine.bibliography import check_bibliography
from rapport.engine.check import faults_alone, require_sound
from rapport.errors import Place, RapportError
from rapport.findings import found
from rapport.inputs import Inputs, file_input
from rapport.paths import Paths
from rapport.steps import Step, Steps, code, digest, program, versions


def _alone(steps: Steps, file: str, source: str) -> list[Place]:
    """The faults that the chapter has by itself, remembered."""
    read = {"text": digest(source), **code("rapport.engine.check")}
    return found(steps, file, read, Place, lambda: faults_alone(file, source))


def _run_all(steps: Steps, checks: Sequence[Step]) -> None:
    """Run the checks side by side, and raise what they raise: the faults of all, each once."""
    errors = []
    with ThreadPoolExecutor(len(checks)) as pool:
        for result in [pool.submit(steps.run, check) for check in checks]:
            try:
                result.result()
            except RapportError as error:
                errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise RapportError(*dict.fromkeys(fault for error in errors for fault in error.faults))


def check_all(paths: Paths, book: Book, inputs: Inputs, sources: Mapping[str, str], steps: Steps) -> None:
    """Every check before anything is built. sources: every chapter's text by file.

    Raises DialectError for faults of the chapters, BookError for a bibliography or changelog that is none, and
    RapportError with the faults of all when there are several of these.
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
    _run_all(steps, [
        Step("check of the bibliography", {**listed, **tools}, works),
        Step("check of the changelog", {**inputs.pick(CHANGELOG), **code("rapport.changelog")}, changes),
        Step("checks of the chapters", {**texts, **around}, chapters),
    ])  # fmt: skip
