"""A comparison as JSON, the same bytes for the same differences."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from rapport.compare.changes import Comparison, Pictures


def _drawing(svg: str | None, alt: str) -> dict[str, str] | None:
    return None if svg is None else {"alt": alt, "sha256": hashlib.sha256(svg.encode("utf-8")).hexdigest()}


def _pictures(pictures: Pictures) -> dict[str, Any]:
    """Which drawings differ, by the hash of each: whole SVGs would hide everything else."""
    return {
        "file": f"figures/{pictures.item}.svg", "item": pictures.item,
        "old": _drawing(pictures.old, pictures.old_alt), "new": _drawing(pictures.new, pictures.new_alt),
    }  # fmt: skip


def as_json(comparison: Comparison) -> str:
    """Everything, for a program; texts as they are, each drawing by its file and sha256."""
    whole = asdict(comparison) | {
        "differs": bool(comparison.changes),
        "pictures": [_pictures(pictures) for pictures in comparison.pictures],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
