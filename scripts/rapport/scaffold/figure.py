"""A new figure: a module that draws the participants by year, a test of it, and its place in the list of figures."""

from __future__ import annotations

import re
from keyword import iskeyword

from rapport.errors import RapportError
from rapport.paths import Paths
from rapport.scaffold.names import checked, filled, refuse_existing, write_new

LIST = "scripts/rapport/figures/__init__.py"
IMPORTED = re.compile(r"^from rapport\.figures import (?:\((?P<many>[^)]*)\)|(?P<one>[^\n(]+))\n", re.MULTILINE)
BUILDERS = re.compile(r"(?P<function>^def builders\(.*?\n)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
WIDTH = 120


def _import(names: list[str]) -> str:
    line = f"from rapport.figures import {', '.join(names)}\n"
    if len(line) <= WIDTH + 1:
        return line
    return "from rapport.figures import (\n" + "".join(f"    {name},\n" for name in names) + ")\n"


def listed(source: str, module: str) -> str:
    """figures/__init__.py with the module imported and its builder last. Raises RapportError when it cannot be read."""
    imported, builders = IMPORTED.search(source), BUILDERS.search(source)
    if imported is None or builders is None:
        raise RapportError(
            f"{LIST}: found no list of figures, expected an import of the modules and the function builders.\n"
            "  To mend it: put both back, for instance with git checkout."
        )
    names = {name.strip() for name in (imported["many"] or imported["one"]).split(",")} - {""}
    text = source[: builders.end()] + f"    yield {module}.build\n" + source[builders.end() :]
    return text.replace(imported.group(), _import(sorted(names | {module})), 1)


def new_figure(paths: Paths, name: str) -> str:
    """Write the module, its test and its place in the list, and return what was done.

    Raises RapportError, and writes nothing, when the name will not do or a file is there.
    """
    module = checked(name, "antall-avtaler").replace("-", "_")
    if not module.isidentifier() or iskeyword(module):
        raise RapportError(f'the name: found "{name}", expected one that begins with a letter and is no '
                           "word of Python's own.\n  To mend it: write more words.")  # fmt: skip
    target = paths.root / "scripts" / "rapport" / "figures" / f"{module}.py"
    test = paths.root / "tests" / f"test_figure_{module}.py"
    for path in (target, test):
        refuse_existing(path.relative_to(paths.root).as_posix(), path)
    index = paths.root / LIST
    words = {"key": f"fig-{name}", "module": module}
    write_new({
        index: listed(index.read_text(encoding="utf-8"), module),
        target: filled("figure.txt", **words), test: filled("test.txt", **words),
    })  # fmt: skip
    return (
        f"New: scripts/rapport/figures/{module}.py and tests/test_figure_{module}.py; {LIST} has the figure last.\n"
        f'Change compute, draw and the words, run `rapport figures`, and show it with figure("fig-{name}").'
    )
