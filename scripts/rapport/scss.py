"""theme/quarto-lys.scss and theme/quarto-mork.scss: the tokens as Quarto's themes, light and dark.

Made from theme/tokens.json like tokens.css; what is not a token stands in theme/quarto.scss. Knows tokens only.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapport.design import Tokens

HEAD = "/* Made from tokens.json by `rapport figures`; change it there. */\n"
# Bootstrap's variables, by the role of tokens.json that each takes its colour from.
VARIABLES = {
    "body-bg": "bakgrunn", "body-color": "tekst", "link-color": "lenke", "primary": "lenke", "secondary": "dempet",
    "text-muted": "dempet", "border-color": "linje", "code-color": "tekst", "code-bg": "flate", "light": "flate",
    "sidebar-bg": "bakgrunn", "sidebar-fg": "dempet", "sidebar-hl": "lenke", "navbar-bg": "bakgrunn",
    "navbar-fg": "tekst", "navbar-hl": "lenke", "footer-bg": "flate", "footer-fg": "dempet", "toc-color": "lenke",
    "input-bg": "bakgrunn", "input-color": "tekst", "dropdown-bg": "bakgrunn", "popover-bg": "flate",
}  # fmt: skip


def _defaults(roles: Mapping[str, str]) -> str:
    return "".join(f"${name}: {roles[role]};\n" for name, role in VARIABLES.items())


def _rules(roles: Mapping[str, str], scheme: str) -> str:
    """Stronger than tokens.css, which asks the system: here the reader's own choice of theme decides."""
    properties = "".join(f"  --{role}: {value};\n" for role, value in roles.items())
    return f"html:root {{\n  color-scheme: {scheme};\n{properties}}}\n"


def _paper(roles: Mapping[str, str]) -> str:
    properties = "".join(f"    --{role}: {value};\n" for role, value in roles.items())
    return f"@media print {{\n  html:root {{\n{properties}  }}\n}}\n"


def quarto_scss(tokens: Tokens) -> dict[str, str]:
    """The two files' text by name."""
    themes = {"quarto-lys.scss": (tokens.light, "light"), "quarto-mork.scss": (tokens.dark, "dark")}
    return {
        name: f"{HEAD}/*-- scss:defaults --*/\n{_defaults(roles)}\n"
        f"/*-- scss:rules --*/\n{_rules(roles, scheme)}{_paper(tokens.light) if scheme == 'dark' else ''}"
        for name, (roles, scheme) in themes.items()
    }
