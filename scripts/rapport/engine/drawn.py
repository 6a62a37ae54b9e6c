"""What a site shows beside figures/: exports of figures, pictures for sharing, icons; all drawn in other processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from rapport.book import Book
from rapport.engine.documents import cover
from rapport.engine.work import Build
from rapport.inputs import Inputs
from rapport.paths import Paths
from rapport.pictures import Studio, make_exports
from rapport.steps import Files
from rapport.web import Site, pictures_ahead
from rapport.workers import Workers


def studio(paths: Paths, book: Book, inputs: Inputs, workers: Workers) -> Studio:
    """What a book's pictures are made with."""
    return Studio(paths, inputs, workers, cover(book))


def draw(build: Build, site: Site, workers: Workers) -> Files:
    """The exports by name, and the steps of the pictures that pages will ask for; then the workers may rest."""
    pages = build.book.pages if "html" in build.formats else ()
    texts = {chapter.href: build.chapters[chapter.path].text() for chapter in pages}
    with ThreadPoolExecutor(1) as pool:
        ahead = pool.submit(pictures_ahead, site, texts, build.steps, workers)
        exports = make_exports(studio(build.paths, build.book, build.inputs, workers), build.steps, build.figures)
        ahead.result()
    workers.rest()
    return exports
