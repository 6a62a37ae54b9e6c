"""A whole site out of its parts: converted side by side, completed, and with the sizes and the revision filled in."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from rapport.engine.documents import cover
from rapport.engine.downloads import sized
from rapport.engine.editions import document
from rapport.engine.front import with_downloads
from rapport.engine.parts import pages, pdf
from rapport.engine.revision import Revision
from rapport.engine.search import search_files
from rapport.engine.site import assets
from rapport.engine.work import COMMIT, DATES, Build
from rapport.pictures import Studio, make_exports
from rapport.steps import Blob, Content, Files, bytes_of, text_of
from rapport.web import completed, known
from rapport.wording import long_date
from rapport.workers import Workers

DOCUMENTS = ("docx", "epub")
FRONT = "index.html"


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


def _web(build: Build, formats: tuple[str, ...], fonts: Files, exports: Future[Files], workers: Workers) -> Files:
    """The pages and all that stands beside them but the documents."""
    converted = pages(build, formats)
    with ThreadPoolExecutor(1) as pool:
        search = pool.submit(search_files, build, converted)
        texts = {name: blob.text() for name, blob in converted.items()}
        site = known(build.paths, texts, build.figures, pdf="pdf" in formats)
        whole = completed(site, build.steps, workers)
        return assets(build, fonts, exports.result()) | search.result() | whole


def assemble(build: Build, formats: tuple[str, ...], fonts: Files, workers: Workers) -> dict[str, Content]:
    """Every file of the site, by its address; `fonts` are those of pages."""
    studio = Studio(build.paths, build.inputs, workers)
    with ThreadPoolExecutor(4) as pool:  # drawings, print, two documents, of which the last two wait for the first
        exports: Future[Files] = Future()
        if formats != ("pdf",):
            exports = pool.submit(make_exports, studio, build.steps, build.figures, cover(build.book))
        printing = pool.submit(pdf, build) if "pdf" in formats else None
        documents = [pool.submit(document, kind, build, exports) for kind in DOCUMENTS if kind in formats]
        files = dict(_web(build, formats, fonts, exports, workers)) if "html" in formats else {}
        for made in [*([printing] if printing else []), *documents]:
            files |= made.result()
    return _filled(files, build.revision)
