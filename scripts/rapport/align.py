"""Two versions of a sequence laid beside each other, as a reader would. Knows nothing of the rest."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

Pair = tuple[int | None, int | None]  # positions in the old and the new sequence; None where one side has nothing
Words = tuple[tuple[str, bool], ...]  # runs of a text, and whether the other text lacks them

# A number with its thousands, a word, or marks.
WORD = re.compile(r"\s*(?:\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?|\w+|[^\w\s]+)")


# Beyond these, time and memory grow with the square of the length: what is compared is then laid together by its place.
REPEATS = 100_000  # pairs of equal items
TRIED = 2_000_000  # pairs of items that are held against each other


def _runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Whether both have the same, from where to where in the old, and in the new."""
    there = Counter(new)
    if sum(count * there[item] for item, count in Counter(old).items()) <= REPEATS:
        for op, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield op == "equal", *places
        return
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    ends = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    end, to = len(old) - tail, len(new) - tail
    yield from ((True, 0, head, 0, head), (False, head, end, head, to), (True, end, len(old), to, len(new)))


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """The share of parts that two items have in common, in [0, 1]."""
    mine, others = frozenset(one), frozenset(other)
    return 2 * len(mine & others) / (len(mine) + len(others)) if mine or others else 1.0


def _matches(old: Sequence[Collection[str]], new: Sequence[Collection[str]], least: float) -> list[tuple[int, int]]:
    """The likest pairs that do not cross, in order; of very many items those in the same place."""
    if len(old) * len(new) > TRIED:
        return [(i, i) for i, pair in enumerate(zip(old, new, strict=False)) if likeness(*pair) >= least]
    before, after = [frozenset(item) for item in old], [frozenset(item) for item in new]
    scored = ((likeness(one, other), i, j) for i, one in enumerate(before) for j, other in enumerate(after))
    taken: list[tuple[int, int]] = [(-1, -1), (len(old), len(new))]
    for _score, i, j in sorted((-score, i, j) for score, i, j in scored if score >= least):
        at = bisect(taken, (i, j))  # as none cross, the neighbours say it all
        if taken[at - 1][0] < i < taken[at][0] and taken[at - 1][1] < j < taken[at][1]:
            taken.insert(at, (i, j))
    return taken[1:-1]


def _block(old: Sequence[Collection[str]], new: Sequence[Collection[str]], least: float) -> Iterator[Pair]:
    at = to = 0
    for i, j in [*_matches(old, new, least), (len(old), len(new))]:
        yield from ((gone, None) for gone in range(at, i))
        yield from ((None, come) for come in range(to, j))
        if i < len(old):
            yield i, j
        at, to = i + 1, j + 1


def aligned(old: Sequence[Collection[str]], new: Sequence[Collection[str]], least: float) -> Iterator[Pair]:
    """The pairs of positions that differ, in order; items are collections of parts (the words of a sentence).

    Two different items are a pair when they share at least `least` of their parts.
    """
    hashable = [[tuple(item) for item in side] for side in (old, new)]
    for same, i1, i2, j1, j2 in _runs(*hashable):
        for i, j in () if same else _block(old[i1:i2], new[j1:j2], least):
            if i is None or j is None or hashable[0][i1 + i] != hashable[1][j1 + j]:
                yield (None if i is None else i1 + i), (None if j is None else j1 + j)


def words(old: str, new: str) -> tuple[Words, Words]:
    """Both texts in runs of words, each marked with whether the other lacks it."""
    one, other = (WORD.findall(text) for text in (old, new))
    left, right = [], []
    for same, i1, i2, j1, j2 in _runs(one, other):
        left.append(("".join(one[i1:i2]), not same))
        right.append(("".join(other[j1:j2]), not same))
    return tuple(run for run in left if run[0]), tuple(run for run in right if run[0])
