"""The package's own code as an input of steps: a module together with all that it imports of the package.

Imports are read from the source, those inside functions included; nothing is imported to find out. A package's
`__init__` counts only where something of it is imported by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rapport.steps.digests import combined, digest, files_under

FOLDER = Path(__file__).resolve().parent.parent
NAME = FOLDER.name
# Read by pattern: to parse every module takes longer than all else that a build with nothing to do does.
IMPORT = re.compile(
    rf"^[ \t]*(?:from (?P<from>{NAME}[\w.]*) import (?P<names>\([^)]*\)|[^\n]*)|import (?P<module>{NAME}[\w.]*))",
    re.MULTILINE,
)
COMMENT = re.compile(r"#[^\n]*")


@cache
def _files() -> tuple[str, ...]:
    """The package's own files, by their path from its folder; not what Python keeps of them."""
    return tuple(sorted(path for path in files_under(FOLDER) if not path.endswith(".pyc")))


def _read(path: str) -> bytes:
    with open(f"{FOLDER}/{path}", "rb") as file:  # noqa: PTH123 — some hundred: see digests.py
        return file.read()


@cache
def sources() -> dict[str, bytes]:
    """The source of every module of the package, by its name; read once a process."""
    names = {f"{NAME}/{path}".removesuffix(".py").replace("/", "."): path for path in _files() if path.endswith(".py")}
    return {name.removesuffix(".__init__"): _read(path) for name, path in names.items()}


@cache
def data_files() -> dict[str, str]:
    """The digests of what the package holds beside modules, such as templates, by path."""
    return {path: digest(_read(path)) for path in _files() if not path.endswith(".py")}


def _named(source: str) -> Iterator[str]:
    """The modules that a source imports: the module of each name, or the name where that is a module itself."""
    for match in IMPORT.finditer(source):
        module = match["from"] or match["module"]
        names = COMMENT.sub("", match["names"] or "").strip("() \n").split(",")
        whole = [f"{module}.{name.split()[0]}" for name in names if name.strip()]
        yield from (name if name in sources() else module for name in whole or [module])


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of the package that `module` imports, wherever in it."""
    return frozenset(name for name in _named(sources()[module].decode("utf-8")) if name in sources()) - {module}


def closure(*modules: str) -> set[str]:
    """The modules, and all that they import, and so on."""
    found, todo = set(), list(modules)
    while todo:
        module = todo.pop()
        if module not in found:
            found.add(module)
            todo += imports(module)
    return found


@cache
def _code_digest(modules: tuple[str, ...]) -> str:
    return combined({name: digest(sources()[name]) for name in closure(*modules)})


def code(*modules: str) -> dict[str, str]:
    """Inputs of a step that calls these modules: one digest of them and all that they import."""
    return {f"code of {module}": _code_digest((module,)) for module in modules}


@cache
def program() -> dict[str, str]:
    """The input of a step that gathers others: one digest of every file of the package, quicker than `code`."""
    modules = {name: digest(source) for name, source in sources().items()}
    return {"the program": combined(modules | data_files())}
