"""The words of figures/deltakere.py."""

from __future__ import annotations

TEXTS = {
    "nb": {
        "year": "År",
        "count": "Deltakere i snitt per måned",
        "basis": "Grunnlag",
        "subtitle": "Deltakere i Arbeidstrening. Personer, gjennomsnitt per måned i året",
        "plain": "Deltakere i Arbeidstrening",
        "fell": "Antallet deltakere falt med {change} fra {first} til {last}",
        "rose": "Antallet deltakere steg med {change} fra {first} til {last}",
        "alt": "Punkter for deltakere i snitt per måned, på en akse fra null. {values}.",
        "lost": "Ikke lesbart i kilden: {years}.",
        "sentence": "{count} deltakere i snitt per måned",
        "note": "Bare {years} er oppgitt i teksten. "
        "Vi tegner ingen linje, fordi tallene for de andre årene er ukjente.",
    },
    "en": {
        "year": "Year",
        "count": "Participants, monthly average",
        "basis": "Basis",
        "subtitle": "Participants in Arbeidstrening. Persons, monthly average for the year",
        "plain": "Participants in Arbeidstrening",
        "fell": "The number of participants fell by {change} from {first} to {last}",
        "rose": "The number of participants rose by {change} from {first} to {last}",
        "alt": "Points for participants, monthly average, on an axis from zero. {values}.",
        "lost": "Not readable in the source: {years}.",
        "sentence": "{count} participants, monthly average",
        "note": "The text gives numbers for {years} only. No line is drawn, as those of the other years are unknown.",
    },
}
