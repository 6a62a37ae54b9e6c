"""The codebook: every file of the data package, its rows, key and columns; print names the columns alone.

Data: datapackage.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rapport.data import Data
from rapport.markup import code, literal
from rapport.records import Listing
from rapport.wording import listed

KEY = "lst-kodebok"
TYPES = {"integer": "heltall", "number": "tall", "boolean": "sann eller usann", "string": "tekst"}
COMMON = ("grunnlag", "kilde")  # columns of every file, explained once
COMMON_ANCHOR = "data-felles"

Field = dict[str, Any]


def anchor(name: str) -> str:
    """The id of a file's section."""
    return f"data-{name.replace('_', '-')}"


def _bounds(limits: dict[str, Any]) -> Iterator[str]:
    low, high = limits.get("minimum"), limits.get("maximum")
    if low is not None and high is not None:
        yield f"fra {low} til {high}"
    elif low is not None:
        yield f"minst {low}"
    elif high is not None:
        yield f"høyst {high}"


def _facts(field: Field) -> str:
    """Type, unit and constraints in one sentence."""
    limits = field.get("constraints", {})
    facts = [TYPES[field["type"]].capitalize()]
    facts += [f"enhet: {field['unit']}"] if "unit" in field else []
    facts += _bounds(limits)
    facts += ["må fylles ut" if limits.get("required") else "kan stå tom"]
    facts += ["ingen like"] if limits.get("unique") else []
    return literal(", ".join(facts)) + "."


def _values(field: Field) -> Iterator[str]:
    """The values that a column may hold, each with its meaning where one is given."""
    for entry in field.get("categories", []):
        known = isinstance(entry, dict)
        value = str(entry["value"] if known else entry)
        yield f"    - {code(value)}" + (f": {literal(str(entry['label']))}" if known and "label" in entry else "")


def _column(field: Field, section: str, *, values: bool = True) -> str:
    name = str(field["name"])
    lines = [
        f"[{code(name)}]{{#{section}-{name.replace('_', '-')}}} – {literal(field['title'])}",
        f":   {literal(field['description'])} {_facts(field)}",
    ]
    shown = list(_values(field)) if values else []
    return "\n".join([*lines, *(["", *shown] if shown else [])]) + "\n"


def _keys(schema: dict[str, Any]) -> str:
    key = schema.get("primaryKey", [])
    said = f"Nøkkel: {listed(code(name) for name in ([key] if isinstance(key, str) else key))}." if key else ""
    for foreign in schema.get("foreignKeys", []):
        fields = foreign["fields"] if isinstance(foreign["fields"], list) else [foreign["fields"]]
        other = foreign["reference"].get("resource") or "samme fil"
        said += f" {listed(code(name) for name in fields)} viser til {literal(other)}."
    return said


def _section(resource: dict[str, Any], rows: int) -> str:
    fields = resource["schema"]["fields"]
    section = anchor(resource["name"])
    own = "\n".join(_column(field, section) for field in fields if field["name"] not in COMMON)
    common = "\n".join(_column(field, section, values=False) for field in fields if field["name"] in COMMON)
    printed = listed(code(field["name"]) for field in fields if field["name"] not in COMMON)
    meaning = f" Én rad er {literal(resource['row'])}." if "row" in resource else ""
    link = f"[Last ned {literal(resource['path'])}](/data/{resource['path']})"
    return (
        f"## {literal(resource['title'])} {{#{section} .unnumbered}}\n\n"
        f"{literal(resource['description'])}{meaning}\n\n"
        f"{link} med {rows} rader. {_keys(resource['schema'])}\n\n"
        f'::: {{.content-visible when-format="html"}}\n\n::: {{.kodebok}}\n\n{own}\n{common}\n:::\n\n:::\n\n'
        f'::: {{.content-visible unless-format="html"}}\n\nKolonner: {printed}.\n\n:::\n'
    )


def _common(resources: list[dict[str, Any]]) -> str:
    fields: dict[str, Field] = {}
    for field in (field for resource in resources for field in resource["schema"]["fields"]):
        fields.setdefault(field["name"], field)
    listing = "\n".join(_column(fields[name], COMMON_ANCHOR) for name in COMMON if name in fields)
    return (
        f"## Kolonner i alle filene {{#{COMMON_ANCHOR} .unnumbered}}\n\n"
        "Alle filene har disse kolonnene. Ordene i dem betyr det samme overalt.\n\n"
        f"::: {{.kodebok}}\n\n{listing}\n:::\n"
    )


def build(data: Data) -> Listing:
    """The codebook, one section a file, after the columns that all of them have."""
    resources = data.descriptor["resources"]
    sections = [_common(resources), *(_section(res, len(data[res["name"]])) for res in resources)]
    anchors = (COMMON_ANCHOR, *(anchor(res["name"]) for res in resources))
    return Listing(
        key=KEY, title="Datagrunnlag og kodebok", body="\n".join(sections),
        anchors=anchors, inputs=tuple(data.frames), module=__name__,
    )  # fmt: skip
