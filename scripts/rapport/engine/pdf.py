"""The PDF: a Typst file on theme/rapport.typ, compiled as PDF/UA-1 and PDF/A-2a with the report's own fonts.

Knows the book's title page facts and a Typst body; not the chapters.
"""

from __future__ import annotations

import json
from pathlib import Path

from rapport.book import Book
from rapport.engine.revision import Revision
from rapport.errors import EngineError
from rapport.fonts import print_fonts
from rapport.paths import Paths

STANDARDS = ["ua-1", "a-2a"]  # for all readers, and for the archive
STANDARD_WORDS = "PDF/UA-1 og PDF/A-2a"
KEYWORDS = ("Arbeidstrening", "arbeidsmarkedstiltak", "NAV", "evaluering")


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main_file(book: Book, revision: Revision, data_version: str, body: Path, root: Path) -> str:
    """The Typst file that fills the template in. Paths in it begin at the project's root."""
    time = revision.time
    return f"""#import "/theme/rapport.typ": *
#show: rapport.with(
  tittel: {_string(book.title)},
  undertittel: {_string(book.subtitle)},
  forfattere: ({_string(book.author)},),
  kilde: [Gjengir _Evaluering av Arbeidstrening – delrapport 1_ (Oslo Economics og Frischsenteret, 2023).],
  emneord: ({", ".join(map(_string, KEYWORDS))}),
  beskrivelse: {_string(book.description)},
  dato: {_string(revision.shown_date)},
  dokumentdato: datetime(year: {time.year}, month: {time.month}, day: {time.day},
    hour: {time.hour}, minute: {time.minute}, second: {time.second}),
  versjon: {_string(data_version)},
  commit: {_string(revision.commit)},
  nettsted: {_string(book.site_url) if book.site_url else "none"},
  standard: {_string(STANDARD_WORDS)},
)
#include "/{body.relative_to(root).as_posix()}"
"""


def compile_pdf(paths: Paths, main: Path, out: Path, root: Path | None = None) -> None:
    """Compile `main` to `out`; `root` is the folder that its paths begin at, the project's when left out.

    Raises EngineError with Typst's own words, file and line included.
    """
    import typst

    fonts = print_fonts(paths)
    try:
        compiler = typst.Compiler(
            str(main), root=str(root or paths.root), font_paths=[str(fonts)], ignore_system_fonts=True
        )
        compiler.compile(output=str(out), format="pdf", pdf_standards=STANDARDS)
    except typst.TypstError as error:
        raise EngineError(f"Typst could not make the PDF:\n{error}") from error
