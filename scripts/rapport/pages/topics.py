"""The register's topics: under which heading a number stands, by the first word of its key."""

from __future__ import annotations

# The topics in the order of the report, each with the first words of its keys; the last takes what is left.
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Evalueringen og intervjuene", ("evaluering", "informanter")),
    ("Deltakerne", ("deltakere", "kjennetegn")),
    ("Formål, regler og varighet", ("formaal", "regelverk", "varighet")),
    ("Forskning og litteratur", ("forskning", "litteratur")),
    ("NAVs bruk av tiltaket", ("navs_bruk",)),
    ("Virkningskjedene", ("kjeder",)),
    ("Vignettstudien", ("vignett", "begrunnelse", "begrunnelse_maaneder")),
    ("Arbeidsgiverne", ("arbeidsgiver",)),
    ("Andre tall", ()),
)


def topic(key: str) -> str:
    """The heading for a number."""
    first = key.partition(".")[0]
    return next((title for title, words in TOPICS if first in words), TOPICS[-1][0])
