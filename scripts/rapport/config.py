"""`_quarto.yml` as it must be before anything is read of it: each value's kind and bounds, all faults at once.

Only what this book uses of Quarto's format is looked at. Knows errors only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from rapport.errors import BookError, Fault

FILE = "_quarto.yml"
LANG = "nb"  # of the book; pages may be in others


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_date(value: Any) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == str(value)
    except ValueError:
        return False


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\w[\w.-]*", value) is not None


def _is_file(value: Any) -> bool:
    return _is_text(value) and not value.startswith("/") and ".." not in PurePosixPath(value).parts


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"https?://[^\s\"'<>]+", value) is not None


# Where a value stands, whether it must, what it may be, and that in words.
RULES: tuple[tuple[str, bool, Callable[[Any], bool], str], ...] = (
    ("lang", True, lambda value: value == LANG, f"{LANG}, the language that the book is written in"),
    ("bibliography", True, _is_file, "the path of a file in the project"),
    ("project.output-dir", False, _is_file, "the path of a folder in the project"),
    ("execute.echo", False, lambda value: isinstance(value, bool), "true or false"),
    ("book.title", True, _is_text, "a text"),
    ("book.subtitle", False, _is_text, "a text"),
    ("book.author", True, _is_text, "one name"),
    ("book.date", True, _is_date, "a date such as 2026-11-23"),
    ("book.description", False, _is_text, "a text"),
    ("book.output-file", True, _is_name, "a name of letters, digits, - and _"),
    ("book.repo-url", False, _is_address, "an address that begins with https://"),
    ("book.chapters", True, lambda value: isinstance(value, list) and bool(value), "a list of chapters"),
    ("book.appendices", False, lambda value: isinstance(value, list), "a list of chapters"),
    ("book.page-footer", False, lambda value: isinstance(value, dict), "left, center and right"),
)  # fmt: skip
MISSING = object()


def _value(config: Any, place: str) -> Any:
    for name in place.split("."):
        if not isinstance(config, dict):
            return MISSING
        config = config.get(name, MISSING)
    return config


def _fault(place: str, found: str, expected: str, remedy: str) -> Fault:
    return Fault(file=FILE, column=place, found=found, expected=expected, remedy=remedy)


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
            yield _fault(place, str(path), "the path of a chapter in the project, or a part with chapters",
                         "write the path from the project's root")  # fmt: skip
    for path, count in Counter(path for _, path in entries if isinstance(path, str)).items():
        if count > 1:
            yield _fault("book.chapters", f"{path} {count} times", "each chapter once", "take the copy out")


def check_config(config: Any) -> None:
    """Raises BookError with every value that is missing or is not what it must be."""
    faults = []
    for place, needed, holds, expected in RULES:
        value = _value(config, place)
        if value is MISSING or (value is None and not needed):
            if needed:
                faults.append(_fault(place, "nothing", expected, "put it back (git diff _quarto.yml shows it)"))
        elif not holds(value):
            faults.append(_fault(place, str(value), expected, "correct the value"))
    faults += _chapter_faults(config)
    if faults:
        raise BookError(*faults)
