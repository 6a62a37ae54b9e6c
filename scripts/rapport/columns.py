"""The columns that the code reads, by table: those without which the report cannot be made.

The schema of a table is said by data/datapackage.json alone; this is what the code asks of it. Knows nothing.
"""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(columns.split())
    for name, columns in {
        "formaal": "aar formaal navn type samlet_i rekkefolge andel_prosent grunnlag kilde",
        "deltakere": "aar antall grunnlag kilde",
        "deltakere_kjennetegn": "aar kjennetegn kategori navn rekkefolge teller nevner grunnlag kilde",
        "informanter": "gruppe navn rekkefolge metode rolle overgruppe antall enhet grunnlag kilde",
        "vignetter": "vignett navn alder innvandrer under_30 botid_aar antall_veiledere grunnlag kilde",
        "vignett_vurderinger": "vignett vurdering navn antall grunnlag kilde merknad",
        "vignett_begrunnelser": "id vignett rekkefolge begrunnelse antall maaneder grunnlag kilde",
        "varighetsregler": "tiltak tiltak_navn gruppe gruppe_navn rekkefolge maks_maaneder grunnlag kilde merknad",
        "kjeder": "kjede kjede_navn formaal rekkefolge arbeidsmengde oppfolging avstand grunnlag kilde",
        "kjede_varighet": (
            "kjede gruppe gruppe_navn rekkefolge varighet forbehold fra_maaneder til_maaneder grunnlag kilde"
        ),
        "virkningskjeder": "kjede ledd ledd_nr ledd_navn innhold grunnlag kilde merknad",
        "forskning": (
            "id studie navn aar tiltak rekkefolge metode populasjon periode retning funn kritikk kritikk_fra "
            "kontroll grunnlag merknad"
        ),
        "litteratur": "nokkel verk aar kontroll kontrollert grunnlag",
        "opplysninger": "id verdi enhet beskrivelse grunnlag kilde",
        "ordliste": "term ord forkortelse forklaring opphav nettsted grunnlag kilde",
        "avvik": "nr tittel type kilden_sier men vurdering seksjon sitert grunnlag kilde",
        "disposisjon": "rekkefolge avsnitt her grunnlag kilde",
        "egenvurdering": "nivaa nr krav vurdering begrunnelse mangler grunnlag kilde",
    }.items()
}
