"""The design tokens: one source for CSS and charts, readable in light and in dark."""

from __future__ import annotations

import json
import re
from itertools import combinations, product
from pathlib import Path

import pytest

from rapport.design import chart_config, load_tokens, tokens_css
from rapport.errors import DataError
from rapport.paths import Paths

SERIES = ("serie-1", "serie-2", "serie-3", "serie-4", "ukjent")

# Text on its ground, wherever the style sheets and the charts set one on the other.
TEXT = [
    *product(("tekst", "dempet", "lenke", "aksent"), ("bakgrunn", "flate", "aksent-svak")),
    ("akse", "bakgrunn"),
    ("akse", "flate"),
    ("advarsel", "advarsel-svak"),
    ("tekst", "advarsel-svak"),
    ("lenke", "advarsel-svak"),
    ("bakgrunn", "tekst"),
]


@pytest.fixture(scope="module")
def design(paths: Paths) -> dict:
    """theme/tokens.json, read without the package."""
    return json.loads((paths.theme / "tokens.json").read_text(encoding="utf-8"))


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def properties(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): ([^;]+);", css))


BAD_TOKENS = {  # what is changed, the place that is named, and what is expected there
    "a colour a letter short": ('"serie-1": "#1f6f9f"', '"serie-1": "#1f6f9"', "light.serie-1", "a colour such as"),
    "a colour by name": ('"serie-1": "#1f6f9f"', '"serie-1": "blaa"', "light.serie-1", "a colour such as"),
    "no colour": ('"serie-1": "#1f6f9f"', '"serie-1": null', "light.serie-1", "a colour such as"),
    "a role that is gone": ('"serie-1": "#1f6f9f",', "", "light.serie-1", "a colour such as"),
    "a chart without width": ('"bred": 640', '"bred": 0', "diagram.bred", "a whole number of pixels"),
    "a width in quotes": ('"bred": 640', '"bred": "640"', "diagram.bred", "a whole number of pixels"),
    "a length without a number": ('"luft": "1.5rem"', '"luft": "mye"', "size.luft", "a length such as"),
    "a size in print in quotes": ('"h1": 24', '"h1": "24"', "pdf.h1", "a number of points"),
    "a weight that is none": ('"vekt": 400, "stil": "normal"', '"vekt": "lett", "stil": "normal"', "font.tekst.filer",
                              "a list of files"),
    "a section that is gone": ('"diagram": {', '"figur": {', "tokens.diagram", "an object"),
    "a role twice": ('"tekst": "#1c2327",', '"tekst": "#1c2327", "tekst": "#000000",', "tokens", "JSON in UTF-8"),
    "a comma too much": ('"akse": "#59646b"', '"akse": "#59646b",', "tokens", "JSON in UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", BAD_TOKENS)
def test_a_mistake_in_the_tokens_is_told_with_its_place(paths: Paths, tmp_path: Path, mistake: str):
    """File, token, what was found, what was expected and how to mend it; never a colour that nothing can show."""
    old, new, place, expected = BAD_TOKENS[mistake]
    text = (paths.theme / "tokens.json").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (tmp_path / "tokens.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_tokens(tmp_path)
    told = {(fault.file, fault.column, fault.expected.startswith(expected)) for fault in caught.value.faults}
    assert ("theme/tokens.json", place, True) in told
    assert str(caught.value).count("To mend it: ") == len(caught.value.faults)


def test_contrast_is_measured_as_wcag_measures_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(mode: str, text: str, ground: str, design: dict) -> None:
    """WCAG AA: 4.5 to 1 for text, in both modes."""
    assert contrast(design[mode][text], design[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("role", SERIES)
def test_marks_stand_out_from_the_page(mode: str, role: str, design: dict) -> None:
    """WCAG AA: 3 to 1 for what a chart is read from, in both modes."""
    assert contrast(design[mode][role], design[mode]["bakgrunn"]) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_two_roles_share_a_colour(mode: str, design: dict) -> None:
    """A colour in a drawing can be turned into the one role it stands for."""
    same = [(a, b) for a, b in combinations(design[mode], 2) if design[mode][a].lower() == design[mode][b].lower()]
    assert same == []


def test_dark_has_every_role_that_light_has(design: dict) -> None:
    assert set(design["dark"]) == set(design["light"])
    assert all(re.fullmatch(r"#[0-9a-f]{6}", color) for mode in ("light", "dark") for color in design[mode].values())


def test_the_committed_css_is_what_the_tokens_give(paths: Paths) -> None:
    assert (paths.theme / "tokens.css").read_text(encoding="utf-8") == tokens_css(load_tokens(paths.theme))


def test_every_token_is_a_css_property(paths: Paths, design: dict) -> None:
    """Light, dark by the system, dark by choice and print each have their colours; sizes and fonts stand once."""
    css = (paths.theme / "tokens.css").read_text(encoding="utf-8")
    light, rest = css.split("@media screen and (prefers-color-scheme: dark)")
    dark, rest = rest.split("@media screen {")
    chosen, paper = rest.split("@media print")
    fonts = {f"font-{name}" for name in design["font"]}
    assert {name: value for name, value in properties(light).items() if name not in fonts} == {
        **design["light"],
        **design["size"],
    }
    assert fonts <= set(properties(light))
    assert properties(dark) == properties(chosen) == design["dark"]
    assert properties(paper) == design["light"]


def test_changed_tokens_change_the_css(paths: Paths, design: dict, tmp_path: Path) -> None:
    """A colour is changed in one place."""
    design = {**design, "light": {**design["light"], "lenke": "#123456"}}
    (tmp_path / "tokens.json").write_text(json.dumps(design), encoding="utf-8")
    assert "--lenke: #123456;" in tokens_css(load_tokens(tmp_path))


def test_style_sheets_name_roles_and_never_colours(paths: Paths) -> None:
    """No rule knows a colour of its own."""
    for path in sorted(paths.theme.glob("*.css")):
        if path.name != "tokens.css":
            text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert re.findall(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b(?=[^{}]*[;}])", text) == [], path.name


def test_style_sheets_use_only_roles_that_exist(paths: Paths) -> None:
    """A custom property that nobody defines would leave a rule without effect."""
    sheets = "".join(path.read_text(encoding="utf-8") for path in sorted(paths.theme.glob("*.css")))
    assert set(re.findall(r"var\(--([\w-]+)", sheets)) <= set(re.findall(r"--([\w-]+):", sheets))


def test_charts_are_set_in_the_report_s_font_and_colours(paths: Paths, design: dict) -> None:
    config = chart_config(load_tokens(paths.theme))
    assert config["font"] == design["font"]["tekst"]["familie"]
    assert set(re.findall(r"#\w+", json.dumps(config))) <= set(design["light"].values())
