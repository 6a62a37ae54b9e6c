"""What a build knows of itself, for its pages: commit and date, the last verification, where numbers are used.

figures/ is committed and so cannot name its own commit; pages are not, and can. Nothing here comes from the clock
or from an earlier build: two builds of one commit know the same. Knows git, the book and its texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapport.book import Book, Chapter
from rapport.engine.check import read_sources
from rapport.engine.revision import revision
from rapport.engine.uses import Use, uses
from rapport.languages import LANGUAGES
from rapport.paths import Paths
from rapport.verified import MANIFEST, digests, hashes, read_record, states
from rapport.wording import long_date

FILE = "fakta.json"

Facts = dict[str, Any]


def _place(chapter: Chapter) -> str:
    """A chapter as a reader is told of it: "kapittel 2", "vedlegg A" or its title."""
    if chapter.number is None:
        return f"«{chapter.title}»"
    return f"{'vedlegg' if chapter.appendix else 'kapittel'} {chapter.number}"


def _use(use: Use, chapter: Chapter) -> Facts:
    return {
        "href": f"/{chapter.href}#{use.anchor}", "section": use.section, "place": _place(chapter),
        "hedge": use.hedge, "bound": use.bound, "word": use.word, "lang": use.lang,
    }  # fmt: skip


def _uses(book: Book, sources: Mapping[str, str]) -> dict[str, list[Facts]]:
    chapters = {chapter.path: chapter for chapter in book.pages}
    found: dict[str, list[Facts]] = {}
    for use in uses(sources):
        found.setdefault(use.key, []).append(_use(use, chapters[use.file]))
    return found


def text_facts(paths: Paths, book: Book, sources: Mapping[str, str]) -> Facts:
    """What is known before figures are: the record of the last verification, and the uses by number.

    sources: the chapters' text by file. `titles` and `languages` are those of the chapters by file.
    """
    record = read_record(paths.root)
    verified = None if record is None else {
        "date": long_date(record["date"]), "day": record["date"],
        **{name: record[name] for name in ("commit", "data_version", "tools", "layers")},
    }  # fmt: skip
    return {
        "verified": verified, "uses": _uses(book, sources),
        "titles": {chapter.path: chapter.title for chapter in book.pages},
        "languages": {chapter.path: chapter.lang for chapter in book.pages},
    }  # fmt: skip


def figure_facts(
    paths: Paths, sources: Mapping[str, str], manifest: Mapping[str, Any], files: Mapping[str, str]
) -> Facts:
    """What still holds of the last verification. files: the hash of every file of figures/ by name."""
    return {"states": states(read_record(paths.root), digests(manifest, files, sources))}


def build_facts(paths: Paths, book: Book, sources: Mapping[str, str], files: Mapping[str, str]) -> Facts:
    """All of it, of the project as it is now: commit and date, `text_facts` and `figure_facts`.

    files: the text of every file of figures/ by name.
    """
    made = revision(paths.root, book.date)
    named = {"commit": made.commit, "dates": {lang: long_date(made.day, lang) for lang in LANGUAGES}}
    shown = figure_facts(paths, sources, json.loads(files[MANIFEST]), hashes(files))
    return named | text_facts(paths, book, sources) | shown


def _text(facts: Facts) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def as_read(facts: Facts) -> Facts:
    """The facts as whoever reads the file has them, in its order."""
    return json.loads(_text(facts))


def write_facts(path: Path, facts: Facts) -> Path:
    """The facts as JSON, for the chapters' cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(facts), encoding="utf-8")
    return path


def facts_for_quarto(paths: Paths, book: Book) -> Path:
    """The facts of figures/ and the chapters as they are now, where Quarto's cells look for them."""
    files = {path.name: path.read_text(encoding="utf-8") for path in paths.figures.iterdir() if path.is_file()}
    facts = build_facts(paths, book, read_sources(paths, book), files)
    return write_facts(paths.cache / "quarto" / FILE, facts)
