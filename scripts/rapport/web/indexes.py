"""What search engines look for at the top of a site: sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from rapport.metadata.schemaorg import address

SITEMAP = "sitemap.xml"


def sitemap(site_url: str, pages: Iterable[str]) -> str:
    """sitemap.xml as text: every page and document by its whole address.

    No `lastmod`: when a page last changed follows from text, data and program together, and no one date tells it.
    """
    entries = "".join(f"  <url><loc>{escape(address(site_url, page))}</loc></url>\n" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def robots(site_url: str) -> str:
    """robots.txt as text: all may be read; where the sitemap is, when the site's address is known."""
    return "User-agent: *\nDisallow:\n" + (f"\nSitemap: {site_url}{SITEMAP}\n" if site_url else "")
