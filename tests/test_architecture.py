"""How the code hangs together: imports point one way, modules are small, and nothing private is in the repository."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

PACKAGE = ROOT / "scripts" / "rapport"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
# One of many thousand lines would not be read through; this one is a report, not a framework.
MOST_LINES = 150
# Layer by layer: a module of the left may not import what stands on its right.
FORBIDDEN = {
    r"rapport\.errors": r"rapport\..+",
    r"rapport\.languages": r"rapport\..+",
    r"rapport\.wording": r"rapport\.(?!languages$).+",
    r"rapport\.records": r"rapport\..+",
    r"rapport\.markup": r"rapport\..+",
    r"rapport\.spreadsheet": r"rapport\..+",
    r"rapport\.exports(\..+)?": r"rapport\.(?!spreadsheet$).+",
    r"rapport\.paths": r"rapport\.(?!errors$).+",
    r"rapport\.(data|.*checks|constraints|validate|files|descriptor)": (
        r"rapport\.(figures|tables|engine|numbers|pipeline|kapittel|book|draw)(\..+)?"
    ),
    r"rapport\.numbers(\..+)?": r"rapport\.(figures|tables|engine|pipeline|manifest|kapittel|book|draw)(\..+)?",
    r"rapport\.figures(\..+)?": r"rapport\.(engine|kapittel|book|tables|pipeline|manifest|blocks)(\..+)?",
    r"rapport\.tables(\..+)?": r"rapport\.(engine|kapittel|book|pipeline|manifest|blocks)(\..+)?",
    r"rapport\.listings(\..+)?": r"rapport\.(engine|kapittel|book|figures|tables|pipeline|manifest|blocks)(\..+)?",
    r"rapport\.engine(\..+)?": (
        r"rapport\.(data|listings|figures|numbers|tables|pipeline|manifest|kapittel|records)(\..+)?"
    ),
    r"rapport\.metadata(\..+)?": r"rapport\.(data|figures|numbers|tables|engine|web|pipeline|manifest|kapittel)(\..+)?",
    r"rapport\.web(\..+)?": r"rapport\.(data|figures|numbers|tables|engine|pipeline|manifest|kapittel)(\..+)?",
    r"rapport\.(blocks|kapittel|oppslag|shelf|hedges)": (
        r"rapport\.(data|figures|numbers|tables|listings|engine|pipeline|book)(\..+)?"
    ),
    r"rapport\.(pages(\..+)?|verified|phrasing)": (
        r"rapport\.(data|figures|numbers|tables|listings|engine|pipeline|book|kapittel|blocks)(\..+)?"
    ),
    r"rapport\.(?!cli(\.|$)|verify(\.|$)|compare(\.|$)).*": r"rapport\.verify(\..+)?",
    r"rapport\.(?!cli(\.|$)|compare(\.|$)).*": r"rapport\.compare(\..+)?",
    r"rapport\.(?!cli(\.|$)|__main__$).*": r"rapport\.(cli|__main__)(\..+)?",
    r"rapport\.(?!cli(\.|$)|commands$).*": r"rapport\.commands",
    r"rapport\.(?!cli(\.|$)|parity(\.|$)|scaffold(\.|$)|commands$).*": r"rapport\.(parity|scaffold)(\..+)?",
    r"rapport\.preview(\..+)?": r"rapport\.(?!preview(\.|$)|errors$|paths$).+",
    r"rapport\.(?!cli(\.|$)|preview(\.|$)).*": r"rapport\.preview(\..+)?",
    r"rapport\.(parity|scaffold)(\..+)?": r"rapport\.(data|figures|tables|pipeline|manifest|kapittel)(\..+)?",
}


def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imports(name: str) -> set[str]:
    """The modules that a module imports, wherever in it, those for type checking included."""
    found: set[str] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {
                full if (full := f"{node.module}.{alias.name}") in MODULES else node.module for alias in node.names
            }
    return found


def functions(name: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def loaded(*modules: str) -> set[str]:
    """What stands in sys.modules of a fresh process after importing `modules`."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.mark.parametrize(("module", "forbidden"), FORBIDDEN.items())
