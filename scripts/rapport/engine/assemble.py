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
from rapport.engine.offprints import offprints
from rapport.engine.parts import pages, pdf, printing
from rapport.engine.press import Press
from rapport.engine.revision import Revision
from rapport.engine.search import search_files
from rapport.engine.site import assets, taken_away
from rapport.engine.work import COMMIT, DATES, PRINTED, Build, pictured
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


def _pages(build: Build, before: Future[Mapping[str, Files]]) -> dict[str, Blob]:
    """The pages, converted after the text for print, so that Typst works on that while pandoc goes on."""
    wait((before,))
    return pages(build)


def _web(build: Build, site: Site, converted: Future[dict[str, Blob]], workers: Workers) -> dict[str, Content]:
    """The pages, and all that can be made beside them."""
    with ThreadPoolExecutor(2) as pool:
        beside = pool.submit(assets, build)
        made = converted.result()
        search = pool.submit(search_files, build, made)
        whole = completed(replace(site, pages={n: b.text() for n, b in made.items()}), build.steps, workers)
        return beside.result() | search.result() | whole


def _documents(
    build: Build,
    kinds: list[str],
    drawings: Mapping[str, Future[Files]],
    converted: Future[dict[str, Blob]],
    pool: ThreadPoolExecutor,
    other: Press,
) -> list[Future[Files]]:
    """The Word file and the e-book, under way; the first by the pandoc that has read the chapters for the pages."""

    def made(kind: str, press: Press) -> Files:
        if press is build.press:
            wait((converted,))
        files = document(kind, build, press, drawings[kind])
        press.rest()
        return files

    if len(kinds) > 1 and any(event.made and event.step.startswith("cells ") for event in build.steps.events):
        pool.submit(other.read, build.book, build.laid("read"))
    return [pool.submit(made, kind, press) for kind, press in zip(kinds, (build.press, other), strict=False)]


def assemble(build: Build, fonts: Future[Files], workers: Workers) -> dict[str, Content]:
    """Every file of the site, by its address; `fonts` are those of pages."""
    site = known(build.paths, {}, build.figures, pdf="pdf" in build.formats)
    # Drawings, print, two documents, which wait for drawings; they have a pandoc of their own, which reads the chapters
    # meanwhile.
    with Press(build.paths, build.revision.time) as other, ThreadPoolExecutor(8) as pool:
        shown: Future[Files] = _done({})
        if pictured(build.formats):
            shown = pool.submit(exports, build, workers)
            pool.submit(draw_rest, build, site, shown, workers)
        desk = printing(build)
        text: Future[Mapping[str, Files]] = pool.submit(desk.chapters) if PRINTED & {*build.formats} else _done({})
        paper: list[Future[Files]] = []
        if site.pdf:
            paper.append(pool.submit(lambda: pdf(build, text.result())))
        if "chapters" in build.formats:
            paper.append(pool.submit(lambda: offprints(build, desk, text.result())))
        converted: Future[dict[str, Blob]] = pool.submit(_pages, build, text) if "html" in build.formats else _done({})
        kinds = [kind for kind in DOCUMENTS if kind in build.formats]
        early = pool.submit(ebook_pictures, build, workers) if "epub" in kinds else shown
        documents = _documents(build, kinds, {"docx": shown, "epub": early}, converted, pool, other)
        files: dict[str, Content] = {}
        if "html" in build.formats:
            files = _web(build, site, converted, workers) | taken_away(fonts.result(), shown.result())
        for made in (*paper, *documents):
            files |= made.result()
    return _filled(files, build.revision)
