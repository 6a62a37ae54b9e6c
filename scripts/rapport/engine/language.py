"""What a chapter says of its own language, and that it writes its numbers in it. Part of the dialect's check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.errors import Place
from rapport.languages import LANGUAGES
from rapport.source import Cell, front_matter, language, line_of, pieces

FRONT_KEY = re.compile(r"^(?P<key>[\w-]+)\s*:")
VOCABULARY = {"nb": "rapport.kapittel", "en": "rapport.english"}  # where `n` and `figure` come from
IMPORT = re.compile(rf"^from (?P<module>{'|'.join(map(re.escape, VOCABULARY.values()))}) import\b", re.MULTILINE)


def _front_faults(file: str, source: str) -> Iterator[Place]:
    for number, text in enumerate(source.split("\n")[: front_matter(source)], start=1):
        key = FRONT_KEY.match(text)
        if key and key["key"] not in ("description", "lang"):
            yield Place(file=file, line=number, problem=f"`{key['key']}` in the front matter is not in the dialect",
                        remedy="keep only description and lang; the title is the first heading")  # fmt: skip
        if key and key["key"] == "lang" and language(source) not in LANGUAGES:
            yield Place(file=file, line=number, problem=f"the language “{language(source)}”",
                        remedy=f"write one of: {', '.join(LANGUAGES)}")  # fmt: skip


def _vocabulary_faults(file: str, source: str) -> Iterator[Place]:
    """Cells that import the words of another language: numbers would be written in it."""
    wanted = VOCABULARY.get(language(source))
    for piece in pieces(source):
        for match in IMPORT.finditer(piece.code) if isinstance(piece, Cell) and wanted else ():
            if match["module"] != wanted:
                line = piece.line + len(piece.options) + line_of(piece.code, match.start())
                yield Place(file=file, line=line, problem=f"{match['module']} in a chapter of another language",
                            remedy=f"write `from {wanted} import …`, or correct `lang`")  # fmt: skip


def language_faults(file: str, source: str) -> list[Place]:
    """What is wrong with the front matter and with where the chapter's words come from."""
    return [*_front_faults(file, source), *_vocabulary_faults(file, source)]
