"""The PDF: a Typst file on theme/rapport.typ, compiled as PDF/UA-1 and PDF/A-2a with the report's own fonts.

Knows the book's title page facts and Typst bodies, of the report or of one chapter; not what is in them.
"""

from __future__ import annotations

import json
from pathlib import Path

from rapport.book import Book, Chapter
from rapport.engine.revision import Revision
from rapport.errors import EngineError
from rapport.paths import Paths
from rapport.print_fonts import print_fonts

STANDARDS = ["ua-1", "a-2a"]  # for all readers, and for the archive
STANDARD_WORDS = "PDF/UA-1 og PDF/A-2a"
KEYWORDS = ("Arbeidstrening", "arbeidsmarkedstiltak", "NAV", "evaluering")


def _string(text: str | bool) -> str:
    return json.dumps(text, ensure_ascii=False)


def _edition(book: Book, revision: Revision, data_version: str) -> str:
    """What the report and a chapter by itself are both told, as arguments in Typst."""
    time = revision.time
    return f"""  undertittel: {_string(book.subtitle)},
  forfattere: ({_string(book.author)},),
  emneord: ({", ".join(map(_string, KEYWORDS))}),
  dato: {_string(revision.shown_date)},
  dokumentdato: datetime(year: {time.year}, month: {time.month}, day: {time.day},
    hour: {time.hour}, minute: {time.minute}, second: {time.second}),
  versjon: {_string(data_version)},
  commit: {_string(revision.commit)},
  nettsted: {_string(book.site_url) if book.site_url else "none"},
  standard: {_string(STANDARD_WORDS)},"""


def main_file(book: Book, revision: Revision, data_version: str) -> str:
    """The Typst file of the whole report; its text lies in /body.typ."""
    return f"""#import "/theme/rapport.typ": *
#show: rapport.with(
  tittel: {_string(book.title)},
  kilde: [Gjengir _Evaluering av Arbeidstrening – delrapport 1_ (Oslo Economics og Frischsenteret, 2023).],
  beskrivelse: {_string(book.description)},
{_edition(book, revision, data_version)}
)
#include "/body.typ"
"""


def _place(chapter: Chapter) -> str:
    """Where in the book the chapter stands, as an argument in Typst: a number, which an appendix has a letter for."""
    if chapter.number is None:
        return "none"
    return str(ord(chapter.number) - ord("A") + 1) if chapter.appendix else chapter.number


def chapter_file(book: Book, chapter: Chapter, revision: Revision, data_version: str, *, works: bool) -> str:
    """The Typst file of one chapter by itself: its text lies in /body.typ, and the works it cites in /works.typ."""
    return f"""#import "/theme/rapport.typ": *
#show: kapittel.with(
  rapport: {_string(book.title)},
  tittel: {_string(chapter.title)},
  nummer: {_place(chapter)},
  er-vedlegg: {_string(chapter.appendix)},
  verk: {'include "/works.typ"' if works else "none"},
{_edition(book, revision, data_version)}
)
#include "/body.typ"
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
