"""What was verified last, when and with which versions, and what has changed since, as Markdown.

Knows the manifest and the facts of the build; says nothing that the record does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rapport.languages import BOOK, language_of
from rapport.markup import code, literal
from rapport.verified import SAME
from rapport.wording import listed

Json = Mapping[str, Any]

# What each layer of `rapport verify` compares, for a reader.
LAYERS = {
    "data": ("Data", "hver datafil mot kontrollsummen sin"),
    "values": ("Verdier", "innholdet i hver figur, tabell og liste laget på nytt, celle for celle"),
    "spec": ("Oppskrift", "beskrivelsen av hver figur, punkt for punkt"),
    "picture": ("Tegning", "hver tegnet figur"),
    "numbers": ("Tall", "hvert tall i registeret, og hvert «over», «nesten» og lignende i teksten"),
    "text": ("Tekst", "alle nettsidene og PDF-en lest tilbake, tall for tall"),
    "chapters": ("Kapitler", "henvisninger, alternative tekster og at ingenting står ubrukt"),
}


def _title(title: str, lang: str) -> str:
    """A title in the quotation marks of the book, said to be in its own language."""
    said = literal(title)
    return f"«{said}»" if lang == BOOK else f"«[{said}]{{lang={lang}}}»"


def _name(name: str, manifest: Json, facts: Json) -> str:
    """A file, item or chapter as a reader knows it, as Markdown."""
    if name in manifest["items"]:
        item = manifest["items"][name]
        return _title(item["title"], language_of(item))
    if name in facts["titles"]:
        return f"kapitlet {_title(facts['titles'][name], facts['languages'][name])}"
    return "tallregisteret" if name == "numbers.json" else literal(f"filen {name}")


def _since(manifest: Json, facts: Json) -> str:
    changed = sorted(name for name, state in facts["states"].items() if state != SAME)
    if not changed:
        return "Data, figurer, tall og kapitler er de samme nå som da."
    names = listed(_name(name, manifest, facts) for name in changed)
    return f"Dette er nytt eller endret siden, og er ikke etterprøvd: {names}."


def _revision(verified: Json) -> str:
    return f" og revisjon {code(verified['commit'])} av kodelageret" if verified["commit"] else ""


def _layers(layers: Mapping[str, int]) -> Iterator[str]:
    for layer, (title, what) in LAYERS.items():
        yield f"- **{title}:** {literal(what)} ({layers.get(layer, 0)} kontrollert)."


def verification_text(manifest: Json, facts: Json) -> str:
    """The state of the verification: one sentence when there is none. manifest: manifest.json."""
    if not facts.get("verified"):
        return "Det som står her nå, er ikke etterprøvd ennå."
    verified = facts["verified"]
    tools = listed(code(f"{tool} {version}") for tool, version in verified["tools"].items())
    return "\n\n".join(
        [
            literal(f"Siste etterprøving var {verified['date']}, av versjon {verified['data_version']} av dataene")
            + f"{_revision(verified)}. Den fant ingen avvik. {_since(manifest, facts)}",
            "Dette ble kontrollert:",
            "\n".join(_layers(verified["layers"])),
            f"Programmene som ble brukt: {tools}.",
        ]
    )  # fmt: skip
