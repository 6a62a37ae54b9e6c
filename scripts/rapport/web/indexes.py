"""What search engines look for at the top of a site: sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from rapport.metadata.schemaorg import address

SITEMAP = "sitemap.xml"


def _entry(site_url: str, page: str, same: Iterable[tuple[str, str]]) -> str:
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{lang}" href="{escape(href)}"/>' for lang, href in same)
    return f"  <url><loc>{escape(address(site_url, page))}</loc>{links}</url>\n"


def sitemap(site_url: str, pages: Iterable[str], same: Mapping[str, Iterable[tuple[str, str]]] | None = None) -> str:
    """sitemap.xml as text: every page and document by its whole address, and its counterparts in other languages.

    same: (language, whole address) of the counterparts by page.
    No `lastmod`: when a page last changed follows from text, data and program together, and no one date tells it.
    """
    entries = "".join(_entry(site_url, page, (same or {}).get(page, ())) for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{entries}</urlset>\n"
    )


def robots(site_url: str) -> str:
    """robots.txt as text: all may be read; where the sitemap is, when the site's address is known."""
    return "User-agent: *\nDisallow:\n" + (f"\nSitemap: {site_url}{SITEMAP}\n" if site_url else "")