def test_imports_point_one_way(module: str, forbidden: str):
    """Nothing upstream knows what is made of it downstream."""
    inside = [name for name in MODULES if re.fullmatch(module, name)]
    assert inside, "the rule speaks of a module that is not there"
    astray = {(name, other) for name in inside for other in imports(name) if re.fullmatch(forbidden, other)}
    assert {pair for pair in astray if not re.fullmatch(module, pair[1])} == set()


def test_no_module_imports_itself_in_a_circle():
    """Reading the modules one by one, from the bottom up, always works."""
    known = {name: {other for other in imports(name) if other in MODULES} - {name} for name in MODULES}
    while ready := {name for name, needs in known.items() if not needs & known.keys()}:
        known = {name: needs for name, needs in known.items() if name not in ready}
    assert known == {}


def test_chapters_import_nothing_heavy():
    """What a chapter calls starts at once: neither pandas nor Altair is loaded in the kernel."""
    assert loaded("rapport.kapittel") & {"pandas", "altair", "numpy", "frictionless", "great_tables"} == set()


def test_help_imports_nothing_heavy():
    """The command line answers at once: what a command needs is loaded when it runs."""
    assert loaded("rapport.cli") & {"pandas", "altair", "numpy", "frictionless", "nbclient", "typst"} == set()


@pytest.mark.parametrize("name", MODULES)
def test_a_module_can_be_read_in_one_go(name: str):
    """No module is longer than 150 lines, and each begins with what it is."""
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    assert ast.get_docstring(tree(name))


def test_functions_are_small():
    """The typical function body is a few lines, and few are longer than thirty."""
    bodies = []
    for name in MODULES:
        for node in functions(name):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            bodies.append(body[-1].end_lineno - body[0].lineno + 1 if body else 0)
    assert statistics.median(bodies) <= 8
    assert statistics.quantiles(bodies, n=10)[-1] <= 24
    assert max(bodies) <= 40


def test_what_others_call_says_what_it_is():
    """Every public function, method and class has a docstring."""
    silent = []
    for name in MODULES:
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.ClassDef):
                members = [child for child in node.body if isinstance(child, ast.FunctionDef)]
            elif isinstance(node, ast.Module):
                members = [child for child in node.body if isinstance(child, ast.FunctionDef | ast.ClassDef)]
            else:
                continue
            silent += [f"{name}.{m.name}" for m in members if not m.name.startswith("_") and not ast.get_docstring(m)]
    assert silent == []


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """The text files under version control, new ones that are not ignored included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("git is not installed: which files are published is not known")
    if done.returncode != 0:
        pytest.skip("this is no git working tree: which files are published is not known")
    files = [ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in files if path.is_file() and b"\0" not in path.read_bytes()[:8000]]


# A letter of each stands in brackets, so that this file does not find itself.
PRIVATE = {
    "a package index": r"index-ur[l][ =]+https?://|[-]-find-links|/opt/pyp[i]|artifactor[y]|devp[i]\b",
    "a path of one machine": r"(?<![\w.@/:-])/(?:wor[k]|hom[e]/|roo[t]/|User[s]/|tm[p])\b",
    "a private address": r"\b(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2}\b",
    "a key": r"[-]----BEGIN|\bgh[pousr]_\w{20}|\bAKIA[A-Z0-9]{12}",
}


@pytest.mark.parametrize("what", PRIVATE)
def test_nothing_of_a_machine_is_published(what: str, tracked: list[Path]):
    """No file under version control names an index host, a folder of one machine, a private address or a key."""
    pattern = re.compile(PRIVATE[what], re.MULTILINE)
    found = [
        (path.relative_to(ROOT).as_posix(), m.group())
        for path in tracked
        for m in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
