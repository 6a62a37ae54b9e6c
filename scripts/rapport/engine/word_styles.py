"""The Word file's styles, from the tokens, as WordprocessingML. Knows tokens only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapport.design import Tokens

SANS, SERIF = "Arial", "Georgia"  # what is found wherever Word is; the report's own fonts are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One paragraph style; sizes, spaces and indent in points, `role` and `fill` colours of the tokens.

    `level`: a heading's place in the contents. `kept`: never parted from what follows. `paged`: dots to a page number.
    """

    name: str
    base: str = "Normal"
    size: float | None = None
    role: str | None = None
    bold: bool = False
    serif: bool = False
    before: float = 0
    after: float = 6
    indent: float = 0
    kept: bool = False
    level: int | None = None
    fill: str | None = None
    paged: bool = False


def _caption(name: str, base: str) -> Style:
    return Style(name=name, base=base, bold=True, before=16, after=3, kept=True)


def _heading(level: int, size: float, before: float, after: float) -> Style:
    return Style(name=f"heading {level}", size=size, serif=level < 4, bold=True, before=before, after=after,
                 kept=True, level=level)  # fmt: skip


def _styles(tokens: Tokens) -> dict[str, Style]:
    pdf = tokens.pdf
    small, least = pdf["liten"], pdf["minst"]
    return {
        "BodyText": Style(name="Body Text", before=4, after=5),
        "Compact": Style(name="Compact", base="BodyText", after=2),
        "Title": Style(name="Title", size=pdf["tittel"], serif=True, bold=True, before=120, after=12),
        "Subtitle": Style(name="Subtitle", size=15, role="dempet", after=24),
        "Author": Style(name="Author", role="dempet", after=2),
        "Date": Style(name="Date", role="dempet", after=24),
        "AbstractTitle": Style(name="Abstract Title", size=small, role="aksent", bold=True, before=24, kept=True),
        "Abstract": Style(name="Abstract", size=small, after=4),
        "Heading1": _heading(1, pdf["h1"], 0, 14), "Heading2": _heading(2, pdf["h2"], 18, 6),
        "Heading3": _heading(3, pdf["h3"], 14, 4), "Heading4": _heading(4, pdf["skrift"], 12, 4),
        "Caption": _caption("caption", "Normal"), "TableCaption": _caption("Table Caption", "Caption"),
        "ImageCaption": _caption("Image Caption", "Caption"),
        "Undertittel": Style(name="Undertittel", size=small, role="dempet", kept=True),
        "Kilde": Style(name="Kilde", size=least, role="dempet", before=4, after=3),
        "Boks": Style(name="Boks", role="aksent", before=8, after=3, kept=True),
        "Merknadstittel": Style(name="Merknadstittel", before=10, after=0, kept=True, fill="flate"),
        "Merknad": Style(name="Merknad", base="BodyText", after=0, fill="flate"),
        "TOCHeading": Style(name="TOC Heading", size=pdf["h2"], serif=True, bold=True, before=18, after=8, kept=True),
        "TOC1": Style(name="toc 1", size=small + 1, before=4, after=1, paged=True),
        "TOC2": Style(name="toc 2", size=small + 1, after=1, indent=17, paged=True),
        "SourceCode": Style(name="Source Code", before=6, after=6),
        "FootnoteText": Style(name="footnote text", size=least, after=2),
    }  # fmt: skip


def _run(style: Style, tokens: Tokens) -> str:
    """How the letters of a style look."""
    face = SERIF if style.serif else None
    size = round(2 * style.size) if style.size else None
    return "".join([
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:cs="{face}"/>' if face else "",
        "<w:b/>" if style.bold else "",
        f'<w:color w:val="{tokens.light[style.role][1:]}"/>' if style.role else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
    ])  # fmt: skip


def _paragraph(key: str, style: Style, tokens: Tokens) -> str:
    """A style as WordprocessingML, whose parts have a fixed order."""
    line, fill = tokens.light["lenke"][1:], tokens.light[style.fill][1:] if style.fill else ""
    parts = [
        "<w:keepNext/>" if style.kept else "",
        "<w:keepLines/>" if style.kept else "",
        "<w:pageBreakBefore/>" if style.level == 1 else "",
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{line}"/></w:pBdr>' if fill else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else "",
        '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>' if style.paged else "",
        f'<w:spacing w:before="{round(20 * style.before)}" w:after="{round(20 * style.after)}"/>',
        f'<w:ind w:left="{round(20 * style.indent)}"/>' if style.indent else "",
        f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "",
    ]
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{style.name}"/><w:basedOn w:val="{style.base}"/>'
        f"<w:qFormat/><w:pPr>{''.join(parts)}</w:pPr><w:rPr>{_run(style, tokens)}</w:rPr></w:style>"
    )


def _table(tokens: Tokens) -> str:
    line = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'
    dark, faint = tokens.light["tekst"][1:], tokens.light["linje"][1:]
    sides = "".join(
        line.format(side=side, size=size, color=color)
        for side, size, color in (("top", 8, dark), ("bottom", 8, dark), ("insideH", 4, faint))
    )
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>'
                      for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)))  # fmt: skip
    head = line.format(side="bottom", size=8, color=dark)
    small = round(2 * tokens.pdf["liten"])
    return (
        '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:qFormat/>'
        '<w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr>'
        f'<w:rPr><w:sz w:val="{small}"/><w:szCs w:val="{small}"/></w:rPr>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        "<w:trPr><w:cantSplit/></w:trPr>"  # a row stands on one page
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>{head}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )


def with_styles(text: str, tokens: Tokens) -> str:
    """styles.xml of a document, with the report\'s styles in place of those of the same id."""
    family, color = SANS, tokens.light["tekst"][1:]
    size = round(2 * tokens.pdf["skrift"])
    text = re.sub(
        r"<w:rPrDefault>.*?</w:rPrDefault>",
        f'<w:rPrDefault><w:rPr><w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:eastAsia="{family}" w:cs="{family}"/>'
        f'<w:color w:val="{color}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="nb-NO" w:eastAsia="nb-NO" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
        text, flags=re.DOTALL,
    )  # fmt: skip
    made = {key: _paragraph(key, style, tokens) for key, style in _styles(tokens).items()} | {"Table": _table(tokens)}
    for key in made:
        text = re.sub(rf'\s*<w:style [^>]*w:styleId="{key}">.*?</w:style>', "", text, flags=re.DOTALL)
    link = tokens.light["lenke"][1:]
    text = text.replace('<w:color w:val="4F81BD" w:themeColor="accent1" />', f'<w:color w:val="{link}"/>')
    return text.replace("</w:styles>", "".join(made.values()) + "</w:styles>")
