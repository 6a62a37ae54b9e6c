"""Quarto, where it is found: on PATH, by QUARTO_PATH, or in the quarto_cli package.

Quarto reads `_quarto.yml` itself; this module only finds and runs it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from rapport.engine.place import own_folder, swap
from rapport.errors import EngineError
from rapport.paths import Paths

OLDEST = (1, 9)
FORMATS = {"html": "html", "pdf": "rapport-typst"}  # as _quarto.yml names them
ADVICE = (
    "  To mend it: install Quarto 1.9 or newer (quarto.org), or `pip install .[quarto]` where its binary can be "
    "downloaded,\n  or name it with QUARTO_PATH. Without Quarto, `rapport render` (engine pandoc) makes the same pages."
)


def _candidates() -> Iterator[str]:
    if os.environ.get("QUARTO_PATH"):
        yield os.environ["QUARTO_PATH"]
    found = shutil.which("quarto")
    if found:
        yield found
    try:
        import quarto_cli  # type: ignore[import-not-found]
    except ImportError:
        return
    bundled = Path(quarto_cli.__file__).parent / "bin" / "quarto"
    if bundled.is_file():
        yield str(bundled)


def find_quarto() -> str | None:
    """The first Quarto there is, or None."""
    return next((path for path in _candidates() if shutil.which(path)), None)


def quarto_version(quarto: str) -> str:
    """What `quarto --version` prints; empty when it does not run."""
    try:
        done = subprocess.run([quarto, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.search(r"\d+\.\d+(?:\.\d+)?", done.stdout)
    return match.group() if match else ""


def too_old(version: str) -> bool:
    """Whether a version lies below the oldest that the book works with; a source build, 99.9.9, does not."""
    return tuple(int(part) for part in version.split(".")[:2]) < OLDEST


def require_quarto() -> str:
    """The path of a Quarto that will do. Raises EngineError that says how to get one."""
    quarto = find_quarto()
    if quarto is None:
        raise EngineError(f"Quarto is not installed.\n{ADVICE}")
    version = quarto_version(quarto)
    if not version or too_old(version):
        raise EngineError(f"Quarto {version or 'of unknown version'} at {quarto} will not do.\n{ADVICE}")
    return quarto


def render(paths: Paths, output: Path, formats: tuple[str, ...]) -> Path:
    """Run `quarto render`, whose own words go to the terminal. Raises EngineError when it fails."""
    quarto = require_quarto()
    environment = os.environ | {"QUARTO_PYTHON": sys.executable}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    formats = tuple(kind for kind in formats if kind in FORMATS)  # documents: see the profile in docs/quarto.md
    wanted = ["--to", FORMATS[formats[0]]] if len(formats) == 1 else []
    folder = own_folder(paths.cache / "build")
    try:
        target = os.path.relpath(folder / "site", paths.root)
        command = [quarto, "render", str(paths.root), *wanted, "--output-dir", target]
        if subprocess.run(command, cwd=paths.root, env=environment, check=False).returncode != 0:
            raise EngineError("quarto render failed; its own message stands above.")
        if not (folder / "site").is_dir():
            raise EngineError("quarto render said that all was well but made no site.")
        swap(folder / "site", output)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return output
