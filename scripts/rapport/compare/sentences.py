"""A chapter as sentences, each with its line: where a writer breaks the lines makes no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapport.compare.sides import Side
from rapport.engine.uses import Use, use_of
from rapport.errors import RapportError
from rapport.languages import BOOK
from rapport.source import INLINE, Cell, Text, front_matter, language, pieces
from rapport.verify.layers.numbers import wording
from rapport.verify.reading import plain

START = re.compile(r"^\s*(?:#|:::|\||[-*+]\s|\d+\.\s|\[\^[\w-]+\]:)")  # a line that begins a block of its own
END = re.compile(r"[.!?:][»”)*_]*(?:\[\^[\w-]+\])?\s+(?=[A-ZÆØÅ«`\[*_@])")
ABBREVIATED = re.compile(r"(?:^|\W)(?:bl\.a|f\.eks|o\.l|jf|nr|kap|ca|dvs|mv|St|Prop|Meld|Innst|\d{1,2})$")
LONGEST = 8  # letters of an abbreviation, with the mark before it
LOOKED_UP = re.compile(
    r"""^(?P<call>term|avvik)\(\s*["'](?P<key>[\w-]+)["'](?:\s*,\s*["'](?P<text>[^"']*)["'])?\s*\)$"""
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, row or cell of a chapter, as its source has it but on one line, and its numbers."""

    file: str
    line: int
    text: str
    uses: tuple[Use, ...] = ()
    lang: str = BOOK

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"

    def shown(self, side: Side) -> str:
        """The sentence with the words of its numbers; what has none on this side stays as it is written."""
        return plain(INLINE.sub(lambda match: _words(match, side, self.lang), self.text))


def words_of(use: Use, side: Side) -> str:
    """What a use says on a side. Raises RapportError when its register does not support it, or is of another shape."""
    try:
        return plain(wording(use, side.numbers or {}))
    except (KeyError, TypeError, ValueError):
        raise RapportError(f'"{use.key}" is written in another way in this register') from None


def _words(match: re.Match[str], side: Side, lang: str) -> str:
    code = match["code"].strip()
    if code.startswith("small_figure("):
        return ""  # a picture, not words
    looked_up = LOOKED_UP.match(code)
    if looked_up:
        return _looked_up(looked_up, side) or match.group()
    use = use_of("", 0, code, lang)
    try:
        return words_of(use, side) if use else match.group()
    except RapportError:
        return _untrue(use) or match.group()


def _untrue(use: Use | None) -> str:
    """A hedge that the register does not support, marked as such; empty for a number without a hedge."""
    if use is None or use.hedge is None:
        return ""
    bound = "" if use.bound is None else f" {use.bound:g}"
    return f"{use.hedge}{bound} (not true)"


def _looked_up(match: re.Match[str], side: Side) -> str:
    if match["call"] == "avvik":
        return f"uklarhet {match['key'].upper()}"
    entry = side.terms.get(match["key"]) or {}
    return match["text"] or entry.get("abbreviation") or entry.get("word") or ""


def _blocks(piece: Text) -> Iterator[list[tuple[int, str]]]:
    """The numbered lines of each paragraph, heading, item or row."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(piece.text.split("\n"), start=piece.line):
        if not line.strip() or START.match(line):
            if block:
                yield block
            block = []
        if line.strip():
            block.append((number, line))
    if block:
        yield block


def _cuts(text: str) -> list[int]:
    ends = [end.end() for end in END.finditer(text)
            if not ABBREVIATED.search(text, max(end.start() - LONGEST, 0), end.start())]  # fmt: skip
    return [0, *ends, len(text)]


def _split(block: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """(line, text) of each sentence of a block."""
    starts, text = [], ""
    for number, line in block:
        starts.append((len(text), number))
        text += plain(line) + " "
    text = text.rstrip()
    for start, end in zip(cuts := _cuts(text), cuts[1:], strict=False):
        if text[start:end].strip():
            yield max(number for at, number in starts if at <= start), text[start:end].strip()


def _uses(file: str, line: int, text: str, lang: str) -> tuple[Use, ...]:
    found = (use_of(file, line, match["code"], lang) for match in INLINE.finditer(text))
    return tuple(use for use in found if use)


def sentences(file: str, source: str) -> list[Sentence]:
    """Everything that a chapter says, in order; cells that only prepare are left out."""
    lang = language(source)
    found = [Sentence(file, at, plain(line)) for at, line in enumerate(source.split("\n")[: front_matter(source)], 1)
             if line.strip() not in ("---", "...", "")]  # fmt: skip
    for piece in pieces(source):
        if isinstance(piece, Cell):
            shown = piece.options.get("include") != "false"
            found += [Sentence(file, piece.line, plain(piece.code))] if shown else []
        elif piece.verbatim:
            found.append(Sentence(file, piece.line, plain(piece.text)))
        else:
            found += [Sentence(file, line, text, _uses(file, line, text, lang), lang)
                      for block in _blocks(piece) for line, text in _split(block)]  # fmt: skip
    return found
