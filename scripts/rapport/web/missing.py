"""404.html: what a server shows for an address that has no page, however deep the address is.

The page is shown in place of another, so nothing in it may be relative: its links begin at the root of the server, with
the folder that the site's address names, and its style stands inside, let in by its hash.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from string import Template
from urllib.parse import urlsplit

from rapport.book import Chapter
from rapport.design import Tokens
from rapport.metadata.facts import Facts
from rapport.metadata.schemaorg import FRONT
from rapport.paths import Paths

FILE = "404.html"
ROLES = ("bakgrunn", "tekst", "dempet", "linje", "lenke", "aksent")  # the tokens that theme/404.css uses


def _roles(roles: dict[str, str]) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in roles.items() if role in ROLES)


def _style(paths: Paths, tokens: Tokens) -> str:
    """The tokens that the page uses, for both modes, and theme/404.css."""
    rules = (paths.theme / "404.css").read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark){{:root{{{_roles(tokens.dark)}}}}}"
    return f"\n:root{{color-scheme:light dark;{_roles(tokens.light)}}}\n{dark}\n{rules}"


def _entry(chapter: Chapter, root: str) -> str:
    number = f'<span class="nr">{escape(chapter.number or "")}</span> '
    return f'<li><a href="{escape(root + chapter.href)}">{number}<span>{escape(chapter.title)}</span></a></li>\n'


def _other(page: Chapter, root: str) -> str:
    """The way to a page in another language, in that language."""
    href, lang = escape(root + page.href), page.lang
    return f'<p lang="{lang}"><a href="{href}" hreflang="{lang}">{escape(page.title)}</a></p>\n'


def missing(paths: Paths, facts: Facts, chapters: Sequence[Chapter], tokens: Tokens, site_url: str) -> str:
    """The page as HTML. While `site_url` is empty the site is taken to lie at the root of its server."""
    root = urlsplit(site_url).path or "/"
    style = _style(paths, tokens)
    icon = b64encode((paths.theme / "ikon.svg").read_bytes()).decode("ascii")
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    return Template((paths.theme / FILE).read_text(encoding="utf-8")).substitute(
        lang=escape(facts.lang), title=escape(facts.name), style=style, hash=f"'sha256-{digest}'", icon=icon,
        front=escape(root + ("" if site_url else FRONT)),
        entries="".join(_entry(chapter, root) for chapter in chapters if chapter.href != FRONT and not chapter.alone),
        others="".join(_other(chapter, root) for chapter in chapters if chapter.alone),
    )  # fmt: skip
