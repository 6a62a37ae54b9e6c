"""Quarto's post-render step: `python -m rapport.metadata`, with the site in QUARTO_PROJECT_OUTPUT_DIR."""

from __future__ import annotations

import os
from pathlib import Path

from rapport.metadata.publish import publish
from rapport.paths import find_project

if __name__ == "__main__":
    project = find_project()
    publish(project, Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", project.site)))
