"""What a value of a settings file must be, and what is told of one that is missing or is not. Knows errors only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from rapport.errors import Fault

Rule = tuple[Callable[[Any], bool], str]  # whether a value will do, and what is expected in words


def matches(pattern: str) -> Callable[[Any], bool]:
    """Whether a value is a text that the whole pattern fits."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def lacking(file: str, place: str, rule: Rule) -> Fault:
    """Nothing stands where the rule wants a value."""
    return Fault(file=file, column=place, found="nothing", expected=rule[1],
                 remedy=f"put it back (git diff {file} shows it)")  # fmt: skip


def unfit(file: str, place: str, value: Any, rule: Rule) -> Fault:
    """The value is not what the rule wants."""
    return Fault(file=file, column=place, found=str(value), expected=rule[1], remedy="correct the value")
