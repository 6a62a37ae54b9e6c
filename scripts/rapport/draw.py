"""Vega-Lite to SVG, the same bytes every time. Knows specifications, fonts and tokens; no data.

Text is measured with the report's own font, so that a chart looks alike on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import Any

from rapport.fonts import font_folders

VEGA_LITE = "6.4"


class Drawer:
    """Charts drawn in a process of its own, beside whatever else is done; a context manager.

    vl-convert holds on to the interpreter while it draws and takes a second to start, so it is
    started first and asked for results last.
    """

    def __enter__(self) -> Drawer:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self._pool.submit(warm_up)
        return self

    def __exit__(self, *_exc: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def svg(self, spec: dict[str, Any], prefix: str) -> Future[str]:
        """`svg` of the same arguments, later."""
        return self._pool.submit(svg, spec, prefix)


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
