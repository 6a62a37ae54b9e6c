"""The dialect: the part of Quarto that both engines understand. Anything else stops the build.

Every fault names file and line and says what to write instead; all of them are found in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from rapport.engine.brackets import bracket_faults
from rapport.engine.divs import div_faults
from rapport.engine.language import language_faults
from rapport.errors import Place
from rapport.headings import headings
from rapport.source import FENCE, OPTION, Cell, masked, pieces

OPTIONS = {
    "label": None,
    "echo": ("true", "false"),
    "include": ("true", "false"),
    "output": ("true", "false", "asis"),
}
RAW = {"{=html}", "{=typst}"}
UNDERLINE = re.compile(r"(?:=+|-+)\s*$")

Forbidden = tuple[re.Pattern[str], str, str]


def _forbidden(*rows: tuple[str, str, str]) -> tuple[Forbidden, ...]:
    """The patterns find their lines in a whole text too."""
    return tuple((re.compile(pattern, re.MULTILINE), what, remedy) for pattern, what, remedy in rows)


# What a line of prose may not hold: (pattern, what it is, what to do instead).
FORBIDDEN = _forbidden(
    (r"\{\{<.*?>\}\}", "a shortcode", "write it out, or print it from a {python} cell"),
    (r"\$\$|(?<![\\\w])\$[^$\s][^$]*\$", "mathematics", "write the formula in words"),
    (r"^[^\S\n]*\+[-=]+\+", "a grid table", "write a pipe table, or a table in scripts/rapport/tables/"),
    (r"</?[a-zA-Z][\w-]*(?=[\s/>]|$)", "HTML in running text", "use Markdown, or a raw ```{=html} block"),
    (r"\]\{", "a span with attributes", "leave the attributes out"),
    (r"^[^\S\n]*(?:```|~~~)+.*\{python|^~~~+\s*\{", "a cell that is indented or fenced with ~~~",
     "begin the cell with ```{python} at the left margin"),
    (r"!\[[^\]\n]*\]\(", "an image", 'use a cell with figure("fig-…")'),
    (r"^#{5,}\s", "a heading below level four", "raise the heading or make it a paragraph"),
    (r"\S{5000}", "a word of thousands of letters", "part it: a PDF cannot hold it"),
    (r"<!--", "a comment that is never closed", "end it with -->"),
    (r"@(?:eq|lst|thm|lem|exm|exr|def|cor|prp|rem|sol)-", "a reference of a kind not in use",
     "refer to @fig-, @tbl- or @sec-"),
)  # fmt: skip

# What inline code may not be.
FORBIDDEN_CODE = _forbidden(
    (r"`[^`]+`\{=", "raw output in a sentence", "use a raw block of its own"),
    (r"`\{(?!python\})\w+\}\s", "an expression in another language", "write `{python} expression`"),
    (r"^#+\s.*`\{python\}\s+term\(", "an explained word in a heading", "mark it in the text below"),
)


def _cell_faults(file: str, cell: Cell) -> Iterator[Place]:
    for name, value in cell.options.items():
        line, allowed = cell.option_lines[name], OPTIONS.get(name, ())
        if name not in OPTIONS:
            yield Place(file=file, line=line, problem=f"cell option `{name}` is not in the dialect",
                        remedy=f"leave it out; the options are {', '.join(OPTIONS)}")  # fmt: skip
        elif name == "label" and value.startswith(("fig-", "tbl-")):
            yield Place(file=file, line=line, problem=f"the label `{value}` would make the cell a figure",
                        remedy='print the figure with figure("fig-…") and leave the label out')  # fmt: skip
        elif allowed is not None and value not in allowed:
            yield Place(file=file, line=line, problem=f"cell option `{name}: {value}`",
                        remedy=f"write one of: {', '.join(allowed)}")  # fmt: skip
    for offset, text in enumerate(cell.code.split("\n")):
        if OPTION.match(text):
            yield Place(file=file, line=cell.line + 1 + len(cell.options) + offset,
                        problem="a cell option below the code", remedy="move it to the top of the cell")  # fmt: skip


def _fence_faults(file: str, source: str) -> Iterator[Place]:
    """Fenced blocks that are neither cells, raw blocks of a known format nor plain code."""
    open_fence, opened = None, 0
    for number, text in enumerate(source.split("\n"), start=1):
        match = FENCE.match(text)
        if match is None:
            continue
        if open_fence is not None:
            if match["info"].strip() == "" and match["fence"].startswith(open_fence):
                open_fence = None
            continue
        open_fence, opened, info = match["fence"], number, match["info"].strip()
        known = info in RAW or (info == "{python}" and open_fence.startswith("`"))
        if info.startswith("{") and not known:
            yield Place(file=file, line=number, problem=f"a block of kind `{info}`",
                        remedy="use a {python} cell fenced with ```, or a raw {=html} or {=typst} block")  # fmt: skip
    if open_fence is not None:
        yield Place(file=file, line=opened, problem="a fenced block that is never closed",
                    remedy=f"end it with a line of {open_fence}")  # fmt: skip


def _matches(file: str, lines: list[str], forbidden: tuple[Forbidden, ...]) -> Iterator[Place]:
    """Each is looked for in the whole text first, as most stand in none: that is quicker than line by line."""
    whole = "\n".join(lines)
    found = [(pattern, what, remedy) for pattern, what, remedy in forbidden if pattern.search(whole)]
    for number, text in enumerate(lines, start=1) if found else ():
        for pattern, what, remedy in found:
            if pattern.search(text):
                yield Place(file=file, line=number, problem=f"{what} is not in the dialect", remedy=remedy)


def _heading_faults(file: str, source: str, prose: list[str]) -> Iterator[Place]:
    """Headings that a reader could not refer to, and a title that is not the only one."""
    for heading in headings(source):
        if not heading.id and "callout" not in _above(prose, heading.line):
            yield Place(file=file, line=heading.line, problem=f"the heading “{heading.title}” has no id",
                        remedy="end it with {#sec-something}, unique in the book")  # fmt: skip
        elif not heading.title:
            yield Place(
                file=file, line=heading.line, problem="a heading without words", remedy="write what it is about"
            )
    for heading in [heading for heading in headings(source) if heading.level == 1][1:]:
        yield Place(file=file, line=heading.line, problem="a second chapter title", remedy="make it a section with ##")


def _underlined_faults(file: str, prose: list[str]) -> Iterator[Place]:
    for number, (above, text) in enumerate(pairwise(prose), start=2):
        if UNDERLINE.match(text) and above.strip() and "|" not in above:
            yield Place(file=file, line=number, problem="an underlined heading", remedy="write `# Heading {#sec-id}`")


def _above(prose: list[str], number: int) -> str:
    """The nearest line above with text: a heading right under it belongs to a callout."""
    return next((prose[at] for at in range(number - 2, -1, -1) if prose[at].strip()), "")


def check_dialect(sources: Mapping[str, str]) -> list[Place]:
    """Every construct outside the dialect, in the order of the chapters. sources: text by file."""
    faults: list[Place] = []
    for file, source in sources.items():
        prose = masked(source).split("\n")
        found = [fault for piece in pieces(source) if isinstance(piece, Cell) for fault in _cell_faults(file, piece)]
        found += _fence_faults(file, source)
        found += [*div_faults(file, prose), *bracket_faults(file, prose)]
        found += [*_heading_faults(file, source, prose), *_underlined_faults(file, prose)]
        found += language_faults(file, source)
        found += _matches(file, prose, FORBIDDEN)
        found += _matches(file, masked(source, keep_code=True).split("\n"), FORBIDDEN_CODE)
        faults += sorted(found, key=lambda fault: fault.line)
    return faults
