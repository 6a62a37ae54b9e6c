"""The chapters with their cells run, for Quarto: _extensions/rapport/celler.js asks once for the whole book.

Quarto would start one kernel a chapter and a format; the embedded engine's one kernel does for all.
"""

from __future__ import annotations

from rapport.book import load_book
from rapport.engine.check import read_sources
from rapport.engine.execute import execute
from rapport.engine.facts import facts_for_quarto
from rapport.engine.kernel import Kernel
from rapport.paths import Paths
from rapport.source import front_matter


def _with_front_matter(source: str, markdown: str) -> str:
    """The executed chapter has blank lines for its front matter; Quarto wants the front matter itself."""
    lines = front_matter(source)
    front = "".join(f"{line}\n" for line in source.split("\n")[:lines])
    return front + markdown.split("\n", lines)[-1] if lines else markdown


def run_cells(paths: Paths) -> dict[str, dict[str, str]]:
    """Every chapter as {file: {source, markdown}}, where markdown is the source with its cells run.

    Raises RapportError with the file and line of every cell that failed.
    """
    book = load_book(paths)
    sources = read_sources(paths, book)
    facts_for_quarto(paths, book)  # a preview runs no step before: the uses of numbers are those of the text now
    with Kernel(paths.root) as kernel:
        markdown = execute(sources, kernel, echo=book.echo)
    return {
        file: {"source": source, "markdown": _with_front_matter(source, markdown[file])}
        for file, source in sources.items()
    }
