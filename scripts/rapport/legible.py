"""Text that is what it looks like: in UTF-8, with no letters lost and no marks that hide. Knows errors only."""

from __future__ import annotations

import re
import unicodedata

from rapport.errors import Fault

SAVE = "save the file again as CSV UTF-8"
# Controls, marks that turn the reading direction or take no room, lone halves of letters, ends of lines by other names.
HIDING = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
ALLOWED = "\u00ad"  # where a word may be parted; nothing is hidden by it
# What æ, ø, å, dashes and quotes become when UTF-8 is read as Windows' encoding and saved again.
GARBLED = re.compile("Ã[¥¦¸˜…†]|â€[“”™œ\u009d]|\ufffd")
NAMES = {"\0": "a null byte", "\n": "a line break", "\r": "a line break", "\t": "a tab"}


def decode(shown: str, content: bytes) -> str | Fault:
    """The file's text without its byte-order mark, or the place where it is no UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(file=shown, found="text in UTF-16", expected="text in UTF-8", remedy=SAVE)
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row, byte = content[: error.start].count(b"\n") + 1, content[error.start : error.start + 1]
        letter = byte.decode("cp1252", errors="ignore")
        read = f", which is {letter} in Windows' own encoding (Latin-1)" if letter else ""
        return Fault(file=shown, row=row, found=f"the byte 0x{byte.hex()}{read}", expected="text in UTF-8", remedy=SAVE)


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


def garbled(text: str) -> str | None:
    """The first letters of a text that were saved in one encoding and read in another.

    >>> garbled("blåbær"), garbled("blÃ¥bær")
    (None, 'Ã¥')
    """
    found = GARBLED.search(text)
    return found.group() if found else None
