"""Layer 6, pages: every number read back and matched with the register, and digits that nothing explains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rapport.engine.prose import EXCEPTIONS
from rapport.engine.uses import uses
from rapport.errors import RapportError
from rapport.languages import language_of
from rapport.pages.verdicts import item_verdict
from rapport.verify.evidence import Evidence
from rapport.verify.layers.listings import texts, without_listings
from rapport.verify.layers.numbers import wording
from rapport.verify.reading import Block, Page, plain, read_page, squeezed
from rapport.verify.verdicts import Difference, Verdict, verdict

REBUILD = "run `rapport render`; pages are never edited"
TYPED = "write the number with `{python} n(…)`, or give it a reason in scripts/rapport/engine/prose.py"
DIGITS = re.compile(r"\d[\d\u00a0 .,:/-]*")


def expected_numbers(evidence: Evidence, file: str) -> Counter[tuple[str, str, str]]:
    """(key, value, words) of each number that the chapter writes, as the register has them now."""
    found: Counter[tuple[str, str, str]] = Counter()
    for use in uses({file: evidence.sources[file]}):
        try:
            words = plain(wording(use, evidence.numbers))
        except RapportError:
            continue  # told by the layer below
        found[use.key, f"{evidence.numbers[use.key]['value']:.10g}", words] += 1
    return found


def _numbers(evidence: Evidence, page: Page, file: str) -> Iterator[Difference]:
    expected = expected_numbers(evidence, file)
    shown = Counter((number.key, number.value, number.words) for number in page.numbers)
    for key, value, words in sorted(shown - expected):
        meant = sorted(f"“{w}” ({v})" for k, v, w in expected - shown if k == key)
        yield Difference(where=f"the number {key or '?'}", found=f"“{words}” ({value})",
                         expected=" or ".join(meant) or "no such number here", remedy=REBUILD)  # fmt: skip
    missing = expected - shown
    told = {key for key, _, _ in shown - expected}
    for key, value, words in sorted(missing):
        if key not in told:
            yield Difference(
                where=f"the number {key}", found="nothing", expected=f"“{words}” ({value})", remedy=REBUILD
            )


def unexplained(prose: str) -> list[str]:
    """The digits of a text that no exception explains, each with the words around it."""
    for pattern, _reason in EXCEPTIONS:
        prose = pattern.sub(lambda match: " " * len(match.group()), prose)
    return [plain(prose[max(0, m.start() - 30) : m.end() + 20]) for m in DIGITS.finditer(prose)]


def fragments(evidence: Evidence, key: str) -> list[tuple[str, str]]:
    """(what, text) of everything that a figure or table must say on its page, in the words of the recomputed files."""
    from selectolax.lexbor import LexborHTMLParser

    item = evidence.items[key]
    said = [("the headline", item["title"]), ("the subtitle", item.get("subtitle", "")), ("the source", item["source"])]
    said += [("a note", note) for note in item["notes"]]
    for suffix, what in ((".html", "the table"), (".svg", "the wide chart"), (".smal.svg", "the narrow chart")):
        text = evidence.recomputed.get(f"{key}{suffix}")
        if text:
            said.append((what, LexborHTMLParser(text).text(separator=" ")))
    if f"{key}.md" in evidence.recomputed:
        said.append(("the table", " ".join(texts(evidence.recomputed[f"{key}.md"]))))
    return [(what, text) for what, text in said if text]


def _block(evidence: Evidence, block: Block) -> Iterator[Difference]:
    text = squeezed(block.text)
    for what, said in fragments(evidence, block.key):
        part = squeezed(said)
        if part.lower() not in text.lower():
            yield Difference(where=f"{block.key}, {what}", found="another text", expected=f"“{plain(said)[:80]}”",
                             remedy=REBUILD)  # fmt: skip
        at = text.lower().find(part.lower())
        text = text if at < 0 else text[:at] + text[at + len(part) :]
    for digits in DIGITS.findall(text):
        yield Difference(
            where=block.key, found=f"“{digits}”", expected="no number beside the figure's own", remedy=REBUILD
        )
    alt = evidence.items[block.key].get("alt")
    for label in block.labels:
        if alt and label != alt:
            yield Difference(where=f"{block.key}, the alternative text", found=f"“{label[:80]}”",
                             expected=f"“{alt[:80]}”", remedy=REBUILD)  # fmt: skip


def _verified(evidence: Evidence, block: Block) -> Iterator[Difference]:
    """A page may say of a figure's verification what the record supports, and no more."""
    expected = plain(item_verdict(evidence.facts, block.key, language_of(evidence.items[block.key])))
    if block.key.startswith("fig-") and block.verified != expected:
        yield Difference(where=f"{block.key}, the last verification", found=f"“{block.verified or 'nothing'}”",
                         expected=f"“{expected}”", remedy=REBUILD)  # fmt: skip


def _small(evidence: Evidence, block: Block) -> Iterator[Difference]:
    """A small drawing says what the recomputed one says, in its text and in its alternative text."""
    from selectolax.lexbor import LexborHTMLParser

    drawn = LexborHTMLParser(evidence.recomputed.get(f"{block.key}.liten.html", ""))
    named = [squeezed(node.attributes.get("aria-label") or "") for node in drawn.css('[role="img"]')]
    if (squeezed(drawn.text(separator=" ")), named) != (squeezed(block.text), [*map(squeezed, block.labels)]):
        yield Difference(where=f"{block.key}, in small", found=f"“{plain(block.text)[:80]}”",
                         expected="the small drawing that follows from data/", remedy=REBUILD)  # fmt: skip


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per page of the site."""
    for chapter in evidence.book.pages:
        path = evidence.site / chapter.href
        if not path.is_file():
            gone = Difference(where="", found="no such page", expected="a page for each chapter", remedy=REBUILD)
            yield verdict("text", chapter.href, [gone])
            continue
        page = read_page(path)
        prose, lost = without_listings(evidence, chapter.path, page.prose)
        typed = [Difference(where="the text", found=f"“{found}”", expected="no digits but the register's", remedy=TYPED)
                 for found in unexplained(prose)]  # fmt: skip
        blocks = [d for block in page.blocks if block.key in evidence.items
                  for d in (*_block(evidence, block), *_verified(evidence, block))]  # fmt: skip
        small = [d for block in page.small for d in _small(evidence, block)]
        yield verdict("text", chapter.href, [*_numbers(evidence, page, chapter.path), *typed, *lost, *blocks, *small])
