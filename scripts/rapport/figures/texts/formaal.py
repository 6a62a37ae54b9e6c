"""The words of figures/formaal.py."""

from __future__ import annotations

LABELS = {
    "en": {
        "arbeidserfaring": "Work experience",
        "jobb_i_bedriften": "A job with the employer",
        "utproving": "Trying out work",
        "fagbrev": "A trade or skills certificate",
        "spraakopplaering": "Language training",
        "annet": "Other",
        "tre_ovrige": "The three other purposes together",
        "resten": "The remaining purposes together",
    }
}
TEXTS = {
    "nb": {
        "name": "Formål",
        "value": "Andel av avtalene (prosent)",
        "basis": "Grunnlag",
        "rest": "De øvrige formålene samlet",
        "subtitle": "Andel av avtalene i NAVs digitale avtaleløsning etter registrert formål. Prosent. {year}",
        "plain": "Formålene med Arbeidstrening",
        "largest": "{name} er det vanligste formålet",
        "alt": "Liggende stolper med andelen av avtalene for hvert formål: {parts}.",
        "lost": "Ikke lesbart i kilden: {names} hver for seg.",
        "base": "Tallene gjelder avtaler registrert i den digitale løsningen. "
        "Kilden oppgir ikke hvor stor del av alle avtaler det er.",
        "loose": "Etiketten «{value}» i kildens figur kan ikke knyttes til noe formål og er ikke tegnet inn.",
    },
    "en": {
        "name": "Purpose",
        "value": "Share of the agreements (per cent)",
        "basis": "Basis",
        "rest": "The remaining purposes together",
        "subtitle": "Share of the agreements in NAV’s digital system by registered purpose. Per cent. {year}",
        "plain": "The purposes of Arbeidstrening",
        "largest": "{name} is the most common purpose",
        "alt": "Horizontal bars with the share of the agreements for each purpose: {parts}.",
        "lost": "Not readable in the source: {names}, each by itself.",
        "base": "The numbers are of agreements registered in the digital system. "
        "The source does not say how large a share of all agreements these are.",
        "loose": "The label “{value}” in the source’s figure cannot be tied to any purpose and is not drawn.",
    },
}
