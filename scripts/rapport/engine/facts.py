"""What a build knows of itself, for its pages: commit and date, whether figures/ was recomputed alike, uses of numbers.

figures/ is committed and so cannot name its own commit; pages are not, and can. Nothing here comes from the clock
or from an earlier build: two builds of one commit know the same. Knows git, the book and its texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapport.book import Book, Chapter
from rapport.engine.revision import git, revision
from rapport.engine.uses import Use, uses
from rapport.paths import Paths

FILE = "bygg.json"
MANIFEST, NUMBERS = "manifest.json", "numbers.json"
SAME, CHANGED, NEW, UNKNOWN = "likt", "endret", "nytt", "ukjent"

Facts = dict[str, Any]


def _blob(text: str, stored: str) -> str:
    """The name that git gives a file of this text, by the same hash as the stored name."""
    raw = text.encode("utf-8")
    kind = hashlib.sha256 if len(stored) == 64 else hashlib.sha1
    return kind(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def _committed(paths: Paths) -> dict[str, str] | None:
    """The committed files of figures/ by name, as git's hashes; None when there is no commit to ask."""
    listed = git(paths.root, "ls-tree", "HEAD", "figures/")
    if listed is None:
        return None
    lines = (line.partition("\t") for line in listed.splitlines())
    return {name.rpartition("/")[2]: facts.split()[2] for facts, _, name in lines}


def _committed_items(paths: Paths) -> dict[str, Any]:
    try:
        return json.loads(git(paths.root, "show", f"HEAD:./figures/{MANIFEST}") or "{}").get("items", {})
    except json.JSONDecodeError:
        return {}


def _verdicts(paths: Paths, files: Mapping[str, str]) -> dict[str, str]:
    """For each item of the manifest and the register: whether what was recomputed is what is committed, hashes too."""
    items = json.loads(files[MANIFEST])["items"]
    stored = _committed(paths)
    if stored is None:
        return dict.fromkeys([*items, NUMBERS], UNKNOWN)
    before, found = _committed_items(paths), {}
    for key, item in items.items():
        own = [f"{key}{suffix}" for suffix in item["sizes"]]
        same = before.get(key) == item and all(_blob(files[n], stored.get(n, "")) == stored.get(n) for n in own)
        found[key] = SAME if same else CHANGED if key in before else NEW
    same = _blob(files[NUMBERS], stored.get(NUMBERS, "")) == stored.get(NUMBERS)
    return found | {NUMBERS: SAME if same else CHANGED}


def _place(chapter: Chapter) -> str:
    """A chapter as a reader is told of it: "kapittel 2", "vedlegg A" or its title."""
    if chapter.number is None:
        return f"«{chapter.title}»"
    return f"{'vedlegg' if chapter.appendix else 'kapittel'} {chapter.number}"


def _use(use: Use, chapter: Chapter) -> Facts:
    return {
        "href": f"/{chapter.href}#{use.anchor}", "section": use.section, "place": _place(chapter),
        "hedge": use.hedge, "bound": use.bound, "word": use.word,
    }  # fmt: skip


def _uses(book: Book, sources: Mapping[str, str]) -> dict[str, list[Facts]]:
    chapters = {chapter.path: chapter for chapter in book.chapters}
    found: dict[str, list[Facts]] = {}
    for use in uses(sources):
        found.setdefault(use.key, []).append(_use(use, chapters[use.file]))
    return found


def build_facts(paths: Paths, book: Book, sources: Mapping[str, str], files: Mapping[str, str]) -> Facts:
    """Commit, date, a verdict by item (likt, endret, nytt, ukjent), and the uses by number, in reading order.

    sources: the chapters' text by file; files: every file of figures/ as recomputed, by name.
    """
    made = revision(paths.root, book.date)
    return {
        "commit": made.commit, "date": made.shown_date, "verdicts": _verdicts(paths, files),
        "uses": _uses(book, sources),
    }  # fmt: skip


def write_facts(path: Path, facts: Facts) -> Path:
    """The facts as JSON, for the chapters' cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path
