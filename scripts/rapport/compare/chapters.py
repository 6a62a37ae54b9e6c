"""The chapters of both sides laid beside each other, sentence by sentence; a renamed chapter is the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rapport.align import Pair, aligned
from rapport.compare.repository import renames
from rapport.compare.sentences import Sentence, sentences
from rapport.compare.sides import Side

ALIKE = 0.4  # the share of words that make two sentences the same one, changed


@dataclass(frozen=True)
class Chapter:
    """A chapter on both sides: its file there and here, and its sentences; a side without it has none."""

    was: str | None
    file: str | None
    old: list[Sentence]
    new: list[Sentence]

    @cached_property
    def pairs(self) -> list[Pair]:
        """Positions of the sentences that differ, in order."""
        return list(aligned([s.text.split() for s in self.old], [s.text.split() for s in self.new], least=ALIKE))

    @cached_property
    def before(self) -> dict[int, int]:
        """{position in the new chapter: position in the old one} of every sentence that both have."""
        gone, come = {i for i, _ in self.pairs}, {j for _, j in self.pairs}
        same_old = [at for at in range(len(self.old)) if at not in gone]
        same_new = [at for at in range(len(self.new)) if at not in come]
        changed = {j: i for i, j in self.pairs if i is not None and j is not None}
        return dict(zip(same_new, same_old, strict=True)) | changed


def _read(sources: Mapping[str, str], file: str | None) -> list[Sentence]:
    return [] if file is None else sentences(file, sources[file])


def _chapter(old: Side, new: Side, was: str | None, file: str | None) -> Chapter:
    before = _read(old.sources, was)
    same = was is not None and was == file and old.sources[was] == new.sources[was]
    return Chapter(was, file, before, before if same else _read(new.sources, file))  # most are as they were


def beside(old: Side, new: Side) -> list[Chapter]:
    """Every chapter, in the new book's order; those that are gone come last."""
    gone = {file: text for file, text in old.sources.items() if file not in new.sources}
    come = {file: text for file, text in new.sources.items() if file not in old.sources}
    renamed = renames(gone, come)
    pairs: list[tuple[str | None, str | None]] = [
        (file if file in old.sources else renamed.get(file), file) for file in new.sources
    ]
    pairs += [(file, None) for file in gone if file not in renamed.values()]
    return [_chapter(old, new, was, file) for was, file in pairs]
