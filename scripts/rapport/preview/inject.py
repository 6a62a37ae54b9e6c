"""A page as it is served: with the script that follows the builds, let in by the page's own Content-Security-Policy.

Only the served copy is changed. Knows nothing of the rest.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

HERE = Path(__file__).parent
PREFIX = "/__preview__/"  # no name of a site begins so
OWN = {name: (HERE / name).read_bytes() for name in ("page.js", "page.css")}
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)', re.IGNORECASE)
NEEDED = ("script-src", "style-src", "connect-src")
SELF = "'self'"
# Shown at every address until the first build is done. Its policy is that of the pages.
WAITING = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Preview</title>
</head>
<body class="preview-waiting">
<main>
<h1>No page yet</h1>
<p>It shows here as soon as the report is built.</p>
</main>
</body>
</html>
"""


def allowed(policy: str) -> str:
    """A policy that also lets in script, style and event stream from the page's own server.

    >>> allowed("default-src 'none'; script-src 'self'")
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
    """
    rules = {words[0].lower(): words[1:] for rule in policy.split(";") if (words := rule.split())}
    for name in NEEDED:
        sources = [source for source in rules.get(name, rules.get("default-src", [])) if source != "'none'"]
        rules[name] = sources if SELF in sources else [*sources, SELF]
    return "; ".join(" ".join([name, *sources]) for name, sources in rules.items())


def with_script(page: bytes, tag: str) -> bytes:
    """The page with our script and style; `tag` says which build of the page it is."""
    html = page.decode("utf-8", errors="replace")
    html = POLICY.sub(lambda found: found[1] + escape(allowed(unescape(found[2])), quote=False) + found[3], html, 1)
    own = (
        f'<link rel="stylesheet" href="{PREFIX}page.css">\n'
        f'<script defer src="{PREFIX}page.js" data-tag="{escape(tag)}"></script>\n'
    )
    return html.replace("</head>", f"{own}</head>", 1).encode("utf-8")


def waiting() -> bytes:
    """The page that stands in until there is a site."""
    return with_script(WAITING.encode("utf-8"), "")
