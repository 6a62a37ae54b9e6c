"""The data package as a whole: how to get it, its versions, its licence and how to cite it. Data: datapackage.json."""

from __future__ import annotations

from html import escape
from typing import Any

from rapport.exports import zip_name
from rapport.listings.datafil import link
from rapport.markup import literal, raw
from rapport.wording import long_date

ABOUT_ANCHOR = "data-om"


def whole(descriptor: dict[str, Any]) -> str:
    """A link to the package as one file, for the page."""
    entry = link(zip_name(descriptor), "Last ned hele datapakken", "ZIP")
    return raw(f'<ul class="nedlastinger">{entry}</ul>')


def _changes(descriptor: dict[str, Any]) -> str:
    return "\n".join(
        f"- **Versjon {literal(change['version'])}, {literal(long_date(change['date']))}:** {literal(change['text'])}"
        for change in descriptor.get("changes", [])
    )


def _names(descriptor: dict[str, Any]) -> str:
    return ", ".join(person["title"] for person in descriptor["contributors"])


def _year(descriptor: dict[str, Any]) -> str:
    return max((change["date"][:4] for change in descriptor.get("changes", [])), default="u.å.")


def _bibtex(descriptor: dict[str, Any]) -> str:
    entry = "\n".join(
        [
            f"@misc{{{descriptor['name']}-data,",
            f"  author = {{{{{_names(descriptor)}}}}},",
            f"  title = {{{descriptor['title']}}},",
            f"  year = {{{_year(descriptor)}}},",
            f"  note = {{Versjon {descriptor['version']}, {descriptor['licenses'][0]['name']}}}",
            "}",
        ]
    )
    code = f"<pre><code>{escape(entry)}</code></pre>"
    return raw(f'<details class="bibtex"><summary>Vis som BibTeX</summary>{code}</details>')


def about(descriptor: dict[str, Any]) -> str:
    """Versions with what changed, licence, and the words to cite the data by."""
    licence, source = descriptor["licenses"][0], descriptor["sources"][0]
    cited = f"{_names(descriptor)} ({_year(descriptor)}). {descriptor['title']}. Versjon {descriptor['version']}."
    return (
        "\n\n".join(
            [
                f"## Versjoner, lisens og sitering {{#{ABOUT_ANCHOR} .unnumbered}}",
                f"Dette er versjon {literal(descriptor['version'])} av datapakken.",
                _changes(descriptor),
                f"Dataene har lisensen [{literal(licence['title'])}]({licence['path']}) ({literal(licence['name'])}). "
                "Du kan bruke dem til hva du vil når du oppgir hvor de kommer fra.",
                "Slik kan du sitere dataene, gjerne med adressen du fant dem på:",
                f"> {literal(cited)}",
                "Gjelder det et funn, siterer du rapporten som tallene kommer fra:",
                f"> {literal(source['title'])}",
                _bibtex(descriptor),
            ]
        )
        + "\n"
    )
