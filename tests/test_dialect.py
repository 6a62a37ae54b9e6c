"""The dialect: what a chapter may hold, and what each construct outside it is told."""

from __future__ import annotations

import time

import pytest
from syrupy.assertion import SnapshotAssertion

from rapport.book import load_book
from rapport.compare.sentences import sentences
from rapport.engine.check import read_sources
from rapport.engine.dialect import check_dialect
from rapport.engine.prose import check_numbers
from rapport.engine.references import check_references
from rapport.engine.uses import uses
from rapport.errors import Place
from rapport.paths import Paths

BROKEN = """# Et kapittel

{{< include annet.qmd >}}

::: {.panel-tabset}
Innhold
:::

```{r}
plot(1)
```

```{python}
#| fig-cap: En figur
#| echo: kanskje
1 + 1
```

Se @eq-formel og <b>fet</b> skrift.

::: {.callout-note}
Ikke lukket.
"""


def faults(text: str) -> list[Place]:
    return check_dialect({"a.qmd": text})


def test_a_broken_chapter_is_told_all_at_once(snapshot: SnapshotAssertion):
    """One run tells everything that is wrong, from top to bottom, each with line and remedy."""
    assert snapshot == BROKEN + "\n---- messages ----\n" + "\n".join(str(fault) for fault in faults(BROKEN))


OUTSIDE = {
    "shortcode": ("{{< video film.mp4 >}}", 1),
    "inline mathematics": ("Her er $x^2$.", 1),
    "display mathematics": ("tekst\n\n$$\nx\n$$", 3),
    "grid table": ("+---+\n| a |\n+---+", 1),
    "HTML": ("tekst\n<b>fet</b>", 2),
    "HTML with an address": ('<img src="https://example.no/a.png">', 1),
    "HTML over two lines": ('<div\nclass="x">', 1),
    "script": ("<script>alert(1)</script>", 1),
    "raw HTML in a sentence": ("Her er `<b>`{=html}.", 1),
    "span with attributes": ("[`60`]{.tall} prosent", 1),
    "image": ("tekst\n\n![a](b.png)", 3),
    "image with an id": ("![a](b.png){#fig-x}", 1),
    "brackets that are never closed": ("tekst\n\nord [a ord [b ord [c ord [d\nord [e ord [f ord [g\n\n]]]]]]]", 3),
    "heading of level five": ("##### Dypt {#sec-a}", 1),
    "heading without an id": ("tekst\n\n## Uten", 3),
    "heading with another id": ("## Med {#annen}", 1),
    "heading without words": ("tekst\n\n## {#sec-a}", 3),
    "comment that is never closed": ("<!-- a -->\n\ntekst <!-- b\n", 3),
    "word without end": ("tekst\n\n" + "a" * 5000, 3),
    "second chapter title": ("# En {#sec-a}\n\n# To {#sec-b}", 3),
    "underlined heading": ("Tittel\n======", 2),
    "underlined subheading": ("Tittel\n------", 2),
    "reference to an equation": ("Se @eq-a.", 1),
    "reference to a theorem": ("Se @thm-a.", 1),
    "div without braces": ("::: callout-note\ntekst\n:::", 1),
    "div of another class": ("::: {.panel-tabset}\ntekst\n:::", 1),
    "div of another callout": ("::: {.callout-caution}\ntekst\n:::", 1),
    "div with another id": ("::: {#lst-a}\ntekst\n:::", 1),
    "div with a style": ('::: {.kort-fortalt style="color: red"}\ntekst\n:::', 1),
    "div with a bare attribute": ("::: {layout-ncol=2}\ntekst\n:::", 1),
    "callout that folds": ('::: {.callout-note collapse="true"}\ntekst\n:::', 1),
    "callout that folds, bare": ("::: {.callout-note collapse=true}\ntekst\n:::", 1),
    "format that is not made": ('::: {.content-visible when-format="pdf"}\ntekst\n:::', 1),
    "format that is not made, bare": ("::: {.content-visible when-format=pdf}\ntekst\n:::", 1),
    "hidden content": ('::: {.content-hidden when-format="html"}\ntekst\n:::', 1),
    "div that is never closed": ("tekst\n\n::: {.kort-fortalt}\ntekst", 3),
    "div closed twice": ("::: {.kort-fortalt}\ntekst\n:::\n\n:::", 5),
    "cell in R": ("```{r}\n1\n```", 1),
    "diagram": ("tekst\n\n```{mermaid}\na\n```", 3),
    "raw LaTeX": ("```{=latex}\nx\n```", 1),
    "options in the fence": ("```{python echo=FALSE}\n1\n```", 1),
    "cell inside a list": ("- punkt\n\n  ```{python}\n  1\n  ```", 3),
    "cell with tildes": ("~~~{python}\n1\n~~~", 1),
    "fence that is never closed": ("tekst\n\n```{python}\n1\n", 3),
    "caption in a cell": ("```{python}\n#| fig-cap: x\n1\n```", 2),
    "echo that is neither true nor false": ("```{python}\n#| echo: fenced\n1\n```", 2),
    "output of another kind": ("```{python}\n#| label: a\n#| output: html\n1\n```", 3),
    "option below the code": ("```{python}\n#| echo: true\nx = 1\n#| include: false\n```", 4),
    "label that makes a figure": ("```{python}\n#| label: fig-a\n1\n```", 2),
    "expression in R": ("Her er `{r} 1 + 1`.", 1),
    "explained word in a heading": ('## Om `{python} term("aft")` {#sec-a}', 1),
    "title in the front matter": ("---\ndescription: a\ntitle: b\n---\n# En {#sec-a}", 3),
}


