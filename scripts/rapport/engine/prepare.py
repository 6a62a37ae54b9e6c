"""The steps before and after Quarto: fonts and facts that its pages and PDF need, and the PDF set as PDF/UA-1.

The pre-render and post-render steps of _quarto.yml. Knows paths, fonts and the book.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from rapport.book import Book, load_book
from rapport.changelog import read_versions
from rapport.downloads import write_downloads
from rapport.engine.check import read_sources
from rapport.engine.documents import cover
from rapport.engine.downloads import fill_sizes
from rapport.engine.facts import facts_for_quarto
from rapport.engine.front import fill_downloads
from rapport.engine.pandoc import pandoc_path
from rapport.engine.pdf import KEYWORDS, STANDARD_WORDS, compile_pdf
from rapport.engine.revision import Revision, revision
from rapport.engine.sections import section_names
from rapport.fonts import web_fonts
from rapport.inputs import read_inputs
from rapport.paths import Paths
from rapport.pictures import Studio, make_exports
from rapport.placing import put
from rapport.remembered import remembered
from rapport.steps import Memory
from rapport.web import complete


def _facts(book: Book, revised: Revision, data_version: str) -> dict[str, object]:
    time = revised.time
    return {
        "tittel": book.title, "undertittel": book.subtitle, "forfattere": [book.author], "emneord": list(KEYWORDS),
        "beskrivelse": book.description, "dato": revised.shown_date, "versjon": data_version, "commit": revised.commit,
        "nettsted": book.site_url or None, "standard": STANDARD_WORDS,
        "tid": {"year": time.year, "month": time.month, "day": time.day,
                "hour": time.hour, "minute": time.minute, "second": time.second},
    }  # fmt: skip


def _place_exports(paths: Paths, book: Book, output: Path) -> None:
    """The pictures of figures/ beside Quarto's pages."""
    figures = {path.name: Memory().put(path.read_bytes()) for path in paths.figures.iterdir() if path.is_file()}
    with remembered(paths) as (steps, workers):
        studio = Studio(paths, read_inputs(paths), workers, cover(book))
        for name, blob in make_exports(studio, steps, figures).items():
            if name.startswith("fig-"):
                put(output / "figures" / name, blob.read())


def _place_fonts(paths: Paths) -> None:
    """theme/fonts/: where tokens.css looks, beside itself; Quarto copies what the styles name."""
    with remembered(paths) as (steps, workers):
        for name, font in web_fonts(paths, steps, workers).items():
            put(paths.theme / "fonts" / name, font.read())


def _citation_style() -> str:
    """Pandoc's own style, in Norwegian: Quarto makes the page of references without saying its language."""
    command = [pandoc_path(), "--print-default-data-file", "default.csl"]
    style = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    return re.sub(r"<style ", '<style default-locale="nb-NO" ', style, count=1)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def prepare(paths: Paths) -> Path:
    """Write theme/fonts/ and .cache/quarto/, and return the latter. Needs figures/manifest.json."""
    book = load_book(paths)
    read_versions(paths.root)  # told before Quarto renders, and not after
    version = json.loads((paths.figures / "manifest.json").read_text(encoding="utf-8"))["data_version"]
    _place_fonts(paths)
    folder = paths.cache / "quarto"
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / "bygg.json", _facts(book, revision(paths.root, book.date), str(version)))
    _write_json(folder / "avsnitt.json", section_names(book, read_sources(paths, book)))
    facts_for_quarto(paths, book)
    (folder / "henvisninger.csl").write_text(_citation_style(), encoding="utf-8")
    return folder


def finish(paths: Paths) -> Path | None:
    """Put beside Quarto's pages what they name, complete them, and set its PDF once more, as PDF/UA-1 and PDF/A-2a.

    Returns the PDF; None when no PDF was made.

    Quarto can ask Typst for PDF/UA itself (`pdf-standard`), but then warns wherever veraPDF, a Java program, is
    missing. Raises EngineError with Typst's words when the PDF would not be accessible.
    """
    source, book = paths.root / "index.typ", load_book(paths)
    output = Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", paths.site))
    target = output / f"{book.output_file}.pdf"
    if (output / "index.html").is_file():
        write_downloads(paths.data, output / "data", revision(paths.root, book.date).time)
        _place_exports(paths, book, output)
        fill_sizes(output)
    complete(paths, output, pdf=source.is_file() or target.is_file())
    if not source.is_file():
        fill_downloads(output)
        return None
    compile_pdf(paths, source, target)
    source.unlink()
    fill_downloads(output)
    return target
