"""The search: Pagefind's index of the finished pages, and the page that searches it. Knows the site and the theme.

Only the search page may run WebAssembly, and only when somebody searches; every other page keeps the stricter policy.
"""

from __future__ import annotations

import re
import subprocess
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rapport.engine.work import Build
from rapport.errors import EngineError
from rapport.paths import Paths
from rapport.steps import Files, Step, code, versions
from rapport.workers import give_way

NAMES = ".header-section-number, .nr"
LEFT_OUT = (
    ".pa-siden-smal, .forklaring, .nedlastinger, .laget, .liten-figur, .handling, .til-toppen, .blaing, svg, "
    ".footnote-back"
)
PAGE = "sok.html"
MENU = re.compile(r'<nav class="meny".*?</nav>', re.DOTALL)
LIBRARIES = ("pagefind-bin", "selectolax")
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


def _order(front: LexborHTMLParser, site: Path) -> list[Path]:
    """The pages in the order of the menu."""
    return [site / str(link.attributes["href"]) for link in front.css(".ramme nav.meny a[href]")]


def _slim(page: str) -> str:
    """A page without its menus, which name every page, and which nobody finds anything by."""
    return MENU.sub("", page)


def _page(template: str, site: Path, front: str) -> str:
    tree = LexborHTMLParser(front)
    title, edition = tree.css_first(".navn"), tree.css_first(".bunn .uavhengig + p")
    others = [link.html or "" for link in tree.css(".sprak")]
    lists = [f"<ul>{''.join(entries)}</ul>" for page in _order(tree, site) if (entries := _entries(page, site))]
    filled = {"TITTEL": escape(_text(title)) if title else "", "OVERSIKT": "\n".join(lists), "SPRAK": "\n".join(others),
              "UTGAVE": re.sub(r"^<p>|</p>$", "", edition.html or "") if edition else ""}  # fmt: skip
    return re.sub("@(TITTEL|OVERSIKT|SPRAK|UTGAVE)@", lambda match: filled[match[1]], template)


def _index(site: Path) -> None:
    from pagefind_bin import get_executable

    command = [get_executable(), "--site", site, "--exclude-selectors", LEFT_OUT, "--keep-index-url", "--silent"]
    pipe = subprocess.PIPE
    with subprocess.Popen([str(part) for part in command], stdout=pipe, stderr=pipe, text=True) as process:
        give_way(process.pid)  # to Typst, which takes longer
        said, wrong = process.communicate()
    if process.returncode != 0:
        raise EngineError(f"Pagefind could not index the pages:\n{(wrong or said).strip()}")
    for pattern in UNUSED:
        for path in (site / "pagefind").glob(pattern):
            path.unlink()


def search_files(build: Build, pages: Files) -> Files:
    """The search of these pages by address, as a step; places left in a page stay in what is made of it."""

    def make(_reads: object) -> dict[str, bytes]:
        site = build.folder / "search"
        for name, blob in pages.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(_slim(blob.text()), encoding="utf-8", newline="")
        write_search(build.paths, site, pages["index.html"].text())
        made = [site / PAGE, *(path for path in (site / "pagefind").rglob("*") if path.is_file())]
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in made}

    inputs = {**{f"page {name}": blob.digest for name, blob in pages.items()}, **build.inputs.pick("theme/sok.html"),
              **code("rapport.engine.search"), **versions(*LIBRARIES)}  # fmt: skip
    return build.steps.run(Step("search", inputs, make))


def write_search(paths: Paths, site: Path, front: str) -> None:
    """sok.html and pagefind/ into the folder of pages; `front` is the front page with its menu.

    Raises EngineError with Pagefind's own words when it fails.
    """
    _index(site)
    template = (paths.theme / "sok.html").read_text(encoding="utf-8")
    (site / PAGE).write_text(_page(template, site, front), encoding="utf-8")
