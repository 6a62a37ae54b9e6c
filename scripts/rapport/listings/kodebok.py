"""The data page: every file of the data package with its rows, downloads, key and columns. Data: datapackage.json."""

from __future__ import annotations

from typing import Any

from rapport.data import Data
from rapport.exports.rows import read_rows
from rapport.listings import datapakke
from rapport.listings.datafil import downloads, preview
from rapport.listings.kolonner import Field, common_fields, definitions, is_common, keys, own_definitions
from rapport.markup import code, literal, raw
from rapport.records import Listing
from rapport.wording import NBSP, listed, spelled

KEY = "lst-kodebok"
ALL_ANCHOR = "data-alle"
COMMON_ANCHOR = "data-felles"


def anchor(name: str) -> str:
    """The id of a file's section."""
    return f"data-{name.replace('_', '-')}"


def _unknown(data: Data, name: str) -> int:
    return int((data[name]["grunnlag"] == "ukjent").sum())


def _rows(count: int) -> str:
    return f"{count}{NBSP}rad" if count == 1 else f"{count}{NBSP}rader"


def _line(data: Data, resource: dict[str, Any]) -> str:
    """A file in the list at the top: its name, what a row is, how many there are."""
    name = resource["name"]
    meaning = f"Én rad er {literal(resource['row'])}. " if "row" in resource else ""
    unknown = f", {_unknown(data, name)} med ukjent verdi" if _unknown(data, name) else ""
    return f"- [{literal(resource['title'])}](#{anchor(name)})\\\n  {meaning}{_rows(len(data[name]))}{unknown}."


def _overview(data: Data, resources: list[dict[str, Any]]) -> str:
    lines = "\n".join(_line(data, resource) for resource in resources)
    return (
        f"## Filene {{#{ALL_ANCHOR} .unnumbered}}\n\n"
        "Under hver fil finner du de første radene, nedlastinger i flere formater og en forklaring på kolonnene.\n\n"
        f"{datapakke.whole(data.descriptor)}\n\n::: {{.datasett}}\n\n{lines}\n\n:::\n"
    )


def _facts(data: Data, resource: dict[str, Any]) -> str:
    count, unknown = len(data[resource["name"]]), _unknown(data, resource["name"])
    facts = [f"Én rad er {literal(resource['row'])}."] if "row" in resource else []
    facts.append(
        f"Filen {code(resource['path'])} har {_rows(count)} og {len(resource['schema']['fields'])}{NBSP}kolonner."
    )
    if unknown:
        facts.append(f"I {spelled(unknown) or unknown} av radene er verdien ukjent.")
    return " ".join([*facts, keys(resource["schema"])])


def _section(data: Data, resource: dict[str, Any], common: list[Field]) -> str:
    fields = resource["schema"]["fields"]
    rows = read_rows(resource, data.files[resource["path"]])
    also = [code(field["name"]) for field in fields if is_common(field, common)]
    opened = (
        f'<details class="kolonner"><summary>Vis kolonnene<span class="skjult"> i {resource["path"]}</span></summary>'
    )
    return (
        "\n\n".join(
            [
                f"## {literal(resource['title'])} {{#{anchor(resource['name'])} .unnumbered}}",
                literal(resource["description"]),
                _facts(data, resource),
                raw(f"{downloads(resource)}\n{preview(rows)}\n{opened}"),
                own_definitions(fields, common, anchor(resource["name"])),
                f"I tillegg kommer {listed(also)}, som er [felles for alle filene](#{COMMON_ANCHOR})." if also else "",
                raw("</details>"),
            ]
        )
        + "\n"
    )


def _common(fields: list[Field]) -> str:
    return (
        f"## Kolonner i alle filene {{#{COMMON_ANCHOR} .unnumbered}}\n\n"
        "Alle filene har disse kolonnene. Ordene i dem betyr det samme overalt.\n\n"
        f"{definitions(fields, COMMON_ANCHOR)}"
    )


def build(data: Data) -> Listing:
    """The list of files, the columns that all of them have, a section a file, and the package as a whole."""
    resources = data.descriptor["resources"]
    common = common_fields(resources)
    sections = [_overview(data, resources), _common(common)]
    sections += [_section(data, resource, common) for resource in resources]
    anchors = (ALL_ANCHOR, COMMON_ANCHOR, *(anchor(res["name"]) for res in resources), datapakke.ABOUT_ANCHOR)
    return Listing(
        key=KEY, title="Datagrunnlag og kodebok", body="\n".join([*sections, datapakke.about(data.descriptor)]),
        anchors=anchors, inputs=tuple(data.frames), module=__name__,
    )  # fmt: skip
