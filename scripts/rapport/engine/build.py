"""One build with the embedded engine, from data/ to _site/: check, compute, execute, convert, put in place.

Everything is a step of its own; the whole site is one too, so that a build with nothing to do only looks. Figures are
begun at once; what reads the book, checks and converts is loaded meanwhile.
"""

from __future__ import annotations

from pathlib import Path

from rapport.engine.ahead import Ahead
from rapport.engine.leftovers import recover
from rapport.engine.means import Figures, Means
from rapport.engine.place import place
from rapport.inputs import changed_since, read_inputs, require_same
from rapport.paths import Paths
from rapport.steps.lock import alone


def render(paths: Paths, output: Path, formats: tuple[str, ...], figures: Figures, means: Means) -> Path:
    """Build the site, the PDF, the Word file, the e-book and the chapters' PDFs into `output`, and return it.

    Raises RapportError and leaves `output` and figures/ untouched when anything is wrong.
    """
    steps = means.steps
    with alone(paths.cache):
        recover(paths.cache / "build", output, (paths.root, paths.theme, paths.figures))
        inputs = read_inputs(paths)
        try:
            ahead = Ahead(paths, inputs, means)
            with ahead, figures.begun(inputs, steps, ahead.hears(formats), means.free) as coming:
                from rapport.book import load_book
                from rapport.engine.whole import checked_site

                site = checked_site(paths, load_book(paths), formats, inputs, coming, means)
        finally:
            changed = changed_since(paths, inputs)
            if not changed:
                steps.commit()
        require_same(changed)
        figures.write(coming.result())
        place(site, output, paths.cache / "build", alone="html" not in formats)
    return output
