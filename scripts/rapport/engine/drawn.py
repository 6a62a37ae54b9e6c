"""What a site shows beside figures/: exports of figures, pictures for sharing, icons; all drawn in other processes."""

from __future__ import annotations

from concurrent.futures import Future, wait

from rapport.book import Book
from rapport.engine.documents import cover
from rapport.engine.work import Build
from rapport.inputs import Inputs
from rapport.paths import Paths
from rapport.pictures import Studio, for_ebook, make_exports
from rapport.steps import Files
from rapport.web import Site, pictures_ahead
from rapport.workers import Workers


def studio(paths: Paths, book: Book, inputs: Inputs, workers: Workers) -> Studio:
    """What a book's pictures are made with."""
    return Studio(paths, inputs, workers, cover(book))


def exports(build: Build, workers: Workers) -> Files:
    """The exports of figures, by name."""
    return make_exports(studio(build.paths, build.book, build.inputs, workers), build.steps, build.figures)


def ebook_pictures(build: Build, workers: Workers) -> Files:
    """Those of the exports that an e-book shows, which are there before the others."""
    return for_ebook(studio(build.paths, build.book, build.inputs, workers), build.steps, build.figures)


def draw_rest(build: Build, site: Site, before: Future[Files], workers: Workers) -> None:
    """The steps of the pictures that pages will ask for; after them and after `before` the workers may rest."""
    pages = build.book.pages if "html" in build.formats else ()
    texts = {chapter.href: build.chapters[chapter.path].text() for chapter in pages}
    pictures_ahead(site, texts, build.steps, workers)
    wait((before,))
    workers.rest()
