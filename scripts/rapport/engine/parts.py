"""The parts of a site that are made of all chapters, as steps: pages, the text for print, the PDF.

A new part is a function of `Build` that returns files by their path in the site, called in assemble.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport.engine.conversion import MADE, Desk
from rapport.engine.downloads import downloads, names, offprint_names
from rapport.engine.pandoc import joined
from rapport.engine.pdf import main_file
from rapport.engine.typesetting import Sheet, setting
from rapport.engine.work import COMMIT, DATES, Build
from rapport.steps import Blob, Files
from rapport.wording import size_mark


def _variables(build: Build) -> dict[str, Any]:
    variables: dict[str, Any] = {
        "lang": build.book.lang, "site-title": build.book.title, "version": build.data_version,
        "lisens": "CC BY 4.0", "datoer": DATES, "commit": COMMIT, "repo-url": build.book.repo_url,
    }  # fmt: skip
    if "pdf" in build.formats:
        [name] = names(build.book.output_file, ("pdf",))
        variables |= {"pdf": name, "pdf-size": size_mark(name)}
    if "chapters" in build.formats:
        offprints = offprint_names(build.book)
        variables["offprints"] = {path: {"href": name, "size": size_mark(name)} for path, name in offprints.items()}
    files = {"downloads": downloads(build.book.output_file, build.formats)}
    return {name: value for name, value in (variables | files).items() if value}


def pages(build: Build) -> dict[str, Blob]:
    """The pages by address, with places left for the revision and for sizes."""
    made = Desk(build, "html", _variables(build), ("theme/page.html",)).chapters()
    return {chapter.href: made[chapter.path][MADE] for chapter in build.book.pages}


def printing(build: Build) -> Desk:
    """The desk that the text for print is made at."""
    return Desk(build, "typst", {})


def beginning(places: str) -> str:
    """What a text for print begins with; `places` in Typst: addresses of what it may link to elsewhere, or none."""
    return f'#import "/theme/rapport.typ": *\n#let link = lenke.with({places})\n'


def pdf(build: Build, printed: Mapping[str, Files]) -> Files:
    """The PDF by its name; `printed` is what the desk for print makes of the chapters."""
    body = beginning("none") + joined(build.book, {path: files[MADE].text() for path, files in printed.items()})
    [name] = names(build.book.output_file, ("pdf",))
    main = main_file(build.book, build.revision, build.data_version)
    return build.steps.run(setting(build, Sheet("PDF", name, main, {"body.typ": body})))
