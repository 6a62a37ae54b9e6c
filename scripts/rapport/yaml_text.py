"""YAML read quickly and strictly: what is not YAML, or says a thing twice, is told with its line. Knows errors only."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import yaml

from rapport.errors import BookError, Place

REMEDY = "correct the YAML at that place"
# PyYAML's own reader, in C where its package has that: `_quarto.yml` takes a tenth of the time.
QUICK = yaml.SafeLoader if TYPE_CHECKING else getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Once:
    """Python's loaders let the last of two equal keys win; Quarto's takes none."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping, of which no key stands twice."""
        first: dict[str, int] = {}
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in first:
                problem = f"the key {key.value} stands already in line {first[key.value]}"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            if isinstance(key, yaml.ScalarNode):
                first[key.value] = key.start_mark.line + 1
        return super().construct_mapping(node, deep)  # pyright: ignore[reportAttributeAccessIssue]


class _Quick(_Once, QUICK):
    pass


class _Clear(_Once, yaml.SafeLoader):
    """Its words of what is wrong are those that a person understands."""


def parse(text: str) -> Any:
    """The document. Raises yaml.YAMLError of what is not YAML, of a date that is none too."""
    try:
        return yaml.load(text, Loader=_Quick)
    except (yaml.YAMLError, RecursionError):
        pass
    except ValueError as error:
        raise yaml.YAMLError(str(error)) from error
    try:
        return yaml.load(text, Loader=_Clear)
    except RecursionError:
        raise yaml.YAMLError("brackets within brackets without end") from None


def problem_of(error: yaml.YAMLError) -> tuple[int | None, str]:
    """The line that the error speaks of, from 1, and what is wrong there."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    return mark.line + 1 if mark else None, problem or str(error)


def read_yaml(file: str, text: str) -> Any:
    """The file's text as Python has it. Raises BookError with the line that is not YAML."""
    try:
        return parse(text)
    except yaml.YAMLError as error:
        line, problem = problem_of(error)
    told = f"not valid YAML: {problem}"
    raise BookError(
        f"{file}: {told}\n  To mend it: {REMEDY}." if line is None
        else Place(file=file, line=line, problem=told, remedy=REMEDY)
    )  # fmt: skip
