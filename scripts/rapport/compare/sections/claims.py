"""Words that the new numbers do not support: hedges that no longer hold, and numbers that are gone or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport.compare.changes import Change, Edit
from rapport.compare.chapters import Chapter
from rapport.compare.sentences import words_of
from rapport.compare.sides import Side
from rapport.engine.uses import Use
from rapport.errors import RapportError

Claim = tuple[str, str | None, float | None, str | bool]


def _claim(use: Use) -> Claim:
    return use.key, use.hedge, use.bound, use.word


def _problem(use: Use, side: Side) -> str | None:
    """Why the words are not true on a side, in one line; None when they are."""
    try:
        words_of(use, side)
    except RapportError as error:
        return str(error).partition("\n")[0]
    return None


def _before(use: Use, old: Side, made: set[Claim]) -> str | None:
    """What the claim said, if it was made before."""
    if _claim(use) not in made:
        return None
    return words_of(use, old) if _problem(use, old) is None else None


def changes(chapters: Sequence[Chapter], old: Side, new: Side) -> Iterator[Change]:
    """A change for each number whose words became untrue; those that were as untrue before are no change."""
    made = {_claim(use) for chapter in chapters for sentence in chapter.old for use in sentence.uses}
    found: dict[str, list[Edit]] = {}
    for sentence in (sentence for chapter in chapters for sentence in chapter.new):
        for use in sentence.uses:
            problem = _problem(use, new)
            if problem and not (_claim(use) in made and _problem(use, old) == problem):
                edit = Edit(where=sentence.place, old=_before(use, old, made), new=problem)
                found.setdefault(use.key, []).append(edit)
    for key in sorted(found):
        yield Change(section="claims", item=key, about="no longer true", edits=tuple(found[key]))
