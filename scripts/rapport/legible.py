"""Text that is what it looks like: in UTF-8, with no letters lost and no marks that hide. Knows errors only."""

from __future__ import annotations

import re
import unicodedata

from rapport.errors import Fault, Place

# Controls, marks that turn the reading direction or take no room, lone halves of letters, ends of lines by other names.
HIDING = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
ALLOWED = "\u00ad"  # where a word may be parted; nothing is hidden by it
# What æ, ø, å, dashes and quotes become when UTF-8 is read as Windows' encoding and saved again.
GARBLED = re.compile("Ã[¥¦¸˜…†]|â€[“”™œ\u009d]|\ufffd")
UTF_16 = "text in UTF-16"
# What a file is that begins so; the longer mark stands before the one that it begins with.
KINDS = {
    b"\xff\xfe\0\0": "text in UTF-32", b"\0\0\xfe\xff": "text in UTF-32", b"\xff\xfe": UTF_16, b"\xfe\xff": UTF_16,
    b"\x1f\x8b": "a file compressed with gzip", b"PK\3\4": "a ZIP file, such as an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook", b"%PDF-": "a PDF",
}  # fmt: skip
NAMES = {"\0": "a null byte", "\n": "a line break", "\r": "a line break", "\t": "a tab"}


def _kind(content: bytes) -> str | None:
    """What a file is that is no text in UTF-8, by how it begins."""
    for start, kind in KINDS.items():
        if content.startswith(start):
            return kind
    even, odd = (content[parity:2000:2] for parity in (0, 1))
    few, many = sorted(part.count(0) / (len(part) or 1) for part in (even, odd))
    return UTF_16 if many > 0.5 > few else None


def decode(shown: str, content: bytes) -> str | Fault:
    """The file's text without its byte-order mark, or the place where it is no UTF-8."""
    remedy = f"save the file again as {'CSV ' if shown.endswith('.csv') else ''}UTF-8"
    if kind := _kind(content):
        return Fault(file=shown, found=kind, expected="text in UTF-8", remedy=remedy)
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row, byte = content[: error.start].count(b"\n") + 1, content[error.start : error.start + 1]
        letter = byte.decode("cp1252", errors="ignore")
        read = f", which is {letter} in Windows' own encoding (Latin-1)" if letter else ""
        found = f"the byte 0x{byte.hex()}{read}"
        return Fault(file=shown, row=row, found=found, expected="text in UTF-8", remedy=remedy)


def lines(shown: str, content: bytes) -> str | Place:
    """The text of a file of lines, each ended by a line feed alone; or the line that is no UTF-8."""
    text = decode(shown, content)
    if isinstance(text, Fault):
        told = f"found {text.found}, expected {text.expected}"
        return Place(file=shown, line=text.row or 1, problem=told, remedy=text.remedy)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _called(mark: str) -> str:
    return NAMES.get(mark) or f"U+{ord(mark):04X} ({unicodedata.name(mark, 'a control').lower()})"


def hidden(text: str) -> str | None:
    """The first mark of a text that nobody sees, by name; None when all of it shows.

    >>> hidden("blåbær"), hidden("a\\x00"), hidden("a\\u202eb")
    (None, 'a null byte', 'U+202E (right-to-left override)')
    """
    if text.isprintable():
        return None
    return next((_called(m) for m in text if unicodedata.category(m) in HIDING and m not in ALLOWED), None)


def unseen(shown: str, text: str) -> list[Place]:
    """The lines of a text that hold a mark nobody sees; a tab does no harm between words."""
    found = enumerate((hidden(line.expandtabs()) for line in text.split("\n")), start=1)
    remedy = "write the line again by hand; what was pasted holds marks that do not show"
    return [
        Place(file=shown, line=line, problem=f"the line holds {mark}", remedy=remedy) for line, mark in found if mark
    ]


def garbled(text: str) -> str | None:
    """The first letters of a text that were saved in one encoding and read in another.

    >>> garbled("blåbær"), garbled("blÃ¥bær")
    (None, 'Ã¥')
    """
    found = GARBLED.search(text)
    return found.group() if found else None
