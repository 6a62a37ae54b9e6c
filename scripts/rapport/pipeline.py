"""Data in, the files of figures/ out: each figure, drawing, table and listing a step of its own.

Loads pandas and Altair; `figure_files` asks for it only when something that any of it reads has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from rapport import manifest
from rapport.data import Data
from rapport.design import Tokens
from rapport.draw import svg
from rapport.figures import builders, diagrams, english
from rapport.inputs import font_files
from rapport.items import FACTS, NARROW, WIDE, Item, item_files, specs
from rapport.listings import BUILDERS as LISTINGS
from rapport.listings import terms_json
from rapport.noted import Noted, today
from rapport.numbers import register
from rapport.records import Number
from rapport.steps import Reads, Step, Steps, code, digest, versions
from rapport.steps.step import Blob, Content, Files
from rapport.tables import BUILDERS as TABLES
from rapport.workers import Workers

ENDS = {WIDE: "", NARROW: "-smal"}  # how the ids of a drawing end, by the suffix of its specification


@dataclass(frozen=True, slots=True)
class Material:
    """What items are made of; `now` says the digest of each thing that a step may note."""

    data: Data
    tokens: Tokens
    numbers: Mapping[str, Number]
    now: Mapping[str, str]


def _items(data: Data, tokens: Tokens) -> Iterator[tuple[str, Any, Callable[[Noted, Mapping[str, Number]], Item]]]:
    """(kind, builder, how it is called) of every item; figures first, since they are drawn meanwhile."""
    for build in (*builders(data), *english()):
        yield "figure", build, lambda view, _numbers, build=build: build(view, tokens)
    for build in TABLES:
        yield "table", build, lambda view, numbers, build=build: build(view, numbers)
    for build in diagrams(data):
        yield "diagram", build, lambda view, _numbers, build=build: build(view)
    for build in LISTINGS:
        yield "listing", build, lambda view, _numbers, build=build: build(view)


def _item_step(
    kind: str, build: Any, call: Callable[..., Item], material: Material, ahead: Callable[[Item], None]
) -> Step:
    """One item's files. It reads its module's code and tokens.json; tables are noted as they are asked for.

    `ahead` is given the item before its files are written.
    """
    function, which = build, ()
    if isinstance(build, partial):
        function, which = build.func, (*build.args, *build.keywords.values())

    def make(reads: Reads) -> dict[str, str]:
        view = Noted(material.data, reads, material.now)
        item = call(view, view.numbers(material.numbers))
        ahead(item)
        return item_files(item)

    module = function.__module__
    name = " ".join([kind, module.rpartition(".")[2], function.__name__.removeprefix("build"), *map(str, which)])
    inputs = {"theme/tokens.json": digest(repr(material.tokens)), **code(module, "rapport.items"),
              **versions(*manifest.TOOLS[:3])}  # fmt: skip
    return Step(" ".join(name.split()), inputs, make, material.now.get)


def _drawing(spec: Any, prefix: str, workers: Workers, fonts: Mapping[str, str]) -> Step:
    """One drawing, of a specification alone."""
    inputs = {"its specification": spec.digest, **code("rapport.draw"), **versions("vl-convert-python"), **fonts}
    return Step(f"drawing {prefix}", inputs, lambda _r: {".svg": workers.call(svg, spec.json(), prefix)})


def _pictures(
    files: Files, draw: Callable[[Any, str], Future[Files]], drawn: Callable[[Mapping[str, Any], Blob], None]
) -> dict[str, Future[Files]]:
    """The item's drawings, under way; `drawn` is told of the wide one."""
    if NARROW not in files:
        return {}
    facts = files[FACTS].json()
    wide, narrow = (draw(files[suffix], facts["key"] + ending) for suffix, ending in ENDS.items())
    wide.add_done_callback(lambda done: done.exception() or drawn(facts, done.result()[".svg"]))
    return {".svg": wide, ".smal.svg": narrow}


def _finished(files: Files, pictures: Mapping[str, Future[Files]]) -> Files:
    """The published files of an item by suffix, drawings included."""
    drawn = {suffix: picture.result()[".svg"] for suffix, picture in pictures.items()}
    return {suffix: blob for suffix, blob in files.items() if suffix not in (FACTS, NARROW)} | drawn


def compute(
    data: Data,
    tokens: Tokens,
    workers: Workers,
    steps: Steps,
    drawn: Callable[[Mapping[str, Any], Blob], None] = lambda _facts, _svg: None,
) -> dict[str, Content]:
    """The content of every file of figures/, by name; the manifest last.

    `drawn` hears of each figure as soon as it is drawn: what the manifest will say of it, and its wide drawing.
    """
    numbers = register(data)
    numbers_text, fonts = manifest.numbers_json(numbers), font_files()
    material = Material(data, tokens, numbers, today(data, numbers_text))
    made: list[tuple[Files, dict[str, Future[Files]]]] = []
    with ThreadPoolExecutor(2) as pool:

        def draw(*of: Any) -> Future[Files]:
            return pool.submit(steps.run, _drawing(*of, workers, fonts))

        def ahead(item: Item) -> None:
            for suffix, spec in specs(item).items():
                draw(steps.keep(spec), item.key + ENDS[suffix])

        for kind, build, call in _items(data, tokens):
            files = steps.run(_item_step(kind, build, call, material, ahead))
            made.append((files, _pictures(files, draw, drawn)))
    contents: dict[str, Content] = {}
    entries = {}
    for files, pictures in made:
        facts, finished = files[FACTS].json(), _finished(files, pictures)
        entries[facts["key"]] = manifest.entry(facts, finished, data)
        contents |= {f"{facts['key']}{suffix}": blob for suffix, blob in finished.items()}
    texts = {"terms.json": terms_json(data), "numbers.json": numbers_text}
    return contents | texts | {"manifest.json": manifest.manifest(entries, data)}
