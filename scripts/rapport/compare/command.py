"""What `rapport diff` does: compare, and tell in every form asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rapport.compare.reports.data import as_json
from rapport.compare.reports.markdown import as_markdown
from rapport.compare.reports.page import as_html
from rapport.compare.reports.terminal import as_text, coloured
from rapport.compare.run import compare
from rapport.forms import save
from rapport.paths import Paths

FORMS = {"json": as_json, "markdown": as_markdown}


def run_diff(paths: Paths, revision: str, targets: Mapping[str, Path]) -> bool:
    """Print the report, write the forms asked for, and return whether nothing differs.

    `targets` maps a form (json, markdown, html) to a file.
    """
    found = compare(paths, revision)
    coloured(as_text(found))
    save(targets, {form: FORMS[form](found) if form in FORMS else as_html(found) for form in targets})
    return not found.changes
