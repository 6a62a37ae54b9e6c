"""Numbers typed by hand: every number in a chapter must come from the register.

Looks at what a writer typed as prose, digits and number words alike. The exceptions are names that
happen to hold digits, and are listed with their reasons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapport.errors import Place
from rapport.languages import BOOK
from rapport.source import language, line_of, masked

# Names and notation that hold digits but count nothing.
EXCEPTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\]\([^)]*\)"), "addresses of links"),
    (re.compile(r"<https?://[^>]*>"), "addresses"),
    (re.compile(r"\{(?![^}\n]*title=)[^}\n]*\}"), "attributes, but for titles"),
    (re.compile(r"(?<![\w.])-?@[\w:.-]+"), "references and citations"),
    (re.compile(r"\[\^[\w-]+\]:?"), "footnote marks"),
    (re.compile(r"^[^\S\n]*\d+\.\s", re.MULTILINE), "numbers of a list"),
    (re.compile(r"\b(?:Prop|Innst|Meld\. St)\. \d+(?: [LS])?(?: \(\d{4}[–-]\d{4}\))?"), "papers of parliament"),
    (re.compile(r"\b(?:FOR|LOV)-\d{4}-\d\d-\d\d(?:-\d+)?|§+ ?\d+(?:-\d+)?|\bR\d+(?:-\d+)*\b"), "laws"),
    (re.compile(r"\b(?:19|20)\d\d(?:[–-](?:19|20)\d\d)?\b"), "years"),
    (re.compile(r"\b[ABC][12]\b"), "language levels (CEFR)"),
    (re.compile(r"\bCC BY 4\.0\b"), "the licence's name"),
    (re.compile(r"\bUTF-8\b"), "the encoding's name"),
    (re.compile(r"\bWCAG 2\.[0-2]\b|\bPDF/UA-1\b"), "names of standards"),
)

REMEDY = 'write `{python} n("key")`; a new number is a row in data/opplysninger.csv'
DIGITS = re.compile(r"\d[\d\u00a0 .,]*")
WORDS = {
    "nb": re.compile(
        r"\b(?:tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|halvparten|halvert|halvpart|tredjedel(?:en|er)?|"
        r"fjerdedel(?:en|er)?|femtedel(?:er)?|hundre|tusen)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|halved|thirds?|quarters?|fifths?|"
        r"hundreds?|thousands?)\b",
        re.IGNORECASE,
    ),
}


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _candidates(text: str, words: re.Pattern[str]) -> str:
    """The text with only the lines that hold a number: few do, and to look at all for what is excepted takes long."""
    return "\n".join(line if DIGITS.search(line) or words.search(line) else "" for line in text.split("\n"))


def check_numbers(sources: Mapping[str, str]) -> list[Place]:
    """Every number typed by hand, in the order of the chapters. sources: text by file."""
    faults = []
    for file, source in sources.items():
        words = WORDS.get(language(source), WORDS[BOOK])
        text = _candidates(masked(source), words)
        for pattern, _reason in EXCEPTIONS:
            text = pattern.sub(_blank, text)
        found = sorted([*DIGITS.finditer(text), *words.finditer(text)], key=lambda match: match.start())
        for match in found:
            line = line_of(text, match.start())
            problem = f"the number “{match.group().strip()}” is typed by hand"
            faults.append(Place(file=file, line=line, problem=problem, remedy=REMEDY))
    return faults
