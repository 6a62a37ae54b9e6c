"""The Word file and the e-book as steps. Knows what documents.py reads."""

from __future__ import annotations

from concurrent.futures import Future

from rapport.engine.documents import WRITERS, Edition
from rapport.engine.press import Press
from rapport.engine.work import Build
from rapport.steps import Files, Step, code

# What each document shows of the exports, and reads of the theme beside what every conversion reads.
DRAWINGS = {"docx": (".png",), "epub": (".trykk.svg", "omslag.png")}
THEME = {"docx": ("theme/tokens.json",), "epub": ("theme/bok.css",)}


def _shown(kind: str, exports: Files) -> Files:
    slides = ".lysbilde.png"
    return {name: b for name, b in exports.items() if name.endswith(DRAWINGS[kind]) and not name.endswith(slides)}


def document(kind: str, build: Build, press: Press, exports: Future[Files]) -> Files:
    """The document `kind` of WRITERS by its name, made by `press`; exports: the drawings of pictures.py by name."""
    shown, name = _shown(kind, exports.result()), f"{build.book.output_file}.{kind}"

    def make(_reads: object) -> dict[str, bytes]:
        folder = build.laid(kind)
        (folder / "drawings").mkdir()
        for drawing, blob in shown.items():
            (folder / "drawings" / drawing).write_bytes(blob.read())
        edition = Edition(build.paths, build.book, build.revision, build.data_version, folder, press)
        WRITERS[kind](edition, folder / "drawings", folder / name)
        return {name: (folder / name).read_bytes()}

    drawn = {f"picture {drawing}": blob.digest for drawing, blob in shown.items()}
    inputs = {**build.whole(*THEME[kind]), **drawn,
              "title page and revision": f"{build.revision} {build.data_version}",
              **code("rapport.engine.editions")}  # fmt: skip
    return build.steps.run(Step({"docx": "Word file", "epub": "e-book"}[kind], inputs, make))
