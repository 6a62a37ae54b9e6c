"""The parts of a site that are made of all chapters, as steps: pages, the text for print, the PDF.

A new part is a function of `Build` that returns files by their path in the site, called in assemble.py.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from rapport.engine.conversion import Desk
from rapport.engine.downloads import downloads, names, size_mark
from rapport.engine.pandoc import joined
from rapport.engine.pdf import compile_pdf, main_file
from rapport.engine.work import COMMIT, DATES, Build
from rapport.inputs import font_files
from rapport.steps import Blob, Files, Step, code, digest, versions


def _variables(build: Build) -> dict[str, Any]:
    variables = {
        "lang": build.book.lang, "site-title": build.book.title, "version": build.data_version,
        "lisens": "CC BY 4.0", "datoer": DATES, "commit": COMMIT, "repo-url": build.book.repo_url,
    }  # fmt: skip
    if "pdf" in build.formats:
        [name] = names(build.book.output_file, ("pdf",))
        variables |= {"pdf": name, "pdf-size": size_mark(name)}
    files = {"downloads": downloads(build.book.output_file, build.formats)}
    return {name: value for name, value in (variables | files).items() if value}


def pages(build: Build) -> dict[str, Blob]:
    """The pages by address, with places left for the revision and for sizes."""
    made = Desk(build, "html", _variables(build), ("theme/page.html",)).chapters()
    return {chapter.href: made[chapter.path] for chapter in build.book.pages}


def printed_text(build: Build) -> str:
    """The whole text as Typst."""
    parts = {path: blob.text() for path, blob in Desk(build, "typst", {}).chapters().items()}
    return '#import "/theme/rapport.typ": *\n' + joined(build.book, parts)


def _stage(build: Build, root: Path, theme: dict[str, str], figures: Files, texts: dict[str, str]) -> None:
    """A folder with what Typst may read, and nothing else."""
    for name in theme:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(build.paths.root / name, root / name)
    (root / "figures").mkdir(parents=True)
    for name, blob in figures.items():
        (root / "figures" / name).write_bytes(blob.read())
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8", newline="")


def pdf(build: Build, text: str) -> Files:
    """The PDF by its name; `text` is that of printed_text."""
    root = build.folder / "set"
    figures = {n: b for n, b in build.figures.items() if n.endswith(".svg") and f"figures/{n}" in text}
    theme = {name: value for name, value in build.inputs.pick("theme/").items() if name.endswith((".typ", ".json"))}
    main = main_file(build.book, build.revision, build.data_version, root / "body.typ", root)
    [out] = names(build.book.output_file, ("pdf",))

    def make(_reads: object) -> dict[str, bytes]:
        _stage(build, root, theme, figures, {"body.typ": text, "main.typ": main})
        compile_pdf(build.paths, root / "main.typ", root / "out.pdf", root)
        return {out: (root / "out.pdf").read_bytes()}

    drawn = {name: blob.digest for name, blob in figures.items()}
    inputs = {"text for print": digest(text), "title page and revision": digest(main), **drawn, **theme,
              **code("rapport.engine.parts"), **versions("typst"), **font_files()}  # fmt: skip
    return build.steps.run(Step("PDF", inputs, make))
