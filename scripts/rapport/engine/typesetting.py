"""A PDF as a step: a folder with what Typst may read, and nothing else, and the file that it sets there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rapport.engine.pdf import compile_pdf
from rapport.engine.work import Build
from rapport.inputs import font_files
from rapport.steps import Files, Step, code, digest, versions


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be set: the step's name, the file's, the main file of Typst, and the texts it includes by name."""

    step: str
    name: str
    main: str
    texts: Mapping[str, str]


def _stage(build: Build, root: Path, theme: Mapping[str, str], figures: Files, sheet: Sheet) -> None:
    for name in theme:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(build.paths.root / name, root / name)
    (root / "figures").mkdir(parents=True)
    for name, blob in figures.items():
        (root / "figures" / name).write_bytes(blob.read())
    for name, text in {**sheet.texts, "main.typ": sheet.main}.items():
        (root / name).write_text(text, encoding="utf-8", newline="")


def setting(build: Build, sheet: Sheet) -> Step:
    """The step that sets the sheet. Raises EngineError with Typst's words when it is run."""
    text = "".join(sheet.texts.values())
    figures = {n: b for n, b in build.figures.items() if n.endswith(".svg") and f"figures/{n}" in text}
    theme = {name: value for name, value in build.inputs.pick("theme/").items() if name.endswith((".typ", ".json"))}

    def make(_reads: object) -> dict[str, bytes]:
        root = Path(tempfile.mkdtemp(prefix="set-", dir=build.folder))
        _stage(build, root, theme, figures, sheet)
        compile_pdf(build.paths, root / "main.typ", root / "out.pdf", root)
        return {sheet.name: (root / "out.pdf").read_bytes()}

    drawn = {name: blob.digest for name, blob in figures.items()}
    texts = {f"text for print, {name}": digest(text) for name, text in sheet.texts.items()}
    inputs = {**texts, "title page and revision": digest(sheet.main), "its name": sheet.name, **drawn, **theme,
              **code("rapport.engine.typesetting"), **versions("typst"), **font_files()}  # fmt: skip
    return Step(sheet.step, inputs, make)
