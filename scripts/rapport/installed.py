"""What follows from the installed packages alone: fonts cut down for pages, and Vega in one file.

`python -m rapport.installed` makes them once an installation, as bytecode is; a build takes them as kept steps, and
makes them itself where they are missing or where the code or a package has changed since.
"""

from __future__ import annotations

from rapport.fonts import web_fonts
from rapport.paths import find_project
from rapport.remembered import INSTALLED
from rapport.steps import Steps, Store
from rapport.web.explore import bundle_step
from rapport.workers import Workers


def main() -> None:
    """Make and keep all of it."""
    steps = Steps(Store(INSTALLED))
    with Workers() as workers:
        web_fonts(find_project(), steps, workers)
        steps.run(bundle_step(workers))
    steps.commit()


if __name__ == "__main__":
    main()
