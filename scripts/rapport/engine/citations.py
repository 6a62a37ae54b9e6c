"""How citations read, kept from build to build: citeproc takes longer for a few than pandoc for their chapter.

theme/bok/citations.lua writes it down, with the works that it is true of, and believes it of these works alone. What
is kept is true of one bibliography and one pandoc.
"""

from __future__ import annotations

from pathlib import Path

from rapport.engine.jobs import Job
from rapport.engine.work import Build
from rapport.steps import Step

FILE = "cited.json"


def _kept(build: Build) -> Step:
    """Never made as a step is: it only names what the answers are true of."""
    return Step("citations", {**build.bibliography, **build.converter()})


def known(build: Build, folder: Path) -> Path | None:
    """The file that an earlier job wrote, laid into `folder`; None where there is none."""
    files = build.steps.recall(_kept(build))
    if FILE not in files:
        return None
    (folder / FILE).write_bytes(files[FILE].read())
    return folder / FILE


def remember(build: Build, folder: Path, job: Job) -> None:
    """Keep what the job wrote down, if citeproc was asked anything."""
    written = job.file(folder, ".cited")
    if written.is_file():
        build.steps.note(_kept(build), {FILE: written.read_bytes()})
