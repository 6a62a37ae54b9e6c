"""The record of the last verification, and whether what it speaks of is still the same.

A commit cannot hold its own id, so the record (verification.json, committed) names what was verified by hashes. A page
may say "etterprøvd" of something only while its hash is the one recorded. Knows texts and hashes, not what they mean.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

FILE = "verification.json"
MANIFEST, NUMBERS = "manifest.json", "numbers.json"
SAME, CHANGED, NEW = "same", "changed", "new"
KINDS = {"date": str, "commit": (str, type(None)), "data_version": str, "tools": dict, "layers": dict, "sha256": dict}

Record = Mapping[str, Any]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hashes(texts: Mapping[str, str]) -> dict[str, str]:
    """The hash of each text, by its name."""
    return {name: _digest(text) for name, text in texts.items()}


def _item(key: str, entry: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """One hash of all that a figure, table or listing is: its entry, with the hashes of its data, and every file."""
    own = {name: files[name] for name in sorted(f"{key}{suffix}" for suffix in entry["sizes"])}
    return _digest(json.dumps([entry, own], ensure_ascii=False, sort_keys=True))


def digests(manifest: Mapping[str, Any], files: Mapping[str, str], sources: Mapping[str, str]) -> dict[str, str]:
    """The hash of everything a verification speaks of: data/x.csv, each item, numbers.json, each chapter.

    manifest: what manifest.json says; files: the hash of every file of figures/ by name; sources: the chapters' text
    by file.
    """
    found = {f"data/{name}.csv": digest for name, digest in manifest["data"].items()}
    found |= {key: _item(key, entry, files) for key, entry in manifest["items"].items()}
    return found | {NUMBERS: files[NUMBERS]} | hashes(sources)


def read_record(root: Path) -> Record | None:
    """The committed record; None when nothing has been verified, or when the file cannot be read as a record."""
    try:
        record = json.loads((root / FILE).read_text(encoding="utf-8-sig"))
        if not all(isinstance(record[name], kind) for name, kind in KINDS.items()):
            return None
        date.fromisoformat(record["date"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return record


def record_text(record: Record) -> str:
    """The record as it is committed."""
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def states(record: Record | None, now: Mapping[str, str]) -> dict[str, str]:
    """For each name of `now`: verified as it is (same), verified when it was another (changed), or never (new)."""
    then = record["sha256"] if record else {}
    return {name: NEW if name not in then else SAME if then[name] == digest else CHANGED
            for name, digest in now.items()}  # fmt: skip
