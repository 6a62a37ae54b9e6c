"""Links of the chapters that must lead somewhere: to a heading, a chapter, or a file that the site has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rapport.errors import Place
from rapport.source import line_of

LINK = re.compile(r"\]\(<?(?P<target>[^)>\s]+)")
ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//")
CHAPTER = ".qmd"
PICTURES = "figures/"  # which figures there are is not known before they are drawn


@dataclass(frozen=True, slots=True)
class Known:
    """What a link may lead to: ids of the book, its chapters, and other files of the site, from the root of both."""

    ids: Collection[str]
    chapters: Collection[str]
    files: Collection[str]


def _path(file: str, target: str) -> str:
    """The target as seen from the root; it is written as seen from the chapter, or from the root after a /."""
    return posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(posixpath.dirname(file), target))


def _dead(file: str, target: str, known: Known) -> tuple[str, str] | None:
    """(what leads nowhere, what to do) of a link within the site; None when it leads somewhere."""
    path, _, anchor = target.partition("#")
    named = _path(file, path) if path else file
    if path.endswith(CHAPTER) and named not in known.chapters:
        return path, "write the path as seen from this chapter, or from the root after a /"
    if path and not path.endswith(CHAPTER) and named not in known.files and not named.startswith(PICTURES):
        return path, "link to a chapter's .qmd, or to a file in data/"
    if anchor and named in known.chapters and anchor not in known.ids:
        return f"#{anchor}", "correct the id, or use @sec-…"
    return None


def link_faults(file: str, text: str, known: Known) -> Iterator[Place]:
    """Every link that would be dead on the page. text: the masked chapter."""
    for match in LINK.finditer(text):
        dead = None if ELSEWHERE.match(match["target"]) else _dead(file, match["target"], known)
        if dead:
            yield Place(file=file, line=line_of(text, match.start()), problem=f"the link to {dead[0]} leads nowhere",
                        remedy=dead[1])  # fmt: skip
