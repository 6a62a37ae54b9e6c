"""The words of figures/informanter.py."""

from __future__ import annotations

LABELS = {
    "en": {
        "veiledere": "Caseworkers in NAV",
        "virksomheter": "Companies",
        "organisasjoner": "Employers’ organisations",
        "deltakere": "Former participants",
        "arbeidsmote_veiledere": "Caseworkers at workshops",
    }
}
UNITS = {
    "en": {
        "intervjuer": "interviews",
        "virksomheter": "companies",
        "organisasjoner": "organisations",
        "personer": "persons",
        "veiledere": "caseworkers",
    }
}
TEXTS = {
    "nb": {
        "name": "Gruppe",
        "count": "Antall",
        "unit": "Enhet",
        "basis": "Grunnlag",
        "subtitle": "Intervjuer etter gruppe, og veiledere på arbeidsmøter. "
        "Ett punkt per intervju eller veileder på arbeidsmøte. 2023",
        "plain": "Hvem som er intervjuet",
        "main": "{first} intervjuer med {one} og {second} med {other} er hovedkilden",
        "with": "Intervjuer med {group}",
        "alt": "Ett punkt for hvert intervju eller hver veileder på arbeidsmøte: {groups}.",
        "note": "Vi regner ett intervju for hver virksomhet, organisasjon og tidligere deltaker; kilden sier ikke det "
        "uttrykkelig. De fleste veilederne på arbeidsmøtene var også intervjuet.",
    },
    "en": {
        "name": "Group",
        "count": "Number",
        "unit": "Unit",
        "basis": "Basis",
        "subtitle": "Interviews by group, and caseworkers at workshops. "
        "One dot per interview or caseworker at a workshop. 2023",
        "plain": "Who was interviewed",
        "main": "{first} interviews with {one} and {second} with {other} are the main source",
        "with": "Interviews with {group}",
        "alt": "One dot for each interview or each caseworker at a workshop: {groups}.",
        "note": "We count one interview for each company, organisation and former participant; the source does not say "
        "so in words. Most of the caseworkers at the workshops had been interviewed too.",
    },
}
