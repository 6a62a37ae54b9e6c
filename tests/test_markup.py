"""Every page judged by the Nu checker, the one behind the W3C's validator. Needs Java, and `npm ci` in tests/node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

NU = Path(__file__).parent / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ACCEPTED = {
    "Content Security Policy": "files have no address that 'self' could mean; a browser test serves them",
    "The “list” role is unnecessary": "Safari takes lists without marks for no lists unless they say so",
    "Section lacks heading": "pandoc's section of footnotes is named by its label",
    "Trailing slash on void elements": "harmless; pandoc's own",
}


def judged(folder: Path) -> list[dict]:
    """The checker's messages on every page below a folder, but the accepted ones."""
    if not NU.is_file() or shutil.which("java") is None:
        pytest.skip("the Nu checker is not installed: it needs Java, and `npm ci` in tests/node")
    command = ["java", "-jar", str(NU), "--stdout", "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    messages = json.loads(done.stdout)["messages"]
    return [message for message in messages if not any(words in message["message"] for words in ACCEPTED)]


def test_every_page_is_valid(site: Path):
    """The checker finds no error in any page, and warns of nothing that is not accepted with its reason."""
    found = judged(site)
    assert [(one["url"].split("/")[-1], one.get("lastLine"), one["message"]) for one in found] == []


def test_the_checker_sees_a_fault(site: Path, tmp_path: Path):
    """An element closed twice and an id used twice are found, so that silence means something."""
    broken = (
        (site / "index.html").read_text(encoding="utf-8").replace("</main>", '</p></section></main><i id="topp"></i>')
    )
    (tmp_path / "index.html").write_text(broken, encoding="utf-8")
    said = " ".join(message["message"] for message in judged(tmp_path))
    assert "Stray end tag" in said or "No “p” element in scope" in said
    assert "Duplicate ID" in said
