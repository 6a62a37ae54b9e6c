"""Steps that are skipped when nothing they read has changed. Knows nothing of data, figures or chapters.

A step has a name, the digests of all it reads, and a function that makes its files:

    inputs = {"fig-x.vl.json": spec.digest, **code("rapport.draw"), **versions("vl-convert-python")}
    step = Step("picture fig-x", inputs, lambda _reads: {"fig-x.svg": svg(spec.text())})
    files = steps.run(step)  # {"fig-x.svg": Blob}; made, or taken from .cache/steps/

What is declared decides alone: never the time, never the file's date. A step that is not told what it reads
keeps an old result, so declare too much rather than too little.
"""

from rapport.steps.code import code, program
from rapport.steps.digests import digest, folder_digests
from rapport.steps.run import Event, Steps
from rapport.steps.step import Blob, Content, Files, Reads, Step, bytes_of, one_of_a_kind, text_of
from rapport.steps.store import Memory, Store
from rapport.steps.versions import versions

__all__ = [
    "Blob",
    "Content",
    "Event",
    "Files",
    "Memory",
    "Reads",
    "Step",
    "Steps",
    "Store",
    "bytes_of",
    "code",
    "digest",
    "folder_digests",
    "one_of_a_kind",
    "program",
    "text_of",
    "versions",
]
