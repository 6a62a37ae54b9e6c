"""References that must have a target: figures, tables, sections, citations, footnotes and links.

Checked on the source, where line numbers are known. Knows the book's texts and the bibliography's keys.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from rapport.engine.links import Known, link_faults
from rapport.errors import Place
from rapport.headings import headings
from rapport.source import Cell, line_of, masked, pieces

SHOWN = re.compile(r"""\b(?:figure|table)\(\s*["']((?:fig|tbl)-[\w-]+)["']""")
DIV_ID = re.compile(r"^:{3,}\s*\{[^}]*#((?:fig|tbl)-[\w-]+)", re.MULTILINE)
KEY = re.compile(r"(?<![\w.@/])-?@\{?([A-Za-zÆØÅæøå_][\w:.-]*\w)")
GROUP = re.compile(r"(?:@[\w:.-]+ )?\[[^\[\]\n]*\]")  # what may be one citation, with a work named before it
CROSS = ("fig-", "tbl-", "sec-")
NOTE = re.compile(r"\[\^([\w-]+)\](:?)")
BIB_KEY = re.compile(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)


def citation_keys(bibliography: str) -> set[str]:
    """The keys of a BibTeX file's text."""
    return set(BIB_KEY.findall(bibliography))


def _targets(source: str) -> Iterator[tuple[str, int]]:
    """Every id the chapter defines, with its line."""
    yield from ((heading.id, heading.line) for heading in headings(source) if heading.id)
    text = masked(source)
    yield from ((match[1], line_of(text, match.start())) for match in DIV_ID.finditer(text))
    for piece in pieces(source):
        if isinstance(piece, Cell):
            yield from ((match[1], piece.line) for match in SHOWN.finditer(piece.code))


def _unknown(file: str, line: int, key: str, known: set[str]) -> Place:
    near = get_close_matches(key, known, n=3)
    hint = f"did you mean {' or '.join(f'@{name}' for name in near)}?" if near else ""
    what = "reference" if key.startswith(CROSS) else "citation"
    where = "a heading, figure or table of that id" if what == "reference" else "an entry in references.bib"
    return Place(
        file=file, line=line, problem=f"the {what} @{key} leads nowhere", remedy=hint or f"add {where}, or take it out"
    )


def _key(written: str) -> str:
    """@Fig-x at the start of a sentence means fig-x."""
    small = written[:1].lower() + written[1:]
    return small if small.startswith(CROSS) else written


def _reference_faults(file: str, text: str, ids: set[str], keys: set[str]) -> Iterator[Place]:
    for match in KEY.finditer(text):
        key, line = _key(match[1]), line_of(text, match.start())
        known = ids if key.startswith(CROSS) else keys
        if key not in known:
            yield _unknown(file, line, key, known)


def _mixed_faults(file: str, text: str) -> Iterator[Place]:
    """A reference and a citation that Markdown reads as one."""
    for match in GROUP.finditer(text):
        keys = KEY.findall(match.group())
        if 0 < sum(_key(key).startswith(CROSS) for key in keys) < len(keys):
            yield Place(file=file, line=line_of(text, match.start()),
                        problem=f"“{match.group()}” joins a reference with a citation",
                        remedy="put a word or a comma between them, each in its own brackets")  # fmt: skip


def _footnote_faults(file: str, text: str) -> Iterator[Place]:
    found = [(m[1], bool(m[2]), line_of(text, m.start())) for m in NOTE.finditer(text)]
    defined = {name for name, definition, _ in found if definition}
    used = {name for name, definition, _ in found if not definition}
    seen: set[str] = set()
    for name, definition, line in found:
        if not definition and name not in defined:
            yield Place(
                file=file, line=line, problem=f"the footnote [^{name}] has no text", remedy=f"add a line [^{name}]: …"
            )
        if definition and name in seen:
            yield Place(
                file=file, line=line, problem=f"the footnote [^{name}] has two texts", remedy="rename one of them"
            )
        if definition:
            seen.add(name)
        if definition and name not in used:
            yield Place(
                file=file, line=line, problem=f"the footnote [^{name}] is never used", remedy="use it or take it out"
            )


def _twice(sources: Mapping[str, str]) -> tuple[set[str], list[Place]]:
    """Every id of the book, and a fault for each that is defined a second time."""
    first: dict[str, str] = {}
    faults = []
    for file, source in sources.items():
        for id_, line in _targets(source):
            if id_ in first:
                faults.append(Place(file=file, line=line, problem=f"the id #{id_} stands already in {first[id_]}",
                                    remedy="give one of them another id"))  # fmt: skip
            first.setdefault(id_, f"{file}:{line}")
    return set(first), faults


def check_references(sources: Mapping[str, str], bibliography: str, files: Collection[str] = ()) -> list[Place]:
    """Every reference and link without a target, and every id defined twice.

    sources: text by file; files: what links may lead to besides chapters, from the root of the site.
    """
    ids, faults = _twice(sources)
    keys, known = citation_keys(bibliography), Known(ids, sources.keys(), files)
    for file, source in sources.items():
        text = masked(source)
        found = [*_reference_faults(file, text, ids, keys), *_footnote_faults(file, text)]
        found += [*_mixed_faults(file, text), *link_faults(file, text, known)]
        faults += sorted(found, key=lambda fault: fault.line)
    return faults
