"""`_quarto.yml` as it must be before anything is read of it: each value's kind and bounds, all faults at once.

Only what this book uses of Quarto's format is looked at. Knows kinds of values, languages and errors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from rapport.errors import BookError, Fault
from rapport.kinds import Rule, lacking, matches, unfit
from rapport.languages import BOOK

FILE = "_quarto.yml"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_date(value: Any) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == str(value)
    except ValueError:
        return False


def _is_file(value: Any) -> bool:
    return _is_text(value) and not value.startswith("/") and ".." not in PurePosixPath(value).parts


# What must stand where, and what may.
NEEDED: dict[str, Rule] = {
    "lang": (lambda value: value == BOOK, f"{BOOK}, the language that the book is written in"),
    "bibliography": (_is_file, "the path of a file in the project"),
    "book.title": (_is_text, "a text"),
    "book.author": (_is_text, "one name"),
    "book.date": (_is_date, "a date such as 2026-11-23"),
    "book.output-file": (matches(r"\w[\w.-]*"), "a name of letters, digits, - and _"),
    "book.chapters": (lambda value: isinstance(value, list) and bool(value), "a list of chapters"),
}
ALLOWED: dict[str, Rule] = {
    "project.output-dir": (_is_file, "the path of a folder in the project"),
    "execute.echo": (lambda value: isinstance(value, bool), "true or false"),
    "book.subtitle": (_is_text, "a text"),
    "book.description": (_is_text, "a text"),
    "book.repo-url": (matches(r"https?://[^\s\"'<>]+"), "an address that begins with https://"),
    "book.appendices": (lambda value: isinstance(value, list), "a list of chapters"),
    "book.page-footer": (lambda value: isinstance(value, dict), "left, center and right"),
}
MISSING = object()


def _value(config: Any, place: str) -> Any:
    for name in place.split("."):
        if not isinstance(config, dict):
            return MISSING
        config = config.get(name, MISSING)
    return config


def _entries(config: Any) -> Iterator[tuple[str, Any]]:
    """Each file that is listed, and where."""
    for name in ("chapters", "appendices"):
        listed = _value(config, f"book.{name}")
        for entry in listed if isinstance(listed, list) else ():
            within = entry.get("chapters") if isinstance(entry, dict) and _is_text(entry.get("part")) else None
            for path in within if isinstance(within, list) else [entry]:
                yield f"book.{name}", path


def _chapter_faults(config: Any) -> Iterator[Fault]:
    entries = list(_entries(config))
    for place, path in entries:
        if not _is_file(path):
            yield Fault(file=FILE, column=place, found=str(path), remedy="write the path from the project's root",
                        expected="the path of a chapter in the project, or a part with chapters")  # fmt: skip
    for path, count in Counter(path for _, path in entries if isinstance(path, str)).items():
        if count > 1:
            yield Fault(file=FILE, column="book.chapters", found=f"{path} {count} times", expected="each chapter once",
                        remedy="take the copy out")  # fmt: skip


def check_config(config: Any) -> None:
    """Raises BookError with every value that is missing or is not what it must be."""
    values = {place: _value(config, place) for place in (*NEEDED, *ALLOWED)}
    faults = [lacking(FILE, place, rule) for place, rule in NEEDED.items() if values[place] is MISSING]
    for place, rule in (NEEDED | ALLOWED).items():
        left_out = values[place] is MISSING or (values[place] is None and place in ALLOWED)
        if not left_out and not rule[0](values[place]):
            faults.append(unfit(FILE, place, values[place], rule))
    faults += _chapter_faults(config)
    if faults:
        raise BookError(*faults)
