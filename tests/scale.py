"""Synthetic reports: a book of 6, 60 or 600 chapters, with as many figures and a number of times as many numbers.

The rows are copies of the report's own, so that every check of the data holds; the text is made up.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import yaml

CASES = 6  # figures, and chapters, of a report of size 1
CHAPTER = """# Et kapittel {{#sec-k{number}}}

```{{python}}
#| include: false
from rapport.kapittel import figure, n, table, term
```

Den som leser, får `{{python}} n("vignett.{number}.alder")` år.
Det ble `{{python}} n("kopi{number}.arbeidsgiver.besok")` besøk.
Dette henger sammen med @sec-k{before} og med @fig-vignett-{before}.

## Det som er vist {{#sec-k{number}-vist}}

Se @fig-vignett-{number}, som viser det samme en gang til, og kjernen i **det**.

```{{python}}
#| output: asis
figure("fig-vignett-{number}")
```
"""


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return list(reader.fieldnames or []), list(reader)


def _write(path: Path, fields: list[str], rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def _more(path: Path, column: str, numbers: range) -> None:
    """The rows of case 1 once for each further case."""
    fields, rows = _rows(path)
    first = [row for row in rows if row[column] == "1"]
    _write(path, fields, [*rows, *(row | {column: str(number)} for number in numbers for row in first)])


def _facts(path: Path, numbers: range) -> None:
    """One single fact once for each chapter."""
    fields, rows = _rows(path)
    copied = next(row for row in rows if row["id"] == "arbeidsgiver.besok")
    _write(path, fields, [*rows, *(copied | {"id": f"kopi{number}.{copied['id']}"} for number in numbers)])


def _allow(path: Path, most: int) -> None:
    """The schema lets the cases be as many as they are."""
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if field["name"] == "vignett":
                field["constraints"]["maximum"] = most
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _book(project: Path, numbers: range) -> None:
    for old in (project / "chapters").glob("*.qmd"):
        old.unlink()
    (project / "index.qmd").write_text("# Forside {.unnumbered #sec-forside}\n\nDette er en prøve.\n", encoding="utf-8")
    names = [f"chapters/k{number:03}.qmd" for number in numbers]
    for number, name in zip(numbers, names, strict=True):
        text = CHAPTER.format(number=number, before=max(1, number - 1))
        (project / name).write_text(text, encoding="utf-8")
    config = yaml.safe_load((project / "_quarto.yml").read_text(encoding="utf-8"))
    config["book"] |= {"chapters": ["index.qmd", *names], "appendices": [], "page-footer": {}}
    (project / "_quarto.yml").write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")


def grow(project: Path, size: int) -> None:
    """Make the copy of the report in `project` a synthetic one of a size: 1, 10 or 100."""
    most = CASES * size
    _allow(project / "data" / "datapackage.json", most)
    for name in ("vignetter", "vignett_vurderinger"):
        _more(project / "data" / f"{name}.csv", "vignett", range(CASES + 1, most + 1))
    _facts(project / "data" / "opplysninger.csv", range(1, most + 1))
    _book(project, range(1, most + 1))
