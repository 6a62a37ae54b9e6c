"""ro-crate-metadata.json: the repository as an RO-Crate 1.2, from the source report to each figure.

A crate says of each figure which CSVs and which program it was made from; hashes and sizes come from the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rapport.metadata.facts import CODE_LICENCE, DATA_LICENCE, Facts, checksum

FILE = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.2"
PYTHON = "https://www.python.org/"
OLDEST = "3.11"  # as requires-python in pyproject.toml says
# (suffix, media type, layer of the manifest) of the files that show something.
SHOWN = (
    (".svg", "image/svg+xml", "picture"),
    (".diagram.html", "text/html", "page"),
    (".csv", "text/csv", "values"),
    (".md", "text/markdown", "text"),
)
FOLDERS = {
    "chapters/": "The chapters, in Markdown with cells",
    "en/": "The summary in English, in Markdown with cells",
    "scripts/": "The program that makes figures, tables, numbers and pages",
    "tests/": "What must hold",
    "theme/": "Styles, page template and PDF template",
}
FILES = {
    "CITATION.cff": ("How to cite", "application/yaml"),
    "LICENSE": ("The two licences, by kind of content", "text/plain"),
    "README.md": ("How to build, change and verify the report", "text/markdown"),
    "codecheck.yml": ("What to make again and compare, for a CODECHECK", "application/yaml"),
    "figures/manifest.json": ("Inputs, hashes and tools of every figure and table", "application/json"),
    "figures/numbers.json": ("Every number that the text may use", "application/json"),
    "index.qmd": ("The front page, in Markdown with cells", "text/markdown"),
}


def _ref(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def _file(path: str, name: str, mediatype: str, **more: Any) -> dict[str, Any]:
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": mediatype, **more}


def _data(facts: Facts, folder: Path) -> Iterator[dict[str, Any]]:
    """The descriptor and the CSVs, each resting on the source report."""
    source = _ref(facts.source["path"])
    profile = _ref(facts.package["$schema"])
    yield {"@id": profile["@id"], "@type": "CreativeWork", "name": "Data Package 2.0"}
    yield _file("data/datapackage.json", facts.package["title"], "application/json", conformsTo=profile,
                description=facts.package["description"])  # fmt: skip
    for resource in facts.resources:
        size, digest = checksum(folder / resource["path"])
        yield _file(f"data/{resource['path']}", resource["title"], resource["mediatype"], contentSize=str(size),
                    sha256=digest, description=resource["description"], isBasedOn=source)  # fmt: skip


def _items(items: Mapping[str, Any], paths: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """What each figure, table and listing shows, with what it was made from."""
    for key, item in items.items():
        origin = [_ref(f"data/{paths[name]}") for name in item["inputs"]] + [_ref(f"scripts/{item['module']}")]
        made = {"description": item.get("alt") or item["title"], "isBasedOn": origin}
        for suffix, mediatype, layer in SHOWN:
            if layer in item["sha256"]:
                yield _file(f"figures/{key}{suffix}", item["title"], mediatype, **made, sha256=item["sha256"][layer],
                            contentSize=str(item["sizes"][suffix]))  # fmt: skip


def _programs(items: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for module in sorted({item["module"] for item in items.values()}):
        file = _file(f"scripts/{module}", module, "text/x-python", programmingLanguage=_ref(PYTHON),
                     description="The program that makes the figures and tables that are based on it")  # fmt: skip
        yield file | {"@type": ["File", "SoftwareSourceCode"], "license": _ref(CODE_LICENCE)}


def _context(facts: Facts) -> list[dict[str, Any]]:
    """What the parts refer to: author, source report, licences and language."""
    source, licence = facts.source, "CreativeWork"
    return [
        {"@id": "#contributors", "@type": "Organization", "name": facts.author},
        {"@id": source["path"], "@type": "Report", "name": source["title"], "url": source["path"]},
        {"@id": DATA_LICENCE, "@type": licence, "name": "CC BY 4.0",
         "description": "Creative Commons Attribution 4.0 International: text, data and figures"},
        {"@id": CODE_LICENCE, "@type": licence, "name": "MIT", "description": "The MIT licence: code"},
        {"@id": PYTHON, "@type": "ComputerLanguage", "name": "Python", "url": PYTHON, "version": OLDEST},
    ]  # fmt: skip


def _root(facts: Facts, parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": "./", "@type": "Dataset", "name": facts.title, "description": facts.description,
        "datePublished": facts.date, "version": facts.version, "inLanguage": facts.lang,
        "license": _ref(DATA_LICENCE), "author": _ref("#contributors"), "publisher": _ref("#contributors"),
        "keywords": facts.package["keywords"], "isBasedOn": _ref(facts.source["path"]),
        **({"url": facts.site_url} if facts.site_url else {}), "hasPart": [_ref(part["@id"]) for part in parts],
    }  # fmt: skip


def rocrate(facts: Facts, items: Mapping[str, Any], data: Path) -> dict[str, Any]:
    """The crate; `items` are the manifest's entries and `data` the folder of the CSVs."""
    paths = {resource["name"]: resource["path"] for resource in facts.resources}
    folders = [{"@id": name, "@type": "Dataset", "name": name, "description": what} for name, what in FOLDERS.items()]
    files = [_file(name, name, kind, description=what) for name, (what, kind) in FILES.items()]
    profile, *tables = _data(facts, data)
    parts = [*tables, *_items(items, paths), *_programs(items), *files, *folders]
    descriptor = {
        "@id": FILE, "@type": "CreativeWork", "conformsTo": _ref(SPECIFICATION), "about": _ref("./"),
        "license": _ref(DATA_LICENCE),
    }  # fmt: skip
    graph = [descriptor, _root(facts, parts), *parts, profile, *_context(facts)]
    return {"@context": f"{SPECIFICATION}/context", "@graph": graph}