@pytest.mark.parametrize(("text", "line"), OUTSIDE.values(), ids=OUTSIDE.keys())
def test_what_is_outside_the_dialect_is_told_with_line_and_remedy(text: str, line: int):
    """A construct that the two engines would treat differently stops the build at its own line."""
    found = faults(text)
    assert [(fault.file, fault.line) for fault in found][:1] == [("a.qmd", line)]
    assert all(len(fault.problem) > 5 and len(fault.remedy) > 5 for fault in found)


INSIDE = {
    "front matter": "---\ndescription: En setning.\n---\n\n# En {#sec-a}",
    "headings": "# En {#sec-a}\n\n## To {#sec-b}\n\n### Tre {#sec-c}\n\n#### Fire {#sec-d}",
    "unnumbered heading": "# En {.unnumbered #sec-a}",
    "emphasis, links, lists": "- *a* og **b**\n- [c](https://example.no)\n\n1. d",
    "address": "<https://example.no> og <post@example.no>",
    "comment": "<!-- <b> ikke med -->",
    "comparison": "a < b > c",
    "brackets": "[a] [[b](https://example.no)] " * 20 + "og \\[ " * 20 + "[c [d",
    "cell": "```{python}\n#| label: a\n#| echo: true\n#| include: true\n#| output: asis\nprint(1)\n```",
    "inline expression": 'Her er `{python} n("a")` tall.',
    "references": "Se @fig-a, @Tbl-b og [@sec-c; -@d].",
    "footnote": "Tekst.[^a]\n\n[^a]: Noten.",
    "callouts": "".join(
        f"::: {{.callout-{kind}}}\n## Tittel\n\na\n:::\n\n" for kind in ("note", "tip", "warning", "important")
    ),
    "callout with a title": '::: {.callout-note title="Tittel"}\na\n:::',
    "boxes": "::: {.kort-fortalt}\na\n:::\n\n::: {.funn}\n- b\n:::",
    "boxes inside each other": ":::: {.kort-fortalt}\n::: {.callout-tip}\na\n:::\n::::",
    "visible": '::: {.content-visible when-format="html"}\na\n:::',
    "visible elsewhere": '::: {.content-visible unless-format="html"}\na\n:::',
    "raw blocks": "```{=html}\n<b>a</b>\n```\n\n```{=typst}\n#v(1em)\n```",
    "code": "```sh\nmake report\n```\n\n`<b>` og `$x$`",
    "pipe table": "| a | b |\n|---|---|\n| c | d |\n\n: Tittel",
    "reference list": "::: {#refs}\n:::",
    "rule": "a\n\n---\n\nb",
}


@pytest.mark.parametrize("text", INSIDE.values(), ids=INSIDE.keys())
def test_what_the_dialect_has_is_let_through(text: str):
    """Everything the guide to the dialect names can be used."""
    assert faults(text) == []


LONG = (
    "<!-- a\n",
    "[a ",
    "`a ",
    "# a\n\n",
    "[^a] b\n\n",
    "x[^b%d]\n\n[^b%d]: y\n\n",
    "@a: ",
    "[a](b.qmd) ",
    "a.b",
    "](",
    "<",
)


@pytest.mark.parametrize("part", LONG)
def test_a_long_chapter_is_read_in_its_time(part: str):
    """Twenty thousand of anything, closed or not, takes a moment to check and to lay beside another state of it."""
    source = "# En {#sec-en}\n\n" + "".join(part.replace("%d", str(at)) for at in range(20_000))
    started = time.monotonic()
    for read in (check_dialect, check_numbers, lambda sources: check_references(sources, ""), uses):
        read({"a.qmd": source})
    sentences("a.qmd", source)
    assert time.monotonic() - started < 10


def test_the_chapters_keep_to_the_dialect(paths: Paths):
    """Both engines can build the committed chapters."""
    assert check_dialect(read_sources(paths, load_book(paths))) == []
