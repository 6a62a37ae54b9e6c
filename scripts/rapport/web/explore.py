"""Vega for the reader who wants to explore a figure: a file of the site itself, fetched when it is asked for.

The bundle comes from vl-convert's own copies, a step that its version alone decides. It evaluates expressions with
Vega's interpreter, so that the pages' policy need not allow programs made of text. Knows paths and tokens.
"""

from __future__ import annotations

import json

from rapport.design import load_tokens
from rapport.draw import VEGA_LITE
from rapport.errors import EngineError
from rapport.paths import Paths
from rapport.steps import Step, Steps, digest, versions
from rapport.steps.versions import version_of
from rapport.workers import Workers

SCRIPT, VEGA = "assets/figur.js", "assets/vega.js"
MARK = 'class="kopier"'  # a page with a figure or a table

# By the names of vl-convert's own copies (1.9.0): those that it gives a snippet itself are empty, and lack the last.
SNIPPET = """import { parse, View } from "/npm/vega@6.2.0/+esm";
import { compile } from "/npm/vega-lite@6.4.1/+esm";
import { expressionInterpreter } from "/npm/vega-interpreter@2.0.0/+esm";
globalThis.rapportVega = { parse, View, compile, expressionInterpreter };
"""
LICENCE = (
    "/*! Vega, Vega-Lite and vega-interpreter, (c) University of Washington Interactive Data Lab and contributors, "
    "BSD-3-Clause; d3 and others, (c) Mike Bostock and contributors, ISC */\n"
)


def bundle() -> str:
    """Vega in one file, which takes about two seconds. Raises EngineError when vl-convert has other copies."""
    import vl_convert

    try:
        return vl_convert.javascript_bundle(SNIPPET, VEGA_LITE)
    except ValueError as error:
        raise EngineError(
            f"vl-convert {version_of('vl-convert-python')} cannot bundle Vega: {error}\n"
            "  To mend it: name the copies that it holds in SNIPPET of scripts/rapport/web/explore.py."
        ) from error


def bundle_step(workers: Workers) -> Step:
    """The bundle as a step; it knows nothing of the report."""
    inputs = {"snippet": digest(f"{VEGA_LITE} {SNIPPET}"), **versions("vl-convert-python")}
    return Step("vega.js", inputs, lambda _r: {"vega.js": workers.call(bundle)})


def _roles(paths: Paths) -> str:
    """From the colours of the specifications to the custom properties that follow light and dark."""
    roles = {value.lower(): f"var(--{role})" for role, value in reversed(load_tokens(paths.theme).light.items())}
    return json.dumps(roles, sort_keys=True)


def script_tag(html: str, root: str) -> str:
    """What the head of a page with figures needs; `root` is the way to the site's root."""
    return f'<script defer src="{root}{SCRIPT}"></script>\n' if MARK in html else ""


def scripts(paths: Paths, steps: Steps, workers: Workers) -> dict[str, str]:
    """The scripts of figures by their place in the site: a small one for the page, and Vega for who asks for it."""
    made = steps.run(bundle_step(workers))["vega.js"].text()
    vega = f"{LICENCE}{made}\nglobalThis.rapportVega.roles = {_roles(paths)};\n"
    return {SCRIPT: (paths.theme / "figur.js").read_text(encoding="utf-8"), VEGA: vega}
