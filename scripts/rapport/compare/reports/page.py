"""A comparison as one self-contained page: every change, and old beside new pictures."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rapport.compare.changes import SECTIONS, Change, Comparison, Edit, Section
from rapport.compare.reports.shown import marked, sides
from rapport.forms import Picture, page, pair, printable
from rapport.letters import with_letters

CSS = """
del, ins { text-decoration-thickness: .1em; text-underline-offset: .15em; padding: 0 .15em; border-radius: .2em; }
del { background: light-dark(#fbe3e0, #5a211c); } ins { background: light-dark(#dcf1e1, #17452a); }
.edits { width: 100%; table-layout: fixed; } .edits th:first-child { width: 24%; } .edits tbody th { font-weight: 400; }
.none { color: light-dark(#566068, #a5afb4); } h3 { overflow-wrap: anywhere; } h3 span { font-weight: 400; }
@media (max-width: 40rem) {
.edits thead { position: absolute; clip-path: inset(50%); height: 1px; overflow: hidden; }
.edits tr, .edits th:first-child, .edits td { display: block; width: auto; border: 0; padding: .15rem 0; }
.edits tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
.edits td::before { content: attr(data-side) ": "; font-weight: 600; } }
"""


def _cell(side: str, html: str | None) -> str:
    """One side of an edit; the words of the report are Norwegian, those of this page are not."""
    if html is None:
        return f'<td role="cell" data-side="{side}" class="none">nothing</td>'
    return f'<td role="cell" data-side="{side}"><span lang="nb">{html}</span></td>'


def _row(edit: Edit) -> str:
    old, new = sides(edit)
    if edit.prose and old is not None and new is not None and old != new:
        texts = marked(old, new, escape, "<del>{}</del>".format, "<ins>{}</ins>".format)
    else:
        texts = tuple(None if side is None else escape(side) for side in (old, new))
    where = f'<th role="rowheader" scope="row">{escape(printable(edit.where))}</th>'
    return f'<tr role="row">{where}{_cell("Before", texts[0])}{_cell("After", texts[1])}</tr>'


def _pictures(change: Change, comparison: Comparison) -> Iterator[str]:
    """Both drawings of a figure, each with its own letters: a picture of a page cannot use the page's fonts."""
    drawn = comparison.drawn(change.item) if change.section == "figures" else None
    if drawn:
        svgs = [svg and with_letters(svg) for svg in (drawn.old, drawn.new)]
        yield pair(Picture(f"{drawn.item}, before", svgs[0], drawn.old_alt),
                   Picture(f"{drawn.item}, after", svgs[1], drawn.new_alt))  # fmt: skip


def _change(change: Change) -> Iterator[str]:
    about = f" <span>– {escape(printable(change.about))}</span>" if change.about else ""
    yield f"<h3>{escape(printable(change.item))}{about}</h3>"
    if change.edits:
        # The roles keep the table a table where a narrow screen shows its cells below each other.
        heads = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in ("Where", "Before", "After"))
        yield f'<table role="table" class="edits"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        yield f'<tbody role="rowgroup">{"".join(map(_row, change.edits))}</tbody></table>'


def _section(section: Section, what: str, comparison: Comparison) -> Iterator[str]:
    found = comparison.of(section)
    if found:
        yield f'<h2 id="{section}">{section.capitalize()}: {what}</h2>'
    for change in found:
        yield from _change(change)
        yield from _pictures(change, comparison)


def _sections(comparison: Comparison) -> Iterator[str]:
    yield '<div class="scroll"><table><thead><tr><th scope="col">Section</th><th scope="col">What was compared</th>'
    yield '<th scope="col">Differ</th></tr></thead><tbody>'
    for section, what in SECTIONS.items():
        count = len(comparison.of(section))
        name = f'<a href="#{section}">{section}</a>' if count else section
        yield f'<tr><th scope="row">{name}</th><td>{what}</td><td>{count}</td></tr>'
    yield "</tbody></table></div>"


def as_html(comparison: Comparison) -> str:
    """The whole page."""
    parts = [
        *_sections(comparison),
        *(f"<p>{escape(printable(note))}</p>" for note in comparison.notes),
        *(line for section, what in SECTIONS.items() for line in _section(section, what, comparison)),
    ]
    about = f"{comparison.new}, against {comparison.old}."
    return page(f"rapport diff: {comparison.headline}", about, parts, CSS)
