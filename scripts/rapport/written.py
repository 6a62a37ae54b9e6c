"""How values of each type are written in a CSV: one way only, so that all programs read the same. Knows nothing."""

from __future__ import annotations

import re

EXPECTED = {
    "integer": "a whole number without spaces, such as 5515",
    "number": "a number with a decimal point and no spaces, such as 17.5",
    "boolean": "true or false",
    "string": "text",
}
# Fifteen digits are what every program can hold as a number.
FORMS = {
    "integer": re.compile(r"-?(0|[1-9][0-9]{0,14})"),
    "number": re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?"),
    "boolean": re.compile("true|false"),
    "string": re.compile(r".*", re.DOTALL),
}
TRUTHS = {"true": "true", "sann": "true", "ja": "true", "1": "true", "yes": "true",
          "false": "false", "usann": "false", "nei": "false", "0": "false", "no": "false"}  # fmt: skip
GROUPS = re.compile(r"-?[0-9]{1,3}([ .'’\u00a0\u202f][0-9]{3})+")  # thousands set apart


def _candidate(kind: str, text: str) -> str:
    """What the writer may have meant: without blanks, percent sign and plus, with a decimal point."""
    bare = text.strip().removesuffix("%").rstrip().removeprefix("+").replace("\u2212", "-")
    if kind == "boolean":
        return TRUTHS.get(bare.lower(), "")
    if GROUPS.fullmatch(bare):
        return re.sub("[^0-9-]", "", bare)
    if re.fullmatch("-?0+[0-9]+", bare):
        return re.sub("^(-?)0+(?=[0-9])", r"\1", bare)
    return bare.replace(",", ".")


def remedy(kind: str, text: str) -> str:
    """How to mend a cell that `is_written` refuses.

    >>> remedy("number", "38,5"), remedy("integer", "5 515"), remedy("boolean", "ja")
    ('write 38.5', 'write 5515', 'write true')
    """
    if text.lstrip().startswith("=") and kind != "string":
        return "write the value that the formula gives"
    meant = text.strip() if kind == "string" else _candidate(kind, text)
    if meant != text and is_written(kind, meant):
        return f"write {meant}"
    return f"write {EXPECTED[kind]}, and nothing else, in the cell"


def is_written(kind: str, text: str) -> bool:
    """Whether a cell that is not empty has the form of its type; nothing may stand before or after it."""
    return text != "" and text == text.strip() and bool(FORMS[kind].fullmatch(text))


def expected(kind: str) -> str:
    """The form in words."""
    return "text with nothing before or after it" if kind == "string" else EXPECTED[kind]
