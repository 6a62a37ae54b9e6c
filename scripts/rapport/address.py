"""Where the site is published: the one setting that every absolute address depends on. Knows errors only."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from rapport.errors import BookError

VARIABLE = "RAPPORT_SITE_URL"  # what `rapport render --site-url` sets, also for the steps that Quarto runs


def _is_address(text: str) -> bool:
    """Whether names can be put behind the text to make addresses."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s\"'<>\\]", text)
    return bool(whole and not parts.query and not parts.fragment)


def site_address(configured: object, environment: Mapping[str, str] = os.environ) -> str:
    """The address of the site's front page, ending in a slash; "" while nobody has said where the site is.

    The variable RAPPORT_SITE_URL goes before `configured`, which is `book.site-url` of `_quarto.yml`.
    Raises BookError when it is no address.
    """
    given, where = environment.get(VARIABLE, "").strip(), f"--site-url or {VARIABLE}"
    if not given:
        given, where = str(configured or "").strip(), "_quarto.yml, book.site-url"
    if given and not _is_address(given):
        raise BookError(
            f'{where}: found "{given}", expected the address of the front page, such as https://example.org/report/.\n'
            "  To mend it: write the address with https:// and without ? or #, or leave it out."
        )
    return f"{given.rstrip('/')}/" if given else ""
