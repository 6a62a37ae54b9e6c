"""References that must have a target: figures, tables, sections, citations and footnotes.

Checked on the source, where line numbers are known. Knows the book's texts and the bibliography's keys.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from rapport.engine.dialect import HEADING
from rapport.engine.source import Cell, line_of, masked, pieces
from rapport.errors import Place

SHOWN = re.compile(r"""\b(?:figure|table)\(\s*["']((?:fig|tbl)-[\w-]+)["']""")
DIV_ID = re.compile(r"^:{3,}\s*\{[^}]*#((?:fig|tbl)-[\w-]+)", re.MULTILINE)
KEY = re.compile(r"(?<![\w.@/])-?@\{?([A-Za-zÆØÅæøå_][\w:.-]*\w)")
MIXED = re.compile(r"@[\w:.-]+ \[[^\]\n]*@[^\]\n]*\]|\[[^\]\n]*@[^\]\n]*\]")
ANCHOR = re.compile(r"\]\((?:[^)\s:]+\.qmd)?#([\w-]+)\)")
PAGE = re.compile(r"\]\(([^)\s:#]+\.qmd)(?:#[\w-]+)?\)")
CROSS = ("fig-", "tbl-", "sec-")
NOTE = re.compile(r"\[\^([\w-]+)\](:?)")
BIB_KEY = re.compile(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", re.MULTILINE)


def citation_keys(bibliography: str) -> set[str]:
    """The keys of a BibTeX file's text."""
    return set(BIB_KEY.findall(bibliography))


def _targets(file: str, source: str) -> Iterator[tuple[str, Place]]:
    """Every id the chapter defines, with its place."""
    text = masked(source)
    for number, line in enumerate(text.split("\n"), start=1):
        heading = HEADING.match(line)
        for id_ in re.findall(r"#(sec-[\w-]+)", heading["attributes"] or "") if heading else []:
            yield id_, Place(file=file, line=number, problem=f"the id #{id_}", remedy="")
    for match in DIV_ID.finditer(text):
        yield match[1], Place(file=file, line=line_of(text, match.start()), problem=f"the id #{match[1]}", remedy="")
    for piece in pieces(source):
        if isinstance(piece, Cell):
            for match in SHOWN.finditer(piece.code):
                yield match[1], Place(file=file, line=piece.line, problem=f"the id #{match[1]}", remedy="")


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
    for match in MIXED.finditer(text):
        keys = KEY.findall(match.group())
        if 0 < sum(_key(key).startswith(CROSS) for key in keys) < len(keys):
            yield Place(file=file, line=line_of(text, match.start()),
                        problem=f"“{match.group()}” joins a reference with a citation",
                        remedy="put a word or a comma between them, each in its own brackets")  # fmt: skip


def _link_faults(file: str, text: str, ids: set[str]) -> Iterator[Place]:
    """Links to an id of the book that is not there."""
    for match in ANCHOR.finditer(text):
        if match[1] not in ids:
            yield Place(file=file, line=line_of(text, match.start()),
                        problem=f"the link to #{match[1]} leads nowhere",
                        remedy="correct the id, or use @sec-…")  # fmt: skip


def _page_faults(file: str, text: str, files: Collection[str]) -> Iterator[Place]:
    """Links to a chapter that is not there."""
    for match in PAGE.finditer(text):
        target = match[1]
        named = target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(file), target)
        if posixpath.normpath(named) not in files:
            yield Place(file=file, line=line_of(text, match.start()), problem=f"the link to {target} leads nowhere",
                        remedy="write the path as seen from this chapter, or from the root after a /")  # fmt: skip


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


def check_references(sources: Mapping[str, str], bibliography: str) -> list[Place]:
    """Every reference without a target, and every id defined twice. sources: text by file."""
    faults: list[Place] = []
    first: dict[str, Place] = {}
    for file, source in sources.items():
        for id_, place in _targets(file, source):
            if id_ in first:
                problem = f"the id #{id_} stands already in {first[id_].file}:{first[id_].line}"
                remedy = "give one of them another id"
                faults.append(Place(file=place.file, line=place.line, problem=problem, remedy=remedy))
            first.setdefault(id_, place)
    keys = citation_keys(bibliography)
    for file, source in sources.items():
        text = masked(source)
        found = [*_reference_faults(file, text, set(first), keys), *_footnote_faults(file, text)]
        found += [*_mixed_faults(file, text), *_link_faults(file, text, set(first)), *_page_faults(file, text, sources)]
        faults += sorted(found, key=lambda fault: fault.line)
    return faults
