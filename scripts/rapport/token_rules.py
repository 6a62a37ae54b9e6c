"""theme/tokens.json as it must be: every role, size and font there, each of its kind, all faults at once.

A colour that is none would stand in every figure and page without a word from Vega, Typst or a browser. Knows kinds of
values, errors, and how JSON is read strictly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rapport.errors import DataError, Fault
from rapport.json_text import parse
from rapport.kinds import Rule, lacking, matches, unfit

FILE = "theme/tokens.json"
ROLES = ("bakgrunn", "flate", "tekst", "dempet", "linje", "lenke", "aksent", "aksent-svak", "advarsel", "advarsel-svak",
         "serie-1", "serie-2", "serie-3", "serie-4", "ukjent", "rutenett", "akse")  # fmt: skip
SIZES = ("skrift", "liten", "minst", "linjehoyde", "spalte", "tekstlinje", "meny", "innholdsliste", "side", "luft",
         "runding")  # fmt: skip
PRINT = ("skrift", "liten", "minst", "h1", "h2", "h3", "tittel")
FONTS = ("tekst", "overskrift")
OBJECT: Rule = (lambda value: isinstance(value, dict), "an object")


def _number(least: float, most: float, kind: type | tuple[type, ...] = (int, float)) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kind) and not isinstance(value, bool) and least <= value <= most


COLOUR: Rule = (matches(r"#[0-9a-f]{6}"), 'a colour such as "#1f6f9f"')
LENGTH: Rule = (matches(r"\d{1,3}(\.\d{1,4})?(rem)?"), 'a length such as "1.5rem"')
POINTS: Rule = (_number(4, 100), "a number of points from 4 to 100")
PIXELS: Rule = (_number(200, 2000, int), "a whole number of pixels from 200 to 2000")
LETTERS: Rule = (_number(6, 40), "a number of pixels from 6 to 40")
NAME: Rule = (matches(r"[\w -]{1,60}"), "the name of a font")
NAMES: Rule = (lambda value: isinstance(value, list) and all(map(NAME[0], value)), "a list of names of fonts")
FACE = {"fil": matches(r"[\w-]{1,60}"), "vekt": _number(100, 900, int), "stil": matches("normal|italic")}
FACES: Rule = (
    lambda value: isinstance(value, list) and bool(value) and all(map(_is_face, value)),
    'a list of files, each with "fil", "vekt" from 100 to 900 and "stil" normal or italic',
)

# What each section must hold, and what else that stands in it must be.
SECTIONS: dict[str, tuple[dict[str, Rule], Rule | None]] = {
    "light": (dict.fromkeys(ROLES, COLOUR), COLOUR),
    "dark": (dict.fromkeys(ROLES, COLOUR), COLOUR),
    "size": (dict.fromkeys(SIZES, LENGTH), LENGTH),
    "font": (dict.fromkeys(FONTS, OBJECT), None),
    "diagram": ({"bred": PIXELS, "smal": PIXELS, "skrift": LETTERS}, None),
    "pdf": (dict.fromkeys(PRINT, POINTS), POINTS),
}
FONT: dict[str, Rule] = {"familie": NAME, "reserve": NAMES, "filer": FACES}


def _is_face(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == FACE.keys() and all(FACE[name](value[name]) for name in FACE)


def _of(place: str, values: dict[str, Any], needed: dict[str, Rule], others: Rule | None) -> Iterator[Fault]:
    """What is wrong with the values of one object of the file."""
    for name in needed.keys() - values.keys():
        yield lacking(FILE, f"{place}.{name}", needed[name])
    for name, value in values.items():
        rule = needed.get(name, others)
        if rule is None:
            yield Fault(file=FILE, column=f"{place}.{name}", found=name, expected=f"only {', '.join(needed)}",
                        remedy="take it out, or correct its name")  # fmt: skip
        elif not rule[0](value):
            yield unfit(FILE, f"{place}.{name}", value, rule)


def _faults(tokens: Any) -> Iterator[Fault]:
    """What is wrong with the file, then with each object in it that is one."""
    if not isinstance(tokens, dict):
        yield unfit(FILE, "tokens", tokens, OBJECT)
        return
    yield from _of("tokens", tokens, dict.fromkeys(SECTIONS, OBJECT), None)
    for name, (needed, others) in SECTIONS.items():
        if isinstance(tokens.get(name), dict):
            yield from _of(name, tokens[name], needed, others)
    fonts = tokens.get("font")
    for name, font in fonts.items() if isinstance(fonts, dict) else ():
        if isinstance(font, dict):
            yield from _of(f"font.{name}", font, FONT, None)


def read_tokens(content: bytes) -> dict[str, Any]:
    """The tokens in the file's content. Raises DataError with everything that is missing or is not of its kind."""
    try:
        tokens = parse(content.decode("utf-8"))
    except ValueError as error:  # of its letters too
        remedy = f"correct it there, or put it back (git diff {FILE} shows it)"
        fault = Fault(file=FILE, column="tokens", found=str(error), expected="JSON in UTF-8", remedy=remedy)
        raise DataError(fault) from None
    faults = sorted(_faults(tokens), key=lambda fault: str(fault.column))
    if faults:
        raise DataError(*faults)
    return tokens
