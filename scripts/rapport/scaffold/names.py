"""Names of new things, and files that may not be there yet. Knows errors only."""

from __future__ import annotations

import re
from pathlib import Path

from rapport.errors import RapportError

TEMPLATES = Path(__file__).parent / "templates"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def checked(name: str, example: str) -> str:
    """The name, when it can stand in a file name and an id. Raises RapportError."""
    if SLUG.fullmatch(name):
        return name
    raise RapportError(
        f'the name: found "{name}", expected lower-case letters a–z, digits and hyphens, such as {example}.\n'
        "  To mend it: write ae, o and a for æ, ø and å, and a hyphen between words."
    )


def filled(template: str, **words: str) -> str:
    """A template's text with @word@ replaced; what is left of that form would be a mistake in the template."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def refuse_existing(shown: str, path: Path) -> None:
    """Raises RapportError when the file is there."""
    if path.exists():
        raise RapportError(
            f"{shown}: found a file, expected none: nothing is overwritten.\n"
            "  To mend it: take another name, or take the file away first."
        )


def write_new(files: dict[Path, str]) -> None:
    """Write every file; those that are changed rather than new are written like the rest."""
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
