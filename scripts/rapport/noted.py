"""The data package as a step sees it: every table or description that is asked for is noted as read.

So a figure depends on the tables it really uses, whatever it says of itself. Knows data and steps.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from rapport.data import Data
from rapport.steps import Reads, digest

DESCRIPTOR, NUMBERS, NAMES = "data/datapackage.json", "the number register", "the list of tables"
FILES = "the text of the data package's files"


def today(data: Data, numbers: str) -> dict[str, str]:
    """The digest of each thing that can be noted; `numbers` is the register as JSON. A table's types count as it."""
    tables = {}
    for resource in data.descriptor["resources"]:
        types = [(field["name"], field["type"]) for field in resource["schema"]["fields"]]
        tables[f"data/{resource['name']}"] = digest(json.dumps([data.hashes[resource["name"]], types]))
    names = digest(json.dumps(list(data.frames)))
    whole = {DESCRIPTOR: data.descriptor, FILES: data.files}
    return tables | {name: digest(json.dumps(content)) for name, content in whole.items()} | {
        NUMBERS: digest(numbers), NAMES: names,
    }  # fmt: skip


class _Noting(Mapping):
    """A mapping that notes what is asked for; `what` says the name of a key, or of all of it."""

    def __init__(self, inner: Mapping, note: Any, one: str | None, whole: str) -> None:
        self._inner, self._note, self._one, self._whole = inner, note, one, whole

    def __getitem__(self, key: str) -> Any:
        self._note(self._one + key if self._one else self._whole)
        return self._inner[key]

    def __iter__(self) -> Iterator[str]:
        self._note(self._whole)
        return iter(self._inner)

    def __len__(self) -> int:
        self._note(self._whole)
        return len(self._inner)


class Noted(Data):
    """The same data, noting in `reads` what is asked for; `now` maps each thing to its digest."""

    def __init__(self, data: Data, reads: Reads, now: Mapping[str, str]) -> None:
        # Data is frozen.
        for name, value in (("_data", data), ("_reads", reads), ("_now", now)):
            object.__setattr__(self, name, value)

    def _note(self, what: str) -> None:
        self._reads.note(what, self._now[what])

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:  # type: ignore[override]
        """The tables by name."""
        return _Noting(self._data.frames, self._note, "data/", NAMES)

    @property
    def hashes(self) -> Mapping[str, str]:  # type: ignore[override]
        """The digests of the CSVs by name."""
        return _Noting(self._data.hashes, self._note, "data/", NAMES)

    @property
    def descriptor(self) -> dict[str, Any]:  # type: ignore[override]
        """datapackage.json."""
        self._note(DESCRIPTOR)
        return self._data.descriptor

    @property
    def files(self) -> dict[str, str]:  # type: ignore[override]
        """The text of the package's files."""
        self._note(FILES)
        return self._data.files

    def numbers(self, numbers: Mapping[str, Any]) -> Mapping[str, Any]:
        """The register, noted as a whole by whoever looks into it."""
        return _Noting(numbers, self._note, None, NUMBERS)
