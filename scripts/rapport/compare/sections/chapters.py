"""What changed in the text: sentences, in words, as they were and as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapport.align import Pair
from rapport.compare.changes import Change, Edit
from rapport.compare.chapters import Chapter
from rapport.compare.sides import Side


def _about(chapter: Chapter) -> str:
    if chapter.file is None:
        return "the chapter is gone"
    if chapter.was is None:
        return "a new chapter"
    return f"was {chapter.was}" if chapter.was != chapter.file else ""


def _edit(chapter: Chapter, pair: Pair, old: Side, new: Side) -> Edit:
    before = None if pair[0] is None else chapter.old[pair[0]]
    after = None if pair[1] is None else chapter.new[pair[1]]
    texts = [before and before.shown(old), after and after.shown(new)]
    if texts[0] == texts[1]:  # another expression for the same words
        texts = [before and before.text, after and after.text]
    place = (after or before).place  # type: ignore[union-attr]
    return Edit(where=place, old=texts[0], new=texts[1], prose=True)


def changes(chapters: Sequence[Chapter], old: Side, new: Side) -> Iterator[Change]:
    """A change for each chapter whose sentences differ, or that came, went or got another name."""
    for chapter in chapters:
        edits = tuple(_edit(chapter, pair, old, new) for pair in chapter.pairs)
        about = _about(chapter)
        if edits or about:
            item = chapter.file or chapter.was or ""
            yield Change(section="chapters", item=item, about=about, edits=edits)
