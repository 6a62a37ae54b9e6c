"""The head of a page, beyond its title: what search engines, catalogues, reference managers and messages read of it.

Every absolute address begins with the site's own. While that is unknown, what must be absolute is left out.
A JSON-LD block is data, not a program: no browser runs it, and a policy that forbids scripts does not touch it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from rapport.book import Chapter
from rapport.design import Tokens
from rapport.metadata.facts import DATA_LICENCE, Facts
from rapport.metadata.schemaorg import FRONT, address
from rapport.web.card import HEIGHT, WIDTH, Card
from rapport.web.tongues import FEED, LOCALES

OPEN, CLOSE = "<!-- om siden -->\n", "<!-- slutt -->\n"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its chapter, its picture, what it is in JSON-LD, and what the site has beside it.

    `site_url` is the site's address, empty while unknown; `pdf` and `feed` are names from the site's root, or empty;
    `alternates` are (language, address) of pages that say the same.
    """

    chapter: Chapter
    card: Card
    documents: Sequence[dict[str, Any]]
    site_url: str
    pdf: str
    feed: str
    alternates: Sequence[tuple[str, str]] = ()

    @property
    def root(self) -> str:
        """The way from the page to the site's root."""
        return "../" * self.chapter.href.count("/")


def _tag(tag: str, /, **attributes: str) -> str:
    written = " ".join(f'{key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{tag} {written}>\n"


def _meta(key: str, value: str) -> str:
    """A `meta` with a name; Open Graph calls it property."""
    return _tag("meta", **{"property" if key.startswith("og:") else "name": key, "content": value})


def _links(page: Page, tokens: Tokens) -> Iterator[str]:
    root = page.root
    if page.site_url:
        yield _tag("link", rel="canonical", href=address(page.site_url, page.chapter.href))
    for lang, href in page.alternates if page.site_url else ():  # search engines want whole addresses
        yield _tag("link", rel="alternate", hreflang=lang, href=href)
    yield _tag("link", rel="license", href=DATA_LICENCE)
    yield _tag("link", rel="manifest", href=f"{root}manifest.webmanifest")
    yield _tag("link", rel="apple-touch-icon", href=f"{root}assets/ikon-180.png")
    if page.feed:
        feed = f"{root}{page.feed}"
        yield _tag(
            "link",
            rel="alternate",
            type="application/atom+xml",
            title=FEED[page.chapter.lang],
            href=feed,
        )
    for scheme, roles in (("light", tokens.light), ("dark", tokens.dark)):
        yield _tag("meta", name="theme-color", content=roles["bakgrunn"], media=f"(prefers-color-scheme: {scheme})")


def _open_graph(page: Page, facts: Facts) -> Iterator[tuple[str, str]]:
    front = page.chapter.href == FRONT
    yield "og:type", "website" if front else "article"
    yield "og:title", facts.title if front else page.chapter.title
    yield "og:description", page.chapter.description or facts.description
    yield "og:site_name", facts.name
    yield "og:locale", LOCALES[page.chapter.lang]
    for lang, _ in page.alternates:
        if lang in LOCALES and lang != page.chapter.lang:
            yield "og:locale:alternate", LOCALES[lang]
    if page.site_url:
        yield "og:url", address(page.site_url, page.chapter.href)
        yield "og:image", f"{page.site_url}{page.card.path}"
        yield "og:image:type", "image/png"
        yield "og:image:width", str(WIDTH)
        yield "og:image:height", str(HEIGHT)
        yield "og:image:alt", page.card.alt
        yield "twitter:card", "summary_large_image"


def _citation(page: Page, facts: Facts) -> Iterator[tuple[str, str]]:
    """What Google Scholar and reference managers read; a chapter names the report that it stands in."""
    if page.chapter.href == FRONT:
        yield "citation_title", facts.title
    else:
        yield "citation_title", page.chapter.title
        yield "citation_inbook_title", facts.title
    yield "citation_author", facts.author
    yield "citation_publication_date", facts.date.replace("-", "/")
    yield "citation_language", page.chapter.lang
    for word in facts.package["keywords"]:
        yield "citation_keywords", word
    if page.site_url:
        yield "citation_fulltext_html_url", address(page.site_url, page.chapter.href)
        if page.pdf and page.chapter.href == FRONT:
            yield "citation_pdf_url", f"{page.site_url}{page.pdf}"


def _block(document: dict[str, Any]) -> str:
    """A JSON-LD block; `</script>` in a text cannot end it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")
    return f'<script type="application/ld+json">{text}</script>\n'


def head(page: Page, facts: Facts, tokens: Tokens) -> str:
    """The tags as HTML, a line each."""
    named = (_meta(key, value) for key, value in (*_open_graph(page, facts), *_citation(page, facts)))
    return "".join([*_links(page, tokens), *named, *map(_block, page.documents)])


def with_head(html: str, tags: str) -> str:
    """A page with the tags at the end of its head, in place of those of an earlier run."""
    before, end, after = html.partition("</head>")
    before = re.sub(f"{re.escape(OPEN)}.*?{re.escape(CLOSE)}", "", before, flags=re.DOTALL)
    return f"{before}{OPEN}{tags}{CLOSE}{end}{after}"
