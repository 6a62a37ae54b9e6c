"""Layer 4: the drawn charts, byte by byte; where they differ, how much of the picture does, and perhaps why."""

from __future__ import annotations

from collections.abc import Iterator

from rapport.verify.evidence import Evidence
from rapport.verify.verdicts import Difference, Verdict, verdict

REMEDY = "run `rapport figures` and look at the picture before committing it; never edit an SVG by hand"
WIDTHS = {".svg": "wide", ".smal.svg": "narrow"}


def share_of_pixels(one: str, other: str) -> float | None:
    """The share of pixels that differ between two SVGs, in [0, 1]; None when either cannot be drawn."""
    import io

    from PIL import Image, ImageChops

    from rapport.draw import png

    try:
        pictures = [Image.open(io.BytesIO(png(svg))).convert("RGBA") for svg in (one, other)]
    except (ValueError, OSError):
        return None
    size = (max(p.width for p in pictures), max(p.height for p in pictures))
    canvases = [Image.new("RGBA", size) for _ in pictures]
    for canvas, picture in zip(canvases, pictures, strict=True):
        canvas.paste(picture)
    changed = ImageChops.difference(*canvases).convert("RGB").convert("L").point(lambda value: 255 if value else 0)
    alpha = ImageChops.difference(*(c.getchannel("A") for c in canvases)).point(lambda value: 255 if value else 0)
    return ImageChops.lighter(changed, alpha).histogram()[255] / (size[0] * size[1])


def _how_much(found: str, expected: str) -> str:
    share = share_of_pixels(found, expected)
    if share is None:
        return "a picture that cannot be drawn"
    if share == 0:
        return "other bytes, but not one pixel differs"
    return f"a picture that differs in {100 * share:.2g} per cent of its pixels"


def _differences(evidence: Evidence, name: str, width: str) -> Iterator[Difference]:
    found, expected = evidence.committed.get(name), evidence.recomputed[name]
    if found == expected:
        return
    if found is None:
        yield Difference(where=f"figures/{name}", found="no such file", expected="a picture", remedy=REMEDY)
        return
    spec = name.replace(".smal.svg", ".vl.json").replace(".svg", ".vl.json")
    same_spec = evidence.committed.get(spec) == evidence.recomputed.get(spec)
    why = f" ({evidence.tools_differ})" if same_spec and evidence.tools_differ else ""
    yield Difference(
        where=f"figures/{name} ({width})", found=_how_much(found, expected) + why,
        expected=f"the drawing of the {'same' if same_spec else 'new'} specification", remedy=REMEDY,
    )  # fmt: skip


def check(evidence: Evidence) -> Iterator[Verdict]:
    """A verdict per chart, for both widths."""
    for key in evidence.items:
        pictures = [
            (f"{key}{suffix}", width) for suffix, width in WIDTHS.items() if f"{key}{suffix}" in evidence.recomputed
        ]
        if pictures:
            yield verdict("picture", key, [d for name, width in pictures for d in _differences(evidence, name, width)])
