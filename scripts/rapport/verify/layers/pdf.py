"""Layer 6, print: the numbers, captions and digits of the PDF's text layer against those of the verified pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport.verify.evidence import Evidence
from rapport.verify.layers.text import fragments
from rapport.verify.reading import Page, Shown, plain, read_page, read_pdf, squeezed
from rapport.verify.verdicts import Difference, Verdict, verdict

REBUILD = "run `rapport render`; the PDF is never edited"
NEAR = 14  # letters before or after a number that must stand there in print too: a page may end in between

IN_PRINT = ("the headline", "the subtitle", "the source")


def _pages(evidence: Evidence) -> dict[str, Page]:
    paths = {chapter.href: evidence.site / chapter.href for chapter in evidence.book.chapters}
    return {href: read_page(path) for href, path in paths.items() if path.is_file()}


def _stands(number: Shown, printed: str) -> bool:
    words = squeezed(number.words)
    before, after = squeezed(number.before)[-NEAR:], squeezed(number.after)[:NEAR]
    return bool(before and before + words in printed) or bool(after and words + after in printed)


def _numbers(pages: dict[str, Page], printed: str) -> Iterator[Difference]:
    for href, page in pages.items():
        for number in page.numbers:
            if not _stands(number, printed):
                near = plain(f"{number.before[-40:]}{number.words}{number.after[:20]}")
                yield Difference(where=f"{href}, the number {number.key}", found="another text in the PDF",
                                 expected=f"“{near}”", remedy=REBUILD)  # fmt: skip


def _captions(evidence: Evidence, pages: dict[str, Page], printed: str) -> Iterator[Difference]:
    printed = printed.lower()
    for page in pages.values():
        for block in page.blocks:
            if block.key not in evidence.items:
                continue
            for what, said in fragments(evidence, block.key):
                # The list of figures has the headline too, and so may the text: it must follow the figure's own number.
                said = f"{block.number} {said}" if what == "the headline" else said
                if what in IN_PRINT and squeezed(said).lower() not in printed:
                    yield Difference(where=f"{block.key}, {what}", found="another text in the PDF",
                                     expected=f"“{plain(said)[:80]}”", remedy=REBUILD)  # fmt: skip


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def _explained(evidence: Evidence, pages: dict[str, Page], count: int) -> set[str]:
    """Every run of digits that may stand in print: those of the pages, of the items, and page numbers."""
    texts = [evidence.recomputed[name] for name in evidence.recomputed if name.endswith((".csv", ".svg"))]
    whole = [(evidence.site / href).read_text(encoding="utf-8") for href in pages]
    return _digits(" ".join([*texts, *whole])) | {str(number) for number in range(count + 1)}


def check(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for the PDF; a site without one is told, not skipped."""
    name = f"{evidence.book.output_file}.pdf"
    path = evidence.site / name
    if not path.is_file():
        gone = Difference(where="", found="no such file", expected="the PDF beside the pages", remedy=REBUILD)
        yield verdict("text", name, [gone])
        return
    texts, pages = read_pdf(path), _pages(evidence)
    printed = squeezed("".join(texts))
    explained = _explained(evidence, pages, len(texts))
    foreign = [
        Difference(
            where=f"page {number}", found=f"“{digits}”", expected="digits that the pages have too", remedy=REBUILD
        )
        for number, text in enumerate(texts, start=1)
        for digits in sorted(_digits(text) - explained)
    ]
    yield verdict("text", name, [*_numbers(pages, printed), *_captions(evidence, pages, printed), *foreign])
