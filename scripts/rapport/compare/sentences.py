"""A chapter as sentences, each with its line: where a writer breaks the lines makes no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapport.engine.source import INLINE, Cell, Text, front_matter, pieces
from rapport.errors import RapportError
from rapport.verify.layers.numbers import Use, use_of, wording
from rapport.verify.reading import plain

START = re.compile(r"^\s*(?:#|:::|\||[-*+]\s|\d+\.\s|\[\^[\w-]+\]:)")  # a line that begins a block of its own
END = re.compile(r"(?P<word>\S*?)[.!?:][»”)*_]*(?:\[\^[\w-]+\])?\s+(?=[A-ZÆØÅ«`\[*_])")
ABBREVIATED = re.compile(r"(?:^|\W)(?:bl\.a|f\.eks|o\.l|jf|nr|kap|ca|dvs|mv|St|Prop|Meld|Innst|\d+)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, row or cell of a chapter, as its source has it but on one line, and its numbers."""

    file: str
    line: int
    text: str
    uses: tuple[Use, ...] = ()

    def shown(self, numbers: Mapping[str, Any] | None) -> str:
        """The sentence with the words of its numbers; a number that has none stays as it is written."""
        return INLINE.sub(lambda match: _words(self, match, numbers or {}), self.text)


def _words(sentence: Sentence, match: re.Match[str], numbers: Mapping[str, Any]) -> str:
    use = use_of(sentence.file, sentence.line, match["code"])
    try:
        return plain(wording(use, numbers)) if use else match.group()
    except (RapportError, KeyError, TypeError, ValueError):  # a register of another time may lack fields
        return match.group()


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
    ends = [match.end() for match in END.finditer(text) if not ABBREVIATED.search(match["word"])]
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


def _uses(file: str, line: int, text: str) -> tuple[Use, ...]:
    found = (use_of(file, line, match["code"]) for match in INLINE.finditer(text))
    return tuple(use for use in found if use)


def sentences(file: str, source: str) -> list[Sentence]:
    """Everything that a chapter says, in order; cells that only prepare are left out."""
    found = [Sentence(file, at, plain(line)) for at, line in enumerate(source.split("\n")[: front_matter(source)], 1)
             if line.strip() not in ("---", "...", "")]  # fmt: skip
    for piece in pieces(source):
        if isinstance(piece, Cell):
            shown = piece.options.get("include") != "false"
            found += [Sentence(file, piece.line, plain(piece.code))] if shown else []
        elif piece.verbatim:
            found.append(Sentence(file, piece.line, plain(piece.text)))
        else:
            found += [Sentence(file, line, text, _uses(file, line, text))
                      for block in _blocks(piece) for line, text in _split(block)]  # fmt: skip
    return found
