"""The conversions of a book as steps: pages, the text for print, the PDF. Each reads what it declares and nothing else.

A new part is a function of `Build` that returns files by their path in the site, called in assemble.py.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.book import Book
from rapport.engine.downloads import downloads, names, size_mark
from rapport.engine.jobs import Job
from rapport.engine.pandoc import convert, write_markdown
from rapport.engine.pdf import compile_pdf, main_file
from rapport.engine.revision import Revision
from rapport.inputs import Inputs, font_files
from rapport.paths import Paths
from rapport.steps import Blob, Files, Step, Steps, code, digest, versions

# Filled in when all is made, so that a commit does not convert every page again.
COMMIT, DATE = "@COMMIT@", "@DATE@"
SHARED = ("theme/bok.lua", "theme/bok/", "theme/rapport.lua")


@dataclass(frozen=True, slots=True)
class Build:
    """What one build works with. `folder` is its own corner of .cache/, `chapters` the executed text by path."""

    paths: Paths
    book: Book
    revision: Revision
    inputs: Inputs
    steps: Steps
    figures: Files
    chapters: Files
    folder: Path

    @property
    def data_version(self) -> str:
        """The version of the data package."""
        return str(self.figures["manifest.json"].json()["data_version"])

    def texts(self, folder: Path) -> Path:
        """The chapters written into `folder` of the build's corner, for pandoc."""
        write_markdown(self.book, {file: blob.text() for file, blob in self.chapters.items()}, self.folder / folder)
        return self.folder / folder


def _variables(build: Build, formats: tuple[str, ...]) -> dict[str, Any]:
    variables = {
        "lang": build.book.lang, "site-title": build.book.title, "version": build.data_version,
        "lisens": "CC BY 4.0", "lisens-href": "https://creativecommons.org/licenses/by/4.0/deed.no",
        "dato": DATE, "commit": COMMIT, "repo-url": build.book.repo_url,
    }  # fmt: skip
    if "pdf" in formats:
        [name] = names(build.book.output_file, ("pdf",))
        variables |= {"pdf": name, "pdf-size": size_mark(name)}
    files = {"downloads": downloads(build.book.output_file, formats)}
    return {name: value for name, value in (variables | files).items() if value}


def converted(build: Build, *theme: str) -> dict[str, str]:
    """Inputs of every conversion by pandoc."""
    texts = {f"text of {file}": blob.digest for file, blob in build.chapters.items()}
    read = build.inputs.pick(build.book.bibliography, *SHARED, *theme)
    return {**texts, **read, "the book's list of chapters": digest(repr(build.book)),
            **code("rapport.engine.pandoc"), **versions("pypandoc-binary")}  # fmt: skip


def pages(build: Build, formats: tuple[str, ...]) -> Files:
    """The pages by address, with places left for the revision and for sizes."""
    variables = _variables(build, formats)

    def make(_reads: object) -> dict[str, bytes]:
        folder = build.texts(Path("pages"))
        convert(build.book, build.paths, folder, Job("html", folder / "site", variables))
        return {chapter.href: (folder / "site" / chapter.href).read_bytes() for chapter in build.book.chapters}

    inputs = converted(build, "theme/page.html") | {"the template's words": digest(json.dumps(variables))}
    return build.steps.run(Step("pages", inputs | code("rapport.engine.parts"), make))


def printed_text(build: Build) -> Blob:
    """The whole text as Typst."""

    def make(_reads: object) -> dict[str, bytes]:
        folder = build.texts(Path("print"))
        convert(build.book, build.paths, folder, Job("typst", folder / "body.typ", {}))
        return {"body.typ": b'#import "/theme/rapport.typ": *\n' + (folder / "body.typ").read_bytes()}

    inputs = converted(build) | code("rapport.engine.parts")
    return build.steps.run(Step("text for print", inputs, make))["body.typ"]


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


def pdf(build: Build) -> Files:
    """The PDF by its name."""
    body, root = printed_text(build), build.folder / "set"
    text = body.text()
    figures = {n: b for n, b in build.figures.items() if n.endswith(".svg") and f"figures/{n}" in text}
    theme = {name: value for name, value in build.inputs.pick("theme/").items() if name.endswith((".typ", ".json"))}
    main = main_file(build.book, build.revision, build.data_version, root / "body.typ", root)
    [out] = names(build.book.output_file, ("pdf",))

    def make(_reads: object) -> dict[str, bytes]:
        _stage(build, root, theme, figures, {"body.typ": text, "main.typ": main})
        compile_pdf(build.paths, root / "main.typ", root / "out.pdf", root)
        return {out: (root / "out.pdf").read_bytes()}

    drawn = {name: blob.digest for name, blob in figures.items()}
    inputs = {"text for print": body.digest, "title page and revision": digest(main), **drawn, **theme,
              **code("rapport.engine.parts"), **versions("typst"), **font_files()}  # fmt: skip
    return build.steps.run(Step("PDF", inputs, make))
