"""Fenced divs of the dialect: callouts, boxes, what is shown in one format only, figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.errors import Place

CALLOUTS = ("note", "tip", "warning", "important")
DIV_CLASSES = {*(f"callout-{kind}" for kind in CALLOUTS), "content-visible", "kort-fortalt", "funn"}
DIV_IDS = re.compile(r"(?:fig|tbl)-[a-z0-9-]+|refs")
VISIBLE = {"when-format", "unless-format"}
FORMATS = {"html", "typst", "docx", "epub"}
PAIR = re.compile(r'([\w-]+)=(?:"([^"]*)"|(\S+))')
DIV = re.compile(r"^:{3,}\s*(?P<rest>.*)$")


def _attributes(text: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """(ids, classes, key-values) of an attribute list."""
    text = text.strip("{}")
    pairs = [(key, quoted or bare) for key, quoted, bare in PAIR.findall(text)]
    bare = PAIR.sub("", text)
    return re.findall(r"#([\w-]+)", bare), re.findall(r"\.([\w-]+)", bare), pairs


def _div_problem(rest: str) -> str | None:
    """What is wrong with an opening `:::` line, or None."""
    if not (rest.startswith("{") and rest.endswith("}")):
        return f"a div written `::: {rest}`"
    ids, classes, pairs = _attributes(rest)
    unknown = [name for name in classes if name not in DIV_CLASSES]
    if unknown:
        return f"a div of class `.{unknown[0]}`"
    if any(not DIV_IDS.fullmatch(id_) for id_ in ids):
        return f"a div with the id `#{ids[0]}`"
    for key, value in pairs:
        if key not in VISIBLE | {"title"} or (key in VISIBLE and value not in FORMATS):
            return f'the div attribute `{key}="{value}"`'
    return None


def div_faults(file: str, prose: list[str]) -> Iterator[Place]:
    """Divs outside the dialect, and those that do not open and close in pairs. prose: the masked lines."""
    open_lines: list[int] = []
    for number, text in enumerate(prose, start=1):
        match = DIV.match(text)
        if match is None:
            continue
        rest = match["rest"].strip()
        if rest == "":
            if not open_lines:
                yield Place(file=file, line=number, problem="a `:::` that closes nothing", remedy="take it out")
            else:
                open_lines.pop()
            continue
        open_lines.append(number)
        problem = _div_problem(rest)
        if problem:
            yield Place(file=file, line=number, problem=f"{problem} is not in the dialect",
                        remedy=f"use one of: {', '.join(f'.{name}' for name in sorted(DIV_CLASSES))}")  # fmt: skip
    for number in open_lines:
        yield Place(file=file, line=number, problem="a div that is never closed", remedy="end it with a line of :::")
