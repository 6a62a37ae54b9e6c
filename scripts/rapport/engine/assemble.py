"""A whole site out of its parts: converted side by side, completed, and with the sizes and the revision filled in."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TypeVar

from rapport.engine.downloads import sized
from rapport.engine.drawn import draw_rest, ebook_pictures, exports
from rapport.engine.editions import document
from rapport.engine.front import with_downloads
from rapport.engine.means import PRINTED, pictured
from rapport.engine.offprints import offprints
from rapport.engine.parts import pages, pdf, printing
from rapport.engine.press import Press
from rapport.engine.revision import Revision
from rapport.engine.search import search_files
from rapport.engine.site import assets, taken_away
from rapport.engine.work import COMMIT, DATES, Build
from rapport.inputs import changed_since
from rapport.steps import Blob, Content, Files, bytes_of, text_of
from rapport.web import Site, completed, known
from rapport.wording import long_date
from rapport.workers import Workers

DOCUMENTS = ("epub", "docx")  # in the order that what they show is there
FRONT = "index.html"
T = TypeVar("T")


def _size(content: Content) -> int:
    return content.size if isinstance(content, Blob) else len(bytes_of(content))


def _filled(files: Mapping[str, Content], revised: Revision) -> dict[str, Content]:
    """The pages with the revision, the sizes of what they offer, and the front page's list of downloads."""
    sizes = {name: _size(content) for name, content in files.items()}
    filled: dict[str, Content] = {}
    for name, content in files.items():
        if name.endswith(".html"):
            page = text_of(content).replace(COMMIT, revised.commit)
            for lang, mark in DATES.items():
                page = page.replace(mark, long_date(revised.day, lang))
            filled[name] = sized(with_downloads(page, sizes) if name == FRONT else page, sizes.__getitem__)
    return dict(files) | filled


def _done(value: T) -> Future[T]:
    """What is there already, as something that was waited for."""
    result: Future[T] = Future()
    result.set_result(value)
    return result


def _under_way(text: Future[Mapping[str, Files]], press: Press) -> None:
    """Wait until pandoc is at work on the text for print, or it is there: the rest would take turns with what asks."""
    text.add_done_callback(lambda _done: press.busy.set())
    press.busy.wait()


def _alone(build: Build, text: Future[Mapping[str, Files]], drawn: Future[None]) -> Files:
    """The PDF, set when nothing is drawn any longer: with pandoc beside it there is no room for a third."""
    printed = text.result()
    wait((drawn,))
    return pdf(build, printed)


def _web(build: Build, site: Site, before: Future[object], workers: Workers) -> dict[str, Content]:
    """The pages, which are made after `before`, and all that can be made beside them."""
    with ThreadPoolExecutor(2) as pool:
        beside = pool.submit(assets, build)
        wait((before,))
        if PRINTED & {*build.formats}:
            build.press.give_way()  # to Typst, which takes longer
        converted = pages(build)
        build.press.rest()
        search = pool.submit(search_files, build, converted)
        whole = completed(replace(site, pages={n: b.text() for n, b in converted.items()}), build.steps, workers)
        return beside.result() | search.result() | whole


def assemble(build: Build, fonts: Future[Files], workers: Workers) -> dict[str, Content]:
    """Every file of the site, by its address; `fonts` are those of pages."""
    # Drawings, print, two documents, which wait for drawings; they have a pandoc of their own, which reads the chapters
    # meanwhile.
    with Press(build.paths, build.revision.time) as other, ThreadPoolExecutor(8) as pool:
        desk = printing(build)
        text: Future[Mapping[str, Files]] = pool.submit(desk.chapters) if PRINTED & {*build.formats} else _done({})
        _under_way(text, build.press)
        site = known(build.paths, {}, build.figures, pdf="pdf" in build.formats)
        shown: Future[Files] = _done({})
        drawn: Future[None] = _done(None)
        if pictured(build.formats):
            shown = pool.submit(exports, build, workers)
            drawn = pool.submit(draw_rest, build, site, shown, workers)
        paper: list[Future[Files]] = []
        if site.pdf:
            paper.append(pool.submit(_alone, build, text, drawn))
        if "chapters" in build.formats:
            paper.append(pool.submit(lambda: offprints(build, desk, text.result())))
        kinds = [kind for kind in DOCUMENTS if kind in build.formats]
        if kinds and any(event.made and event.step.startswith("cells ") for event in build.steps.events):
            pool.submit(other.read, build.book, build.laid("read"))
        early = pool.submit(ebook_pictures, build, workers) if "epub" in kinds else shown
        pictures = {"docx": shown, "epub": early}
        documents = [pool.submit(document, kind, build, other, pictures[kind]) for kind in kinds]
        files: dict[str, Content] = {}
        if "html" in build.formats:  # after the text for print: Typst works on it while pandoc goes on
            files = _web(build, site, text, workers) | taken_away(fonts.result(), shown.result())
        build.steps.remember(lambda: not changed_since(build.paths, build.inputs))  # while Typst is at work
        for made in (*paper, *documents):
            files |= made.result()
    return _filled(files, build.revision)
