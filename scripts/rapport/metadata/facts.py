"""What every metadata file says the same: title, version, licence, source, and where the site is.

Read from data/datapackage.json and `_quarto.yml`, nowhere else, so that no two files can disagree.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.address import site_address
from rapport.book import FILE, read_config
from rapport.paths import Paths

DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CODE_LICENCE = "https://spdx.org/licenses/MIT"


@dataclass(frozen=True, slots=True)
class Facts:
    """The report in general. `site_url` and `repo_url` are empty until `_quarto.yml` names them.

    What is committed must not follow the environment: `site_url` is that of `_quarto.yml` alone.
    """

    name: str
    title: str
    description: str
    author: str
    date: str
    lang: str
    pdf: str
    site_url: str
    repo_url: str
    package: dict[str, Any]

    @property
    def version(self) -> str:
        """The data package's version, which is that of the report."""
        return self.package["version"]

    @property
    def source(self) -> dict[str, str]:
        """The evaluation that the report re-presents: title (with authors and year) and path."""
        return self.package["sources"][0]

    @property
    def resources(self) -> list[dict[str, Any]]:
        """The tables, as datapackage.json describes them."""
        return self.package["resources"]


def whole_title(title: str, subtitle: str) -> str:
    """Title and subtitle in one line: "Arbeidstrening: en evaluering …"."""
    return f"{title}: {subtitle[:1].lower()}{subtitle[1:]}" if subtitle else title


def read_facts(paths: Paths) -> Facts:
    """The facts of the project. Raises BookError when `_quarto.yml` lacks one; data/ has been validated before."""
    config = read_config(paths.root / FILE)
    package = json.loads((paths.data / "datapackage.json").read_text(encoding="utf-8-sig"))
    book = config["book"]
    return Facts(
        name=book["title"], title=whole_title(book["title"], book.get("subtitle") or ""),
        description=(book.get("description") or "").strip(), author=book["author"], date=str(book["date"]),
        lang=config["lang"], pdf=f"{book['output-file']}.pdf", site_url=site_address(book.get("site-url"), {}),
        repo_url=book.get("repo-url") or "", package=package,
    )  # fmt: skip


def checksum(path: Path) -> tuple[int, str]:
    """(bytes, sha256) of a file."""
    content = path.read_bytes()
    return len(content), hashlib.sha256(content).hexdigest()


def as_json(document: Any) -> str:
    """JSON as it is committed and published: two spaces, no escaped letters, a final newline."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
