"""The styles of a disclosure in Word: the faces and sizes official documents use."""

from __future__ import annotations

from typing import NamedTuple

from openbook.writing.docx_parts import NAMESPACES

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
LATIN = "Times New Roman"


class Style(NamedTuple):
    """A paragraph style. `size` in half points, `paragraph` the inside of its w:pPr."""

    id: str
    name: str
    face: str
    size: int
    paragraph: str
    bold: bool = False
    after: str = "Normal"  # the style of the paragraph typed next
    based: str = "Normal"

    def xml(self) -> str:
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        own = "" if self.name.isascii() else ' w:customStyle="1"'  # Word knows the others by their names
        return (
            f'<w:style w:type="paragraph"{own} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{self.based}"/><w:next w:val="{self.after}"/><w:qFormat/>'
            f"<w:pPr>{self.paragraph}</w:pPr><w:rPr>{fonts(self.face)}{bold}"
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/></w:rPr></w:style>'
        )


def fonts(face: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{face}" w:cs="{LATIN}" w:hint="eastAsia"/>'


def _spacing(before: int = 0, after: int = 0, line: int = 0, rule: str = "exact") -> str:
    """In twips; lines of 28 points are the rule for official documents."""
    height = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


_BODY = _spacing(line=560)
_TWO = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTER, _RIGHT, _LEFT = (f'<w:jc w:val="{side}"/>' for side in ("center", "right", "left"))
_KEEP = "<w:keepNext/><w:keepLines/>"


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


STYLES = (
    Style("Title", "Title", SONG, 72, _spacing(3600, 600, 960, "atLeast") + _CENTER, bold=True, after="Subtitle"),
    Style("Subtitle", "Subtitle", SONG, 36, _spacing(240, 240, 480, "atLeast") + _CENTER),
    Style("BodyText", "Body Text", FANG, 32, _BODY + _TWO + '<w:jc w:val="both"/>', after="BodyText"),
    Style("CenterText", "居中正文", FANG, 32, _BODY + _CENTER, after="BodyText"),
    Style("RightText", "居右正文", FANG, 32, _BODY + _RIGHT, after="BodyText"),
    Style("Heading1", "heading 1", HEI, 36, _KEEP + _spacing(120, 240, 560) + _CENTER + _outline(0), after="BodyText"),
    Style("Heading2", "heading 2", HEI, 32, _KEEP + _spacing(60, 0, 560) + _TWO + _outline(1), after="BodyText"),
    Style("Heading3", "heading 3", HEI, 30, _KEEP + _spacing(0, 0, 560) + _TWO + _outline(2), after="BodyText"),
    Style("StatementTitle", "表题", HEI, 32, _KEEP + _spacing(120, 120, 440, "atLeast") + _CENTER + _outline(2)),
    Style("UnlistedTitle", "表题（不入目录）", HEI, 32, _KEEP + _spacing(120, 120, 440, "atLeast") + _CENTER),
    Style("StatementNumber", "表号", HEI, 24, _KEEP + _spacing(240, 0, 320, "atLeast") + _LEFT),
    Style("StatementAbove", "表上栏", SONG, 21, _KEEP + _spacing(0, 60, 320, "atLeast") + _LEFT),
    Style("TableText", "表内文字", SONG, 21, _spacing(line=240, rule="auto") + _LEFT, after="TableText"),
    Style("TableNote", "表注", SONG, 21, _spacing(60, 0, 320, "atLeast") + _LEFT, after="TableNote"),
    Style("Spacer", "表后", SONG, 2, _spacing(line=20)),
    Style("Picture", "图", SONG, 21, _spacing(120, 120, 240, "auto") + _CENTER),
    Style("Caption", "caption", HEI, 24, _spacing(0, 200, 320, "atLeast") + _CENTER, after="BodyText"),
    Style("ContentsTitle", "目录标题", HEI, 36, _KEEP + _spacing(120, 240, 560) + _CENTER),
    Style("TOC1", "toc 1", HEI, 28, _spacing(60, 0, 460), based="Normal"),
    Style("TOC2", "toc 2", SONG, 24, _spacing(line=400) + '<w:ind w:left="280"/>'),
    Style("TOC3", "toc 3", SONG, 24, _spacing(line=400) + '<w:ind w:left="560"/>'),
    Style("Header", "header", SONG, 18, _CENTER),
    Style("Footer", "footer", SONG, 28, _CENTER),
)  # fmt: skip

_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


def styles_xml() -> str:
    """The whole styles part."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    listed = "".join(style.xml() for style in STYLES)
    return f"<w:styles {NAMESPACES}>{defaults}{normal}{listed}{_TABLE}</w:styles>"
