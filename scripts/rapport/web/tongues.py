"""Pages in more than one language: which say the same, and links that say which language they lead to.

The front page and the pages that stand alone say the same in their languages; all other pages are in the book's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from posixpath import basename, dirname, join, normpath

from rapport.book import Book, Chapter
from rapport.metadata.schemaorg import address

LOCALES = {"nb": "nb_NO", "en": "en_GB"}  # as Open Graph names them
FEED = {"nb": "Nye versjoner av dataene", "en": "New versions of the data"}
LINK = r'<a (?P<before>[^>]*?)href="(?P<href>(?:[^"#?:]*/)?(?:{names}))(?P<rest>[#?][^"]*)?"(?P<after>[^>]*)>'


def editions(book: Book) -> dict[str, str]:
    """{language: page} of the front page and its counterparts; only it where there are none."""
    front, *_ = book.chapters
    return {front.lang: front.href} | {page.lang: page.href for page in book.alone}


def alternates(book: Book, chapter: Chapter, base: str) -> Iterator[tuple[str, str]]:
    """(language, address) of every page that says the same as this one, and where others go; none without any.

    base: the site's address; while it is unknown the languages are known, and no address is whole.
    """
    found = editions(book)
    if len(found) > 1 and chapter.href in found.values():
        yield from ((lang, address(base, href)) for lang, href in found.items())
        yield "x-default", address(base, book.chapters[0].href)


@cache
def _links_to(names: frozenset[str]) -> re.Pattern[str]:
    """Links to pages that may be those of these names: of all links on a page, few."""
    return re.compile(LINK.format(names="|".join(map(re.escape, sorted(names)))))


def with_languages(html: str, chapter: Chapter, spoken: Mapping[str, str]) -> str:
    """The page, where each link to a page in another language says so. spoken: language by page. Twice is as once."""

    others = frozenset(basename(href) for href, lang in spoken.items() if lang != chapter.lang)

    def marked(link: re.Match[str]) -> str:
        target = normpath(join(dirname(chapter.href), link["href"]))
        lang = spoken.get(target, chapter.lang)
        if lang == chapter.lang or "hreflang=" in link["before"] + link["after"]:
            return link.group()
        return f'{link.group()[:-1]} hreflang="{lang}">'

    return _links_to(others).sub(marked, html) if others else html
