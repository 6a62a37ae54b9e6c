"""Vega-Lite to SVG, the same bytes every time. Knows specifications, fonts and tokens; no data.

Text is measured with the report's own font, so that a chart looks alike on every machine. vl-convert takes a second to
start and holds on to the interpreter while it draws: call it in a process of its own (workers.py), started early.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from rapport.fonts import font_folders

VEGA_LITE = "6.4"


def warm_up() -> None:
    """Load the converter and its fonts by drawing an empty chart."""
    _converter().vegalite_to_svg({"data": {"values": []}, "mark": "point"}, vl_version=VEGA_LITE)


@cache
def _converter() -> Any:
    import vl_convert

    for folder in font_folders():
        vl_convert.register_font_directory(str(folder))
    return vl_convert


def canonical(spec: dict[str, Any]) -> str:
    """A specification as canonical JSON: sorted keys, two spaces, UTF-8, one newline at the end."""
    return json.dumps(spec, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def svg(spec: dict[str, Any], prefix: str) -> str:
    """The chart as SVG. Ids get `prefix`, so that several charts can stand on one page."""
    drawn = _converter().vegalite_to_svg(canonical(spec), vl_version=VEGA_LITE)
    return _with_prefix(drawn, prefix) + "\n"


def png(drawn: str, scale: float = 1) -> bytes:
    """An SVG of `svg` as a PNG, with the report's own font. Raises ValueError when it is no SVG."""
    return _converter().svg_to_png(drawn, scale=scale)


def _with_prefix(text: str, prefix: str) -> str:
    text = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', text)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", text)


def for_page(drawn: str, roles: dict[str, str], classes: Iterable[str]) -> str:
    """An SVG for use inside a page: colours become custom properties, hidden from assistive technology.

    The page names the chart beside it, with the figure's alt text. `roles` maps a token's name to hex.
    """
    for role, color in roles.items():
        drawn = re.sub(rf'"{re.escape(color)}"', f'"var(--{role})"', drawn, flags=re.IGNORECASE)
    drawn = drawn.replace(' class="marks"', f' class="{" ".join(classes)}" aria-hidden="true" focusable="false"', 1)
    return drawn.strip()
