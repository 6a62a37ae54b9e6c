"""The design tokens and what is made of them: CSS custom properties and the Altair theme's settings.

theme/tokens.json is the one source; nothing here knows a colour of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapport.token_rules import read_tokens

WIDE, NARROW = "bred", "smal"


@dataclass(frozen=True, slots=True)
class Tokens:
    """theme/tokens.json: roles to hex per mode, sizes and fonts."""

    light: dict[str, str]
    dark: dict[str, str]
    size: dict[str, Any]
    font: dict[str, Any]
    pdf: dict[str, Any]
    diagram: dict[str, int]

    def width(self, variant: str) -> int:
        """The width of a chart in pixels, for the variant `bred` or `smal`."""
        return self.diagram[variant]

    @property
    def chart_font(self) -> str:
        """The family that charts are drawn in: that of the text."""
        return str(self.font["tekst"]["familie"])


@cache
def load_tokens(theme: Path) -> Tokens:
    """The tokens of the theme folder; read once a process. Raises DataError with all that is wrong with them."""
    return Tokens(**read_tokens((theme / "tokens.json").read_bytes()))


def chart_config(tokens: Tokens) -> dict[str, Any]:
    """The Vega-Lite config that every chart shares: font, axis and no frame.

    `aria` is off, as the page gives each chart one name instead of one for every mark.
    """
    text, muted = tokens.light["tekst"], tokens.light["akse"]
    size = tokens.diagram["skrift"]
    return {
        "aria": False,
        "background": "transparent",
        "padding": {"left": 1, "top": 4, "right": 1, "bottom": 4},
        "font": tokens.chart_font,
        "text": {"color": text, "fontSize": size},
        "view": {"stroke": None},
        "axis": {
            "domainColor": tokens.light["rutenett"],
            "gridColor": tokens.light["rutenett"],
            "labelColor": muted,
            "labelFontSize": size,
            "tickColor": tokens.light["rutenett"],
            "titleColor": muted,
            "titleFontSize": size,
            "titleFontWeight": "normal",
        },
    }


def _properties(roles: dict[str, str], indent: str) -> str:
    return "".join(f"{indent}--{role}: {value};\n" for role, value in roles.items())


def _font_faces(tokens: Tokens) -> str:
    faces = []
    for font in tokens.font.values():
        for file in font["filer"]:
            # Nothing moves while fonts load; a word in italics may.
            show = "swap" if file["stil"] == "italic" else "optional"
            faces.append(
                f'@font-face {{\n  font-family: "{font["familie"]}";\n  font-weight: {file["vekt"]};\n'
                f"  font-style: {file['stil']};\n  font-display: {show};\n"
                f'  src: url("fonts/{file["fil"]}.woff2") format("woff2");\n}}\n'
            )
    return "".join(faces)


def _font_stacks(tokens: Tokens) -> dict[str, str]:
    quoted = {
        name: ", ".join(f'"{family}"' if " " in family else family for family in [font["familie"], *font["reserve"]])
        for name, font in tokens.font.items()
    }
    return {f"font-{name}": stack for name, stack in quoted.items()}


def tokens_css(tokens: Tokens) -> str:
    """tokens.css: font faces, then custom properties for light and for dark mode."""
    light = _properties({**tokens.light, **tokens.size, **_font_stacks(tokens)}, "  ")
    dark = _properties(tokens.dark, "    ")
    return (
        "/* Made from tokens.json by `rapport figures`; change it there. */\n"
        f"{_font_faces(tokens)}"
        f":root {{\n  color-scheme: light dark;\n{light}}}\n"
        # The system's choice, unless the reader has made one (tema.js); `:where` lets Quarto's own themes override it.
        "@media screen and (prefers-color-scheme: dark) {\n"
        f'  :root:where(:not([data-tema="lys"])) {{\n{dark}  }}\n}}\n'
        f'@media screen {{\n  :root[data-tema="lys"] {{ color-scheme: light; }}\n'
        f'  :root[data-tema="mork"] {{\n    color-scheme: dark;\n{dark}  }}\n}}\n'
        # Paper is white whatever the reader's screen is.
        f"@media print {{\n  :root {{\n{_properties(tokens.light, '    ')}  }}\n}}\n"
    )
