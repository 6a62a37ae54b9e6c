"""The package's own code as an input of steps: a module together with all that it imports of the package.

Imports are read from the source, those inside functions included; nothing is imported to find out. A package's
`__init__` counts only where something of it is imported by name.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from rapport.steps.digests import combined, digest

FOLDER = Path(__file__).resolve().parent.parent
NAME = FOLDER.name


@cache
def sources() -> dict[str, bytes]:
    """The source of every module of the package, by its name; read once a process."""
    files = sorted(FOLDER.rglob("*.py"))
    names = [".".join((NAME, *path.relative_to(FOLDER).with_suffix("").parts)) for path in files]
    return {name.removesuffix(".__init__"): path.read_bytes() for name, path in zip(names, files, strict=True)}


@cache
def data_files() -> dict[str, str]:
    """The digests of what the package holds beside modules, such as templates, by path."""
    files = (path for path in sorted(FOLDER.rglob("*")) if path.is_file() and path.suffix not in (".py", ".pyc"))
    return {path.relative_to(FOLDER).as_posix(): digest(path.read_bytes()) for path in files}


def _named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name if name in sources() else node.module for name in whole]
    return []


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of the package that `module` imports, wherever in it."""
    source = sources()[module]
    if f"{NAME}.".encode() not in source and f"from {NAME} ".encode() not in source:
        return frozenset()
    tree = ast.parse(source)
    return frozenset(name for node in ast.walk(tree) for name in _named(node) if name in sources()) - {module}


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


def whole_code() -> dict[str, str]:
    """The digest of each file of the package: quicker than `code`, and of everything."""
    return {f"{NAME}/{name}": digest(source) for name, source in sources().items()} | data_files()


def forget() -> None:
    """Read the sources again next time: for processes that outlive a change, such as a preview."""
    for cached in (sources, data_files, imports, _code_digest):
        cached.cache_clear()
