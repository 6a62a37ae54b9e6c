"""Both sides read: a revision as it was committed, and the working tree, recomputed where it is not as committed."""

from __future__ import annotations

from collections.abc import Mapping

from rapport.book import load_book
from rapport.compare.repository import Commit, files, first_with, is_clean, resolve
from rapport.compare.sides import DESCRIPTOR, Side, json_object, sources, table_faults, tables
from rapport.engine.check import read_sources
from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.verify.evidence import read_committed, recompute

READ = ("data", "figures", "chapters", "en", "index.qmd", "_quarto.yml")
MAKERS = ("data", "figures", "scripts", "theme/tokens.json")  # what figures/ follows from, and figures/ itself


def _unusable(paths: Paths, commit: Commit) -> RapportError:
    first = first_with(paths.root, DESCRIPTOR)
    remedy = f"compare with {first} or a later commit" if first else f"commit {DESCRIPTOR}, and compare with that"
    return RapportError(
        f"{commit}: no {DESCRIPTOR} that can be read; expected a revision with a data package.\n  To mend it: {remedy}."
    )


def _side(name: str, commit: Commit, descriptor: dict, texts: Mapping[str, str], made: Mapping[str, str]) -> Side:
    """A side whose tables can be compared. Raises RapportError with every row that stands in the way."""
    found = tables(descriptor, texts)
    remedy = f"compare with another revision: `git log {commit.short} -- data/` lists those before it"
    faults = [fault for key, text in found.items()
              for fault in table_faults(f"data/{key}.csv in {commit}", text, remedy)]  # fmt: skip
    if faults:
        raise RapportError(*faults)
    return Side(name, commit.short, descriptor, found, sources(texts), made)


def old_side(paths: Paths, commit: Commit) -> Side:
    """A revision as it was committed: no code of that time is run, figures/ says what its numbers were.

    Raises RapportError when its data package cannot be read.
    """
    texts = {path: text.decode("utf-8", errors="replace") for path, text in files(paths.root, commit, *READ).items()}
    descriptor = json_object(texts.get(DESCRIPTOR))
    if descriptor is None:
        raise _unusable(paths, commit)
    made = {path.removeprefix("figures/"): text for path, text in texts.items() if path.startswith("figures/")}
    return _side(str(commit), commit, descriptor, texts, made)


def _chapters(paths: Paths) -> dict[str, str]:
    try:
        return read_sources(paths, load_book(paths))
    except UnicodeDecodeError as error:
        found = error.object[error.start : error.end]
        raise RapportError(
            f"a chapter or _quarto.yml: found the bytes {found!r}, expected text in UTF-8.\n"
            "  To mend it: save the chapters as UTF-8."
        ) from None


def new_side(paths: Paths) -> Side:
    """The working tree. What is committed is taken as committed, like the revision; what is not is recomputed.

    Raises RapportError when data or chapters are unusable.
    """
    head = resolve(paths.root, "HEAD")
    chapters = _chapters(paths)
    texts = {f"data/{path.name}": path.read_bytes().decode("utf-8", errors="replace")
             for path in sorted(paths.data.iterdir()) if path.is_file()}  # fmt: skip
    descriptor = json_object(texts.get(DESCRIPTOR))
    if descriptor is not None and is_clean(paths.root, *MAKERS):
        side = _side(f"working tree on {head.short}", head, descriptor, texts, read_committed(paths.figures))
        if side.numbers and not side.stale:
            return Side(side.name, head.short, descriptor, side.tables, chapters, side.made)
    data, made = recompute(paths)
    return Side(f"working tree on {head.short}, recomputed", head.short, data.descriptor,
                tables(data.descriptor, texts), chapters, made)  # fmt: skip
