"""What a chapter's cells read, found in their code without running it.

A cell that only calls the helpers of rapport.kapittel or rapport.english with written-out arguments reads what it
names and nothing else; of any other cell nobody knows what it reads. Knows the chapter's source.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from rapport.engine.language import VOCABULARY
from rapport.source import INLINE, Cell, Text, pieces

MODULES = (*VOCABULARY.values(), "rapport.kontakt")
HELPERS = {
    "n", "term", "avvik", "figure", "small_figure", "table", "listing", "register", "verification", "meld_fra",
}  # fmt: skip
ALONE = {"register", "verification", "meld_fra"}  # called without a key
Call = tuple[str, str]  # (helper, key)


def _imports_only_helpers(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module in MODULES and not any(
        alias.asname or alias.name not in HELPERS for alias in node.names
    )  # fmt: skip


def _call(node: ast.expr) -> Call | None:
    """The helper's call that an expression is, with constants for arguments; None when it is anything else."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in HELPERS):
        return None
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    if not all(isinstance(argument, ast.Constant) for argument in arguments) or any(
        k.arg is None for k in node.keywords
    ):
        return None
    if node.func.id in ALONE:
        return None if arguments else (node.func.id, "")
    return (node.func.id, str(node.args[0].value)) if node.args and isinstance(node.args[0], ast.Constant) else None


def _of_code(code: str) -> Iterator[Call | None]:
    try:
        if code.rstrip().endswith(";"):
            raise SyntaxError  # a notebook then shows no value
        body = ast.parse(code.strip()).body
    except SyntaxError:
        yield None
        return
    for node in body:
        if not _imports_only_helpers(node):
            yield _call(node.value) if isinstance(node, ast.Expr) else None


@lru_cache(maxsize=1024)  # the step of the site asks, and that of the chapter
def calls(source: str) -> tuple[Call, ...] | None:
    """The helpers that a chapter calls and with which keys; None when some cell could read anything."""
    found: list[Call | None] = []
    for piece in pieces(source):
        if isinstance(piece, Cell):
            found += _of_code(piece.code)
        elif isinstance(piece, Text) and not piece.verbatim:
            found += [call for match in INLINE.finditer(piece.text) for call in _of_code(match["code"])]
    return None if None in found else tuple(call for call in dict.fromkeys(found) if call)
