"""Two versions of a sequence beside each other: the likest are pairs, none cross, and long texts take no age."""

from __future__ import annotations

import random
import time

import pytest

from rapport.align import aligned, likeness

LEAST = 0.4


def slowly(old: list[list[str]], new: list[list[str]]) -> list[tuple[int, int]]:
    """The likest pairs that do not cross, each tried against every other that is taken."""
    scored = sorted((-likeness(one, other), i, j) for i, one in enumerate(old) for j, other in enumerate(new))
    taken: list[tuple[int, int]] = []
    for score, i, j in scored:
        if -score >= LEAST and all((a < i) == (b < j) and a != i and b != j for a, b in taken):
            taken.append((i, j))
    return sorted(taken)


@pytest.mark.parametrize("seed", range(40))
def test_the_likest_are_pairs_and_none_cross(seed: int):
    """As when every pair is tried against all that are taken; every position is there once, in order."""
    some = random.Random(seed)
    old, new = ([[some.choice("abcdef") + str(side) * some.randint(0, 1) for _ in range(4)] for _ in range(9)]
                for side in (1, 2))  # fmt: skip
    pairs = list(aligned(old, new, LEAST))
    assert [(i, j) for i, j in pairs if i is not None and j is not None] == slowly(old, new)
    assert [i for i, _ in pairs if i is not None] == list(range(9))
    assert [j for _, j in pairs if j is not None] == list(range(9))


def test_a_thousand_changed_sentences_take_seconds():
    """A rewritten chapter is compared while one waits, where once it took most of a minute."""
    old = [f"Setning {number} sier noe om {number % 7} og falt".split() for number in range(1000)]
    new = [[*sentence[:-1], "steg"] for sentence in old]
    started = time.monotonic()
    assert len(list(aligned(old, new, LEAST))) == 1000
    assert time.monotonic() - started < 15
