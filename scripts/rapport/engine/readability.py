"""How hard the chapters are to read: sentences, words and LIX. Knows the source notation and pandoc.

LIX (Björnsson 1968) is the mean number of words in a sentence plus the percentage of words of more than six
letters: under 30 is very easy, 40 is as a newspaper, over 50 is as an official document.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from rapport.engine.pandoc import pandoc_path
from rapport.source import INLINE, Text, pieces

LONG = 7  # letters of a long word
AIM = 50
# A sentence ends at its mark; a heading, a list item or a cell of a table ends with its block.
SENTENCE = re.compile(r"[.!?:]+(?=[\s»)]|$)|\n\s*\n|\n(?=\s*(?:[-•]|\d+\.)\s)")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d\u00a0 .,]*")
NUMBER = "10"  # an inline number is a short word, whatever its value


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of one text. `lix` and `mean` are 0 for a text without words."""

    sentences: int
    words: int
    long_words: int

    @property
    def mean(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> float:
        """The readability figure."""
        return self.mean + 100 * self.long_words / self.words if self.words else 0.0

    def __add__(self, other: Readability) -> Readability:
        return Readability(
            self.sentences + other.sentences, self.words + other.words, self.long_words + other.long_words
        )


def prose(source: str) -> str:
    """What a chapter says, without cells, markup and code; each inline number is one short word."""
    kept = [piece.text for piece in pieces(source) if isinstance(piece, Text) and not piece.verbatim]
    text = INLINE.sub(NUMBER, "\n".join(kept))
    command = [pandoc_path(), "--from=markdown-tex_math_dollars", "--to=plain", "--wrap=none"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def measure(text: str) -> Readability:
    """Sentences, words and long words of plain text."""
    sentences = [words for part in SENTENCE.split(text) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    return Readability(len(sentences), len(words), sum(len(word) >= LONG for word in words))


def report(sources: Mapping[str, str]) -> str:
    """A line a chapter and one for all of them. sources: text by file, in the order of the book."""
    found = {file: measure(prose(source)) for file, source in sources.items()}
    total = sum(found.values(), Readability(0, 0, 0))
    lines = [f"{'chapter':<32}{'sentences':>10}{'words':>8}{'words/sent.':>13}{'LIX':>6}"]
    for file, counts in [*found.items(), ("all", total)]:
        mark = f"  over {AIM}" if counts.lix > AIM else ""
        lines.append(f"{file:<32}{counts.sentences:>10}{counts.words:>8}{counts.mean:>13.1f}{counts.lix:>6.0f}{mark}")
    return "\n".join(lines)
