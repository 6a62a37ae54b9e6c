"""The words of figures/vignetter.py."""

from __future__ import annotations

LABELS = {
    "en": {
        "aktuell": "Suitable",
        "forbehold": "Suitable with reservations",
        "ikke_aktuell": "Not suitable",
        "ukjent_fordeling": "Suitable, or suitable with reservations",
    }
}
# Notes of the data, by their own text: one that is changed stands in Norwegian until it has a new translation.
NOTES = {
    "en": {
        "Rapportens figur 5-1 har to lesbare etiketter, begge med verdien 2. Rekkefølgen på aksetekstene tyder på at "
        "de gjelder «aktuell» og «ikke aktuell».": "Figure 5-1 of the source has two readable labels, both with the "
        "value 2. The order of the axis texts suggests that they belong to “suitable” and “not suitable”.",
        "Resten av N: 12 − 2 − 2. Forutsetter at begge etikettene er lest og plassert riktig.": "The rest of N: "
        "12 − 2 − 2. This takes for granted that both labels are read and placed correctly.",
        "Plassert etter rekkefølgen på aksetekstene. Teksten omtaler bare én veileder som mener at brukeren ikke er "
        "aktuell.": "Placed by the order of the axis texts. The text speaks of only one caseworker who finds "
        "Arbeidstrening unsuitable for the user.",
    }
}
TEXTS = {
    "nb": {
        "name": "Vurdering",
        "count": "Veiledere",
        "basis": "Grunnlag",
        "subtitle": "Veiledernes vurdering av om Arbeidstrening er aktuelt for {name} ({age} år). ",
        "counted": "Antall veiledere, {asked} i alt",
        "uncounted": "Antall veiledere",
        "none": "ingen",
        "split": "Aktuell eller aktuell med forbehold",
        "probably": "trolig ",
        "inferred": " (antatt)",
        "of": " av {asked}",
        "many": "{name}: {many}{of} mente {probably}{what}",
        "nobody": "{name}: ingen mente {what}",
        "unknown": "{name}: fordelingen er ikke lesbar i kilden",
        "aktuell": "at Arbeidstrening var aktuelt",
        "forbehold": "at Arbeidstrening var aktuelt med forbehold",
        "ikke_aktuell": "at Arbeidstrening ikke var aktuelt",
        "no_aktuell": "at Arbeidstrening var aktuelt",
        "no_forbehold": "at Arbeidstrening var aktuelt med forbehold",
        "no_ikke_aktuell": "at Arbeidstrening var uaktuelt",  # no double negative
        "alt": "Ett punkt per veileder som vurderte {name}: {parts}.",
        "alt_lost": "Ikke lesbart i kilden: {names}.",
        "alt_empty": "Tre rader uten punkter: veiledernes vurderinger av {name} er ikke lesbare i kilden.",
        "note_asked": "Hvor mange veiledere som vurderte denne brukeren, er ikke lesbart i kilden.",
        "note_hollow": "Åpne punkter er slutninger: Antallet eller plasseringen er ikke sikker.",
    },
    "en": {
        "name": "Assessment",
        "count": "Caseworkers",
        "basis": "Basis",
        "subtitle": "The caseworkers’ assessment of whether Arbeidstrening suits {name} (aged {age}). ",
        "counted": "Number of caseworkers, {asked} in all",
        "uncounted": "Number of caseworkers",
        "none": "none",
        "split": "Suitable, or suitable with reservations",
        "probably": "probably ",
        "inferred": " (inferred)",
        "of": " of {asked}",
        "many": "{name}: {probably}{many}{of} {what}",
        "nobody": "{name}: nobody {what}",
        "unknown": "{name}: the split is not readable in the source",
        "aktuell": "found Arbeidstrening suitable",
        "forbehold": "found Arbeidstrening suitable with reservations",
        "ikke_aktuell": "found Arbeidstrening not suitable",
        "no_aktuell": "found Arbeidstrening suitable",
        "no_forbehold": "found Arbeidstrening suitable with reservations",
        "no_ikke_aktuell": "found Arbeidstrening unsuitable",
        "alt": "One dot per caseworker who assessed {name}: {parts}.",
        "alt_lost": "Not readable in the source: {names}.",
        "alt_empty": "Three rows without dots: the caseworkers’ assessments of {name} are not readable in the source.",
        "note_asked": "How many caseworkers assessed this user is not readable in the source.",
        "note_hollow": "Hollow dots are inferences: the number or its place is not certain.",
    },
}
