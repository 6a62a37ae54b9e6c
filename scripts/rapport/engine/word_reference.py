"""The reference document that the Word file takes its styles from: pandoc's own, with the tokens' fonts and colours.

Knows tokens and pandoc; not the book. The same bytes every time.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

from rapport.design import Tokens, load_tokens
from rapport.engine.pandoc import pandoc_path
from rapport.engine.word_styles import with_styles
from rapport.paths import Paths

MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can say
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A4 = (
    '<w:footerReference w:type="default" r:id="rId90"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
)
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _footer(title: str, tokens: Tokens) -> str:
    run = f'<w:rPr><w:color w:val="{tokens.light["dempet"][1:]}"/><w:sz w:val="{2 * tokens.pdf["minst"]}"/></w:rPr>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:ftr {W}><w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="9070"/>'
        f"</w:tabs></w:pPr><w:r>{run}<w:t>{title}</w:t></w:r><w:r>{run}<w:tab/></w:r>"
        f'<w:fldSimple w:instr=" PAGE "><w:r>{run}<w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
    )


def _changed(name: str, text: str, tokens: Tokens) -> str:
    if name == "word/styles.xml":
        return with_styles(text, tokens)
    if name == "word/document.xml":
        return re.sub(r"(<w:sectPr>)(.*?)(</w:sectPr>)", rf"\g<1>{A4}\3", text, flags=re.DOTALL)
    if name == "word/_rels/document.xml.rels":
        footer = f'<Relationship Id="rId90" Type="{REL}/footer" Target="footer1.xml"/>'
        return text.replace("</Relationships>", f"{footer}</Relationships>")
    if name == "[Content_Types].xml":
        footer = f'<Override PartName="/word/footer1.xml" ContentType="{TYPE}.footer+xml"/>'
        return text.replace("</Types>", f"{footer}</Types>")
    return text


def reference_docx(paths: Paths, title: str, target: Path) -> Path:
    """Write the reference document to `target`: styles, page, footer with `title` and page number."""
    command = [pandoc_path(), "--print-default-data-file", "reference.docx"]
    own = zipfile.ZipFile(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
    tokens = load_tokens(paths.theme)
    parts = {name: _changed(name, own.read(name).decode("utf-8"), tokens) for name in own.namelist()}
    parts["word/footer1.xml"] = _footer(title, tokens)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(zipfile.ZipInfo(name, MOMENT), text, zipfile.ZIP_DEFLATED)
    return target
