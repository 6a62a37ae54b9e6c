"""A comparison as JSON, the same bytes for the same differences."""

from __future__ import annotations

import json
from dataclasses import asdict

from rapport.compare.changes import Comparison


def as_json(comparison: Comparison) -> str:
    """Everything, for a program; texts as they are, drawings as SVG."""
    whole = asdict(comparison) | {"differs": bool(comparison.changes)}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
