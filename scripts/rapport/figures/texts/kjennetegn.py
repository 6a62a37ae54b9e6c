"""The words of figures/kjennetegn.py."""

from __future__ import annotations

TRAITS = {
    "nb": {"status": "Status", "kjonn": "Kjønn", "alder": "Alder"},
    "en": {"status": "Status", "kjonn": "Sex", "alder": "Age"},
}
LABELS = {
    "en": {
        "nedsatt_arbeidsevne": "Reduced work capacity",
        "arbeidssoker": "Jobseeker",
        "annet": "Other",
        "kvinner": "Women",
        "menn": "Men",
        "under_30": "Under 30 years",
        "30_eller_eldre": "30 years or older",
    }
}
# What is said of a share that the source only gives as a fraction.
FRACTIONS = {
    "nb": {(2, 3): "omtrent to tredjedeler", (1, 3): "omtrent en tredjedel"},
    "en": {(2, 3): "about two thirds", (1, 3): "about a third"},
}
TEXTS = {
    "nb": {
        "trait": "Kjennetegn",
        "name": "Kategori",
        "value": "Andel av deltakerne (prosent)",
        "basis": "Grunnlag",
        "subtitle": "Deltakere i Arbeidstrening etter status, kjønn og alder. Andel av deltakerne i {year}",
        "plain": "Deltakernes kjennetegn",
        # How a headline says that most participants have a status.
        "nedsatt_arbeidsevne": "De fleste deltakerne har nedsatt arbeidsevne",
        "arbeidssoker": "De fleste deltakerne er arbeidssøkere",
        "annet": "De fleste deltakerne har en annen status",
        "alt": "Liggende stolper med andeler av deltakerne.",
        "note": "Kilden oppgir status bare som brøker: to tredjedeler og en tredjedel. Figuren i kilden har også "
        "statusen «annet», men verdien er ikke lesbar.",
    },
    "en": {
        "trait": "Characteristic",
        "name": "Category",
        "value": "Share of participants (per cent)",
        "basis": "Basis",
        "subtitle": "Participants in Arbeidstrening by status, sex and age. Share of participants in {year}",
        "plain": "Characteristics of the participants",
        "nedsatt_arbeidsevne": "Most participants have reduced work capacity",
        "arbeidssoker": "Most participants are jobseekers",
        "annet": "Most participants have another status",
        "alt": "Horizontal bars with shares of the participants.",
        "note": "The source gives status as fractions only: two thirds and a third. Its figure also has the status "
        "“other”, but the value is not readable.",
    },
}
