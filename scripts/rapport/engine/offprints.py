"""Each chapter by itself as a PDF: with its number, the works that it cites, how to cite it, and links to the rest.

Set from the same text as the whole report, so that both say the same; a change sets only its own chapter again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from rapport.book import Chapter
from rapport.engine.conversion import MADE, WORKS, Desk
from rapport.engine.downloads import offprint_names
from rapport.engine.parts import beginning
from rapport.engine.pdf import chapter_file
from rapport.engine.targets import Index
from rapport.engine.typesetting import Sheet, setting
from rapport.engine.work import Build
from rapport.steps import Files

PLACES = 'json("/places.json")'  # those in other chapters are not in the file: a link to them leads to the site


def _places(build: Build, index: Index, chapter: Chapter, text: str) -> dict[str, str]:
    """The address on the site of each place in another chapter that the text links to, by label."""
    if not build.book.site_url:
        return {}
    others = [other for other in build.book.chapters if other.path != chapter.path]
    ids = {target["id"]: other.href for other in others for target in index[other.path]["targets"]}
    return {id_: f"{build.book.site_url}{href}#{id_}" for id_, href in ids.items() if f"<{id_}>" in text}


def _sheet(build: Build, desk: Desk, chapter: Chapter, printed: Files, name: str) -> Sheet:
    text, works = printed[MADE].text(), printed[WORKS].text()
    places = _places(build, desk.index, chapter, text)
    main = chapter_file(build.book, chapter, build.revision, build.data_version, works=bool(works))
    texts = {
        "body.typ": beginning(PLACES) + text,
        "works.typ": works,
        "places.json": json.dumps(places, sort_keys=True),
    }
    return Sheet(f"PDF of {chapter.path}", name, main, texts)


def offprints(build: Build, desk: Desk, printed: Mapping[str, Files]) -> Files:
    """The PDF of every chapter by its address; `desk` is that of the text for print, `printed` what it made."""
    names = offprint_names(build.book)
    sheets = [_sheet(build, desk, one, printed[one.path], names[one.path]) for one in build.book.chapters]
    made = build.steps.run_each(setting(build, sheet) for sheet in sheets)
    return {name: blob for files in made for name, blob in files.items()}
