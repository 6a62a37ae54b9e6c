"""One verification: ask each layer, and say what was verified with which versions."""

from __future__ import annotations

from rapport.engine.revision import revision
from rapport.verify.evidence import Evidence
from rapport.verify.layers import chapters, data, numbers, pdf, picture, spec, text, values
from rapport.verify.verdicts import Verdict, Verification

CHECKS = (data.check, values.check, spec.check, picture.check, numbers.check, text.check, pdf.check, chapters.check)


def judge(evidence: Evidence) -> tuple[Verdict, ...]:
    """Every verdict, layer by layer."""
    return tuple(verdict for check in CHECKS for verdict in check(evidence))


def verification(evidence: Evidence) -> Verification:
    """Every verdict on the evidence, with the commit and the versions it is about."""
    made = revision(evidence.paths.root, evidence.book.date)
    return Verification(
        judge(evidence), made.commit, made.shown_date, str(evidence.data.descriptor["version"]),
        dict(evidence.expected_manifest["tools"]),
    )  # fmt: skip
