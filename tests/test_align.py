"""Two versions of a sequence beside each other: the likest are pairs, none cross, and long texts take no age."""

from __future__ import annotations

import random
import time

import pytest

from rapport.align import aligned, likeness, words

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


def _half(side: str, length: int) -> list[list[str]]:
    """Every second line the same in all, the others each their own."""
    return [["ja", "nei"] if number % 2 else [f"{side}{number}", "x"] for number in range(length)]


def test_lines_that_are_repeated_take_no_age():
    """Thousands of equal lines among others, which took a minute: what differs is told, by its place."""
    started = time.monotonic()
    assert list(aligned(_half("a", 3000), _half("b", 3000), LEAST)) == [(i, i) for i in range(0, 3000, 2)]
    assert time.monotonic() - started < 5


def test_what_is_only_longer_is_told_as_such():
    """One equal line more is one line more, however many there are."""
    assert list(aligned([["a"]] * 3000, [["a"]] * 3001, LEAST)) == [(None, 3000)]
    assert list(aligned([["a"]] * 900, [["b"], *[["a"]] * 900], LEAST)) == [(None, 0)]


def test_many_repeated_words_take_no_age():
    """The runs of a text of one word said thousands of times: the same, but for the word in the middle."""
    left, right = words("a " * 4000, f"{'a ' * 2000}b {'a ' * 1999}")
    assert [("".join(text.split()), marked) for text, marked in right] == [
        ("a" * 2000, False), ("b", True), ("a" * 1999, False),
    ]  # fmt: skip
    assert [marked for _, marked in left] == [False, True, False]
