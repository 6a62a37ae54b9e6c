"""What follows from the installed packages alone: fonts for pages and for print, and Vega in one file.

`python -m rapport.installed` makes them once an installation, as bytecode is; a build takes them as kept steps, and
makes them itself where they are missing or where the code or a package has changed since.
"""

from __future__ import annotations

from rapport.fonts import web_fonts
from rapport.paths import Paths, find_project
from rapport.print_fonts import made_fonts
from rapport.remembered import INSTALLED
from rapport.steps import Steps, Store
from rapport.web.explore import bundle_step
from rapport.workers import Workers


def make(paths: Paths, steps: Steps) -> None:
    """Make all of it, and have `steps` remember it."""
    with Workers() as workers:
        web_fonts(paths, steps, workers)
        steps.run(bundle_step(workers))
        made_fonts(steps)
    steps.commit()


if __name__ == "__main__":
    make(find_project(), Steps(Store(INSTALLED)))
