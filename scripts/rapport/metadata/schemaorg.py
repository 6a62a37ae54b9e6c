"""The report and its data in schema.org's words, as JSON-LD: what search engines and catalogues read.

`base` is put before every address: the site's own when it is known, else the way from the page to the site's root.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rapport.book import Chapter
from rapport.metadata.facts import DATA_LICENCE, Facts, checksum

CONTEXT = "https://schema.org/"
FRONT = "index.html"
PACKAGE = "data/datapackage.json"


def _common(facts: Facts) -> dict[str, Any]:
    """What the report and the data share."""
    return {
        "version": facts.version, "datePublished": facts.date, "inLanguage": facts.lang, "license": DATA_LICENCE,
        "isAccessibleForFree": True, "creator": {"@type": "Organization", "name": facts.author},
        "isBasedOn": {
            "@type": "Report", "@id": facts.source["path"], "name": facts.source["title"], "url": facts.source["path"],
        },
    }  # fmt: skip


def _download(resource: dict[str, Any], folder: Path, base: str) -> dict[str, Any]:
    size, digest = checksum(folder / resource["path"])
    return {
        "@type": "DataDownload", "name": resource["title"], "description": resource["description"],
        "contentUrl": f"{base}data/{resource['path']}", "encodingFormat": resource["mediatype"],
        "contentSize": f"{size} B", "sha256": digest,
    }  # fmt: skip


def _measured(resources: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each column with a unit, as a variable."""
    return [
        {
            "@type": "PropertyValue", "name": f"{resource['title']}: {field['title']}",
            "description": field["description"], "unitText": field["unit"],
        }
        for resource in resources for field in resource["schema"]["fields"] if "unit" in field
    ]  # fmt: skip


def dataset(facts: Facts, folder: Path, base: str, modified: str) -> dict[str, Any]:
    """The data package as a schema.org Dataset; `folder` holds the CSVs, `modified` is their date, or empty."""
    package, changed = facts.package, {"dateModified": modified} if modified else {}
    return {
        "@context": CONTEXT, "@type": "Dataset", "@id": f"{base}{PACKAGE}", "name": package["title"],
        "alternateName": package["title_en"], "description": package["description"], "url": f"{base}{PACKAGE}",
        "keywords": package["keywords"], **_common(facts), **changed,
        "variableMeasured": _measured(facts.resources),
        "distribution": [_download(resource, folder, base) for resource in facts.resources],
    }  # fmt: skip


def address(base: str, href: str) -> str:
    """A page's address; that of the front page is the site's own, as soon as that is known."""
    return base if href == FRONT and "://" in base else f"{base}{href}"


def _part(chapter: Chapter, base: str) -> dict[str, Any]:
    """A chapter, or a page that stands alone, as others speak of it."""
    url = address(base, chapter.href)
    described = {"description": chapter.description} if chapter.description else {}
    spoken = {"inLanguage": chapter.lang} if chapter.alone else {}
    kind = "Article" if chapter.alone else "Chapter"
    return {"@type": kind, "@id": url, "url": url, "name": chapter.title, **described, **spoken}


def chapter(facts: Facts, it: Chapter, base: str, picture: str) -> dict[str, Any]:
    """One page as a schema.org Chapter of the report; `picture` is the address of its picture."""
    whole = {"@type": "Report", "@id": address(base, FRONT), "name": facts.title, "url": address(base, FRONT)}
    numbered = {"position": it.number} if it.number else {}
    return {
        "@context": CONTEXT, **_part(it, base), "headline": it.title, **numbered, "image": picture, **_common(facts),
        "inLanguage": it.lang, "isPartOf": whole,
    }  # fmt: skip


def report(facts: Facts, chapters: Iterable[Chapter], base: str, picture: str, *, pdf: bool) -> dict[str, Any]:
    """The site as a schema.org Report with its chapters; `pdf` says whether there is one."""
    encoding = {
        "@type": "MediaObject", "name": "PDF", "contentUrl": f"{base}{facts.pdf}", "encodingFormat": "application/pdf",
    }  # fmt: skip
    data = {"@type": "Dataset", "@id": f"{base}{PACKAGE}", "name": facts.package["title"]}
    code = {"@type": "SoftwareSourceCode", "name": facts.title, "codeRepository": facts.repo_url}
    url = address(base, FRONT)
    return {
        "@context": CONTEXT, "@type": "Report", "@id": url, "name": facts.title, "headline": facts.title,
        "description": facts.description, "url": url, "image": picture, **_common(facts),
        **({"encoding": encoding} if pdf else {}),
        "hasPart": [*(_part(it, base) for it in chapters), data, *([code] if facts.repo_url else [])],
    }  # fmt: skip
