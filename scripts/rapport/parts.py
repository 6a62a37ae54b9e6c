"""The parts of a figure on the page, as HTML: chart, numbers, downloads, and how it was made.

All text is escaped. Links begin with `/`, the root of the site. Knows figures/ and the tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from rapport import shelf
from rapport.captions import place
from rapport.design import load_tokens
from rapport.draw import for_page
from rapport.languages import language_of
from rapport.pages.verdicts import item_verdict, state
from rapport.verified import SAME
from rapport.wording import file_size, listed, size_mark
from rapport.words import words

FIGURE = (".csv", ".json", ".svg", ".png", ".trykk.svg", ".lysbilde.png", ".vl.json")
# Other downloads as (what it is, its format), by suffix; {} is the figure or table with its number.
DIAGRAM = {".csv": ("teksten i {}", "CSV"), ".json": ("teksten i {}", "JSON")}  # it has no numbers
TABLE = {".csv": ("{}", "CSV"), ".json": ("{}", "JSON")}
UNKNOWN = "ukjent"


def svg(key: str, variant: str, suffix: str, alt: str) -> str:
    """One width of the chart, named by the figure's alt text."""
    tokens = load_tokens(shelf.project().theme)
    drawn = for_page(shelf.text(f"{key}{suffix}"), tokens.light, ["diagram-svg"])
    width = f'data-bredde="{tokens.width(variant)}"'
    return f'<div class="diagram {variant}" {width} role="img" aria-label="{escape(alt)}">{drawn}</div>'


def explore(item: Mapping[str, Any]) -> str:
    """The button that a chart is explored with, where it has anything to find; styles show it where scripts run."""
    if set(item["basis"]) == {UNKNOWN}:
        return ""
    button = f'<button type="button" class="utforsk">{words(language_of(item))["utforsk"]}</button>'
    return f'<p class="handling">{button} <span role="status"></span></p>'


def notes(texts: list[str]) -> str:
    """The notes under a figure, each a paragraph."""
    return "".join(f'<p class="merknad">{escape(note)}</p>' for note in texts)


def region_start(label: str) -> str:
    """The start of a region of its own for a table, which scrolls and takes the keyboard's focus."""
    return f'<div class="tabell-rulle" role="region" tabindex="0" aria-label="{escape(label)}">'


def region(label: str, table: str) -> str:
    """A table in its region."""
    return f"{region_start(label)}{table.strip()}</div>"


def _size(key: str, suffix: str, item: Mapping[str, Any]) -> str:
    """The size of a file; of what the engine draws later, a mark that is filled in when it is drawn."""
    size = item["sizes"].get(suffix)
    return size_mark(f"figures/{key}{suffix}") if size is None else file_size(size, language_of(item))


def figure_files(item: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The downloads of a chart as (what it is, its format), by suffix, in the words of its language."""
    said = words(language_of(item))
    return {suffix: (said["hva"][suffix], said["fil"][suffix]) for suffix in FIGURE}


def downloads(key: str, item: Mapping[str, Any], files: Mapping[str, tuple[str, str]]) -> str:
    """Links to the files behind the figure, as sentences with number, format and size."""
    lang = language_of(item)
    said = words(lang)["last_ned"]
    links = [
        f'<li><a href="/figures/{key}{suffix}" download>{said.format(what=what.format(place(key, lang)))} '
        f"({kind}, {_size(key, suffix, item)})</a></li>"
        for suffix, (what, kind) in files.items()
    ]
    return f'<ul class="nedlastinger">{"".join(links)}</ul>'


def link(key: str, item: Mapping[str, Any]) -> str:
    """The address of the figure or table, to follow or, where scripts run, to copy."""
    lang = language_of(item)
    said = words(lang)
    return (
        f'<p class="handling"><a href="#{key}">{said["lenke_til"].format(place(key, lang))}</a> '
        f'<button type="button" class="kopier">{said["kopier"]}</button> <span role="status"></span></p>'
    )


def _rows(item: Mapping[str, Any], data_version: str) -> Iterator[tuple[str, str]]:
    """What a figure was made with and of, whatever the build."""
    lang = language_of(item)
    said = words(lang)
    files = "<br>".join(
        f'<a href="/data/{name}.csv" download>data/{name}.csv</a> <code>{digest[:12]}</code>'
        for name, digest in item["inputs"].items()
    )
    basis = listed((f"{count} {said['grunnlag'][name]}" for name, count in item["basis"].items()), lang)
    yield said["program"], f"<code>scripts/{escape(item['module'])}</code>"
    yield said["data"].format(version=escape(data_version)), files
    yield said["rader"], str(item["rows"])
    yield said["grunnlag_rad"], escape(basis)


def _built(key: str, lang: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What this build is, and the last verification as far as it still speaks of this figure."""
    said = words(lang)
    commit = f"<code>{escape(facts['commit'])}</code>"
    yield said["bygget"], said["bygget_av"].format(date=escape(facts["dates"][lang]), commit=commit)
    verdict = f'<span class="etterprovd">{escape(item_verdict(facts, key, lang))}</span>'
    known = facts["verified"]["commit"] if state(facts, key) == SAME else None
    of = f" {said['revisjon_etterprovd'].format(commit=f'<code>{escape(known)}</code>')}" if known else ""
    yield (
        said["etterproving"],
        (f'{verdict}{of} <a href="/chapters/etterproving.html">{said["les_om_etterproving"]}</a>'),
    )


def made(key: str, item: Mapping[str, Any], data_version: str, facts: Mapping[str, Any]) -> str:
    """«Slik er figuren laget»: program, data with hashes, rows and what they rest on, revision, last verification.

    facts: what the build knows of itself (engine/facts.py); without them the last two are left out.
    """
    lang = language_of(item)
    rows = [*_rows(item, data_version), *(_built(key, lang, facts) if facts else ())]
    terms = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows)
    return f'<details class="laget"><summary>{words(lang)["slik_laget"]}</summary><dl>{terms}</dl></details>'
