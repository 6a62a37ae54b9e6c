"""Words around a figure that hold its number, on the pages of either engine."""

from __future__ import annotations

import pytest

from rapport.captions import numbered, place
from rapport.wording import NBSP

OURS = (
    '<figure id="{key}" class="figur"><figcaption data-x="1"><span class="nr">{label}</span> Tittel</figcaption>'
    "{inner}</figure>"
)
QUARTO = (
    '<div id="{key}" class="figur quarto-float"><figure class="quarto-float-fig"><figcaption id="{key}-caption-1">'
    "{label} Tittel</figcaption>{inner}</figure></div>"
)
WITHOUT = '<div id="{key}"><p>Ingen tittel.</p>{inner}</div>'


def link(key: str) -> str:
    return f"<a>Last ned tallene til {place(key)} (CSV)</a>"


@pytest.mark.parametrize("page", [OURS, QUARTO])
@pytest.mark.parametrize("space", [" ", NBSP, "&nbsp;"])
def test_a_place_gets_the_number_of_the_caption(page: str, space: str):
    """Each place gets the number of its own figure or table, appendices included, whatever stands between."""
    html = page.format(key="fig-a", label=f"Figur{space}2.1", inner=link("fig-a"))
    html += page.format(key="tbl-a-b", label=f"Tabell{space}B.12", inner=link("tbl-a-b"))
    assert [part.split(" (CSV)")[0] for part in numbered(html).split("Last ned ")[1:]] == [
        f"tallene til figur{NBSP}2.1",
        f"tallene til tabell{NBSP}B.12",
    ]


def test_without_a_caption_the_words_stay():
    """A figure without a caption of its own takes none from the next, and reads as a sentence all the same."""
    html = WITHOUT.format(key="fig-a", inner=link("fig-a")) + OURS.format(key="fig-b", label="Figur 1.1", inner="")
    assert "Last ned tallene til" in numbered(html)
    assert "tallene til figuren (CSV)" in numbered(html)
    assert numbered(numbered(html)) == numbered(html)
