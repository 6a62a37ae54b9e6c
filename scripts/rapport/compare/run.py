"""One comparison: read both sides, ask each section, and say what the reader must know of either side."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.compare import reading
from rapport.compare.changes import Comparison
from rapport.compare.chapters import beside
from rapport.compare.repository import Commit, resolve, touched
from rapport.compare.sections import chapters, claims, data, figures, numbers, schema
from rapport.compare.sides import Side
from rapport.paths import Paths


def _gaps(old: Side) -> Iterator[str]:
    """What the revision cannot tell."""
    if old.numbers is None:
        yield f"{old.name} has no figures/numbers.json that can be read: its numbers are not compared."
    if not old.manifest:
        yield f"{old.name} has no figures/manifest.json that can be read: headlines and alt texts are not compared."
    elif old.stale:
        names = ", ".join(f"data/{name}.csv" for name in old.stale)
        yield f"figures/ of {old.name} was not made from its {names}; its numbers and figures are shown as committed."


def _tools(old: Side, new: Side) -> Iterator[str]:
    """Which libraries made the two sides' figures, where they are not the same versions."""
    before, after = old.manifest.get("tools", {}), new.manifest.get("tools", {})
    pairs = [f"{tool} {before[tool]} → {after[tool]}" for tool in sorted({*before} & {*after})
             if before[tool] != after[tool]]  # fmt: skip
    if pairs:
        yield f"Drawn with other versions, which alone may change a picture: {', '.join(pairs)}."


def _beside(paths: Paths, commit: Commit) -> Iterator[str]:
    """What else differs: files that this comparison does not look into."""
    read = tuple(f"{place}/" if "." not in place else place for place in reading.READ)
    others = [name for name in touched(paths.root, commit) if not name.startswith(read)]
    if others:
        places = sorted({name.partition("/")[0] + ("/" if "/" in name else "") for name in others})
        count = f"{len(others)} other {'file differs' if len(others) == 1 else 'files differ'}"
        yield f"{count}, not looked into here: {', '.join(places)} (`git diff {commit.short}`)."


def compare(paths: Paths, name: str) -> Comparison:
    """The working tree beside the revision `name`. Raises RapportError when either cannot be used."""
    commit = resolve(paths.root, name)
    old, new = reading.old_side(paths, commit), reading.new_side(paths)
    text = beside(old, new)
    drawn = tuple(figures.changes(old, new))
    return Comparison(
        old=old.name, new=new.name,
        changes=(*claims.changes(text, old, new), *schema.changes(old, new), *data.changes(old, new),
                 *numbers.changes(text, old, new), *drawn, *chapters.changes(text, old, new)),
        pictures=tuple(figures.pictures(old, new, drawn)),
        notes=(*_gaps(old), *_tools(old, new), *_beside(paths, commit)),
    )  # fmt: skip
