"""The bibliography read and checked: text in UTF-8, BibTeX that pandoc reads, each key once. Knows the book's files."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rapport.engine.pandoc import pandoc_path
from rapport.engine.references import BIB_KEY
from rapport.errors import BookError, Place
from rapport.legible import lines, unseen
from rapport.source import line_of

WHERE = re.compile(r"\(line (?P<line>\d+), column \d+\):\n(?P<what>.+)")
PAIRS = "look at that entry and the one above: braces in pairs, a comma after the key and after each field"


def _twice(file: str, text: str, keys: list[str]) -> Iterator[Place]:
    """Keys that an entry above has: pandoc reads the last one alone, and says nothing."""
    for key in [key for key, count in Counter(keys).items() if count > 1]:
        first, *_others, last = [line_of(text, found.start(1)) for found in BIB_KEY.finditer(text) if found[1] == key]
        yield Place(file=file, line=last, problem=f"the key {key} stands already in line {first}",
                    remedy="take the copy out, or give it another key")  # fmt: skip


def _entry_faults(file: str, text: str) -> Iterator[Place]:
    """Keys that stand twice, or the place where pandoc stops reading."""
    command = [pandoc_path(), "--from=biblatex", "--to=csljson"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode == 0:
        yield from _twice(file, text, [entry["id"] for entry in json.loads(done.stdout)])
        return
    place = WHERE.search(done.stderr)
    line, what = (int(place["line"]), place["what"]) if place else (1, done.stderr.strip())
    yield Place(file=file, line=min(line, text.count("\n") + 1), problem=f"no BibTeX: {what}", remedy=PAIRS)


def read_bibliography(root: Path, file: str) -> str:
    """The bibliography's text. Raises BookError when it is not there, or is no text in UTF-8."""
    try:
        text = lines(file, (root / file).read_bytes())
    except FileNotFoundError:
        raise BookError(
            f"_quarto.yml: no such bibliography: {file}\n  To mend it: put the file back, or correct the name."
        ) from None
    if isinstance(text, Place):
        raise BookError(text)
    return text


def check_bibliography(root: Path, file: str) -> None:
    """Raises BookError with all that is wrong with it. pandoc reads it once for this, which a changed chapter does not
    ask for."""
    text = read_bibliography(root, file)
    if faults := [*unseen(file, text), *_entry_faults(file, text)]:
        raise BookError(*sorted(faults, key=lambda fault: fault.line))
