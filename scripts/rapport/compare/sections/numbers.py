"""What changed in the register: each number's wording, and the sentences that hold it, before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rapport.compare.changes import Change, Edit
from rapport.compare.chapters import Chapter
from rapport.compare.sides import Side
from rapport.errors import RapportError
from rapport.kapittel import number_text
from rapport.wording import MISSING

IN_WORDS = ("value", "unit", "decimals")  # what the wording follows from, told as one
Entry = Mapping[str, Any]


def _wording(entry: Entry | None) -> str | None:
    """A number as the text writes it, with its unit where the words do not say it."""
    if entry is None:
        return None
    if entry.get("value") is None:
        return MISSING
    try:
        text, unit = number_text(entry), str(entry["unit"])
    except (RapportError, KeyError, TypeError, ValueError):  # a register of another time may have other fields
        return _plain(entry.get("value"))
    return text if unit in text or unit == "antall" else f"{text} ({unit})"


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _values(old: Entry | None, new: Entry | None) -> Iterator[Edit]:
    """The wording; the exact values where they are worded alike."""
    before, after = _wording(old), _wording(new)
    sides = [[(entry or {}).get(field) for field in IN_WORDS] for entry in (old, new)]
    if before != after:
        yield Edit(where="in words", old=before, new=after)
    elif sides[0] != sides[1]:
        for field, one, other in zip(IN_WORDS, *sides, strict=True):
            if one != other:
                yield Edit(where=field, old=_plain(one), new=_plain(other))


def _about(old: Entry | None, new: Entry | None) -> Iterator[Edit]:
    """What else the register says of a number that both sides have."""
    if old is None or new is None:
        return
    for field in sorted({*old, *new} - {*IN_WORDS}):
        if old.get(field) != new.get(field):
            yield Edit(where=field, old=_plain(old.get(field)), new=_plain(new.get(field)))


def _sentences(chapters: Sequence[Chapter], key: str, old: Side, new: Side) -> Iterator[Edit]:
    """Each sentence that holds a number, in words: as it was, and as it is."""
    for chapter in chapters:
        for at, sentence in enumerate(chapter.new):
            if any(use.key == key for use in sentence.uses):
                was = chapter.before.get(at)
                before = None if was is None else chapter.old[was].shown(old)
                yield Edit(where=sentence.place, old=before, new=sentence.shown(new), prose=True)


def changes(chapters: Sequence[Chapter], old: Side, new: Side) -> Iterator[Change]:
    """A change for each entry of the register that differs, came or went."""
    if old.numbers is None or new.numbers is None:
        return
    for key in sorted({*old.numbers, *new.numbers}):
        before, after = old.numbers.get(key), new.numbers.get(key)
        if before == after:
            continue
        worded = list(_values(before, after))
        held = list(_sentences(chapters, key, old, new)) if worded else []
        about = str((after or before or {}).get("description", ""))
        edits = (*worded, *_about(before, after), *held)
        yield Change(section="numbers", item=key, about=about, edits=edits)
