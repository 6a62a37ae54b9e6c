"""What the schema of the descriptor, datapackage.schema.json, finds wrong: in the words of errors. Knows errors."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rapport.errors import Fault

NAME = "datapackage.json"
DESCRIPTOR = f"data/{NAME}"
SCHEMA = Path(__file__).with_name("datapackage.schema.json")


def fault(found: str, expected: str, remedy: str) -> Fault:
    """A fault of the descriptor."""
    return Fault(file=DESCRIPTOR, found=found, expected=expected, remedy=remedy)


def _place(steps: Collection[Any], whole: Any) -> str:
    """Where in the descriptor something is, with the names of tables and columns in place of their numbers."""
    words, here = [], whole
    for step in steps:
        here = here[step]
        name = here.get("name") if isinstance(here, dict) else None
        words.append(str(name) if isinstance(step, int) and isinstance(name, str) else str(step))
    return ".".join(words) or "the file"


def _expected(error: Any) -> str:
    """What a broken rule of the schema asks for."""
    rule, wanted = error.validator, error.validator_value
    if rule is None:  # a property that is not allowed here
        return "no such property for a column of this type"
    if rule == "pattern" and "title" in error.schema:
        return str(error.schema["title"])
    return {
        "required": f"the properties {', '.join(wanted) if isinstance(wanted, list) else wanted}",
        "enum": f"one of {', '.join(map(str, wanted)) if isinstance(wanted, list) else wanted}",
        "const": json.dumps(wanted, ensure_ascii=False),
        "type": f"a value of the type {wanted}",
        "pattern": f"text of the form {wanted}",
        "minLength": "text that is not empty", "maxLength": f"at most {wanted} characters",
        "minItems": "at least one entry", "format": "a regular expression",
        "additionalProperties": f"only {', '.join(error.schema.get('properties', {}))}",
    }.get(rule, "a value that the report can use")  # fmt: skip


def schema_faults(whole: Any) -> Iterator[Fault]:
    """Every rule of the schema that the descriptor, read from its JSON, breaks."""
    for error in sorted(_validator().iter_errors(whole), key=lambda error: list(map(str, error.absolute_path))):
        place, rule = _place(error.absolute_path, whole), error.validator
        if rule == "required":
            found = f"no {', '.join(name for name in error.validator_value if name not in error.instance)} in {place}"
        elif rule == "additionalProperties":
            known = error.schema.get("properties", {})
            found = f"{', '.join(name for name in error.instance if name not in known)} in {place}"
        else:
            found = f"{place}: {json.dumps(error.instance, ensure_ascii=False)}"
        yield fault(found, _expected(error), "correct the place in the descriptor (git diff data/ shows what changed)")


def _spelled_out(part: Any, named: Mapping[str, Any]) -> Any:
    """A part of the schema with what it refers to in its place: to look each up took half the time of a check."""
    if isinstance(part, dict):
        if "$ref" in part:
            return _spelled_out(named[part["$ref"].removeprefix("#/$defs/")], named)
        return {name: _spelled_out(value, named) for name, value in part.items() if name != "$defs"}
    return [_spelled_out(value, named) for value in part] if isinstance(part, list) else part


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator(_spelled_out(schema, schema["$defs"]), format_checker=FormatChecker(["regex"]))
