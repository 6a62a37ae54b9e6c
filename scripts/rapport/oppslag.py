"""Words and points that chapters look up: `term` for the glossary, `avvik` for an unclear point of the source,
and `listing` for a long text made from data. Chapters import them from rapport.kapittel.
"""

from __future__ import annotations

from rapport import shelf
from rapport.errors import RapportError
from rapport.markup import Markdown, attribute, literal


def term(key: str, text: str | None = None) -> Markdown:
    """The word `key` of the glossary, explained in place; `text` is how the sentence writes it.

    Without `text` the abbreviation is written, or the word when it has none. Not for headings.
    Raises RapportError when the glossary has no such word.
    """
    terms = shelf.read("terms.json")
    if key not in terms:
        near = shelf.near(key, terms) or "see data/ordliste.csv"
        raise RapportError(f'no word "{key}" in the glossary.\n  To mend it: use a term that exists ({near}).')
    entry = terms[key]
    shown = text or entry["abbreviation"] or entry["word"]
    about = f'data-navn="{attribute(entry["name"])}" data-forklaring="{attribute(entry["explanation"])}"'
    return Markdown(f'[{literal(shown)}]{{.ord data-ord="{key}" {about}}}')


def avvik(key: str) -> Markdown:
    """A link to the point `key` ("k5") of «Uklarheter i kilden». Raises RapportError when there is no such point."""
    points = {anchor.removeprefix("uklarhet-") for anchor in shelf.item("lst-avvik", "lst")["anchors"]}
    if key not in points:
        near = shelf.near(key, sorted(points)) or "see data/avvik.csv"
        raise RapportError(f'no point "{key}" in «Uklarheter i kilden».\n  To mend it: use one that exists ({near}).')
    return Markdown(f"[uklarhet {key.upper()}](/chapters/uklarheter.qmd#uklarhet-{key}){{.uklarhet}}")


def listing(name: str) -> None:
    """Print the listing `name` ("ordliste") as Markdown, for a cell with `#| output: asis`."""
    key = f"lst-{name}"
    shelf.item(key, "lst")
    print(shelf.text(f"{key}.md"))
