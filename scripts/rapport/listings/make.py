"""What all listings use: labels of codes, and the order of the Norwegian alphabet."""

from __future__ import annotations

from typing import Any

from rapport.data import Data

LAST = str.maketrans({"æ": "{", "ø": "|", "å": "}"})  # the marks that follow z


def resource(data: Data, name: str) -> dict[str, Any]:
    """A resource of the descriptor by its name."""
    return next(res for res in data.descriptor["resources"] if res["name"] == name)


def labels(data: Data, name: str, column: str) -> dict[str, str]:
    """The label of each code that a column may hold."""
    fields = {field["name"]: field for field in resource(data, name)["schema"]["fields"]}
    return {entry["value"]: entry["label"] for entry in fields[column]["categories"]}


def alphabetical(text: str) -> str:
    """A key that sorts as a Norwegian reader expects, æ, ø and å last.

    >>> sorted(["å", "ø", "a", "z", "Æ"], key=alphabetical)
    ['a', 'z', 'Æ', 'ø', 'å']
    """
    return text.casefold().translate(LAST)
