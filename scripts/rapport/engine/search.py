"""The search: Pagefind's index of the finished pages, and the page that searches it. Knows the site and the theme.

Only the search page may run WebAssembly, and only when somebody searches; every other page keeps the stricter policy.
"""

from __future__ import annotations

import re
import subprocess
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rapport.errors import EngineError
from rapport.paths import Paths

NAMES = ".header-section-number, .nr"
LEFT_OUT = ".pa-siden-smal, .forklaring, .nedlastinger, .laget, .liten-figur, .til-toppen, .blaing, svg, .footnote-back"
UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _entries(page: Path, site: Path) -> list[str]:
    """A link to the page and to each section, figure and table in it, in the order they stand."""
    tree, href = LexborHTMLParser(page.read_text(encoding="utf-8")), page.relative_to(site).as_posix()
    links = []
    for node in tree.css("main section[id], main figure[id]"):
        name = node.css_first("figcaption" if node.tag == "figure" else "h1, h2, h3, h4")
        if name is not None:
            links.append(f'<li><a href="{href}#{escape(node.attributes["id"] or "")}">{escape(_text(name))}</a></li>')
    return links


def _order(site: Path) -> list[Path]:
    """The pages in the order of the menu."""
    tree = LexborHTMLParser((site / "index.html").read_text(encoding="utf-8"))
    return [site / str(link.attributes["href"]) for link in tree.css(".ramme nav.meny a[href]")]


def _page(template: str, site: Path) -> str:
    tree = LexborHTMLParser((site / "index.html").read_text(encoding="utf-8"))
    title, edition = tree.css_first(".navn"), tree.css_first(".bunn .uavhengig + p")
    lists = [f"<ul>{''.join(entries)}</ul>" for page in _order(site) if (entries := _entries(page, site))]
    filled = {"TITTEL": escape(_text(title)) if title else "", "OVERSIKT": "\n".join(lists),
              "UTGAVE": re.sub(r"^<p>|</p>$", "", edition.html or "") if edition else ""}  # fmt: skip
    return re.sub("@(TITTEL|OVERSIKT|UTGAVE)@", lambda match: filled[match[1]], template)


def _index(site: Path) -> None:
    from pagefind_bin import get_executable

    command = [get_executable(), "--site", site, "--exclude-selectors", LEFT_OUT, "--keep-index-url", "--silent"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise EngineError(f"Pagefind could not index the pages:\n{(done.stderr or done.stdout).strip()}")
    for pattern in UNUSED:
        for path in (site / "pagefind").glob(pattern):
            path.unlink()


def write_search(paths: Paths, site: Path) -> None:
    """sok.html and pagefind/ into the finished site. Raises EngineError with Pagefind's own words when it fails."""
    _index(site)
    template = (paths.theme / "sok.html").read_text(encoding="utf-8")
    (site / "sok.html").write_text(_page(template, site), encoding="utf-8")
