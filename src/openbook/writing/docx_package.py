"""The package around the body: styles, settings, properties, headers and footers, the zip."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from openbook.disclosure import Disclosure
from openbook.writing.docx_parts import NAMESPACES, field, paragraph, run
from openbook.writing.docx_styles import HEI, styles_xml
from openbook.writing.printable import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_MARK = "内部审核"
_BODY = "word/document.xml"
_NEEDED = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:val="15"'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_WATERMARK = (
    '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="草稿水印"'
    ' style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;rotation:315;'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f"'
    f' fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:{HEI};'
    f'font-size:1pt" string="{_MARK}"/></v:shape></w:pict></w:r>'
)


def new_document(disclosure: Disclosure) -> Document:
    """An empty document with the styles of disclosures, and nothing of the template it began as."""
    document = docx.Document()
    _keep_only(document, _NEEDED)
    _replace(document.styles.element, styles_xml())
    _replace(document.settings.element, _SETTINGS)
    _properties(document, disclosure)
    return document


def footer_reference(document: Document) -> str:
    """Page numbers below, as a section refers to them."""
    [only] = document.sections
    only.footer.is_linked_to_previous = False
    number = run("— ") + field("PAGE", "1") + run(" —")
    _replace(only.footer.part.element, _root("ftr", paragraph("Footer", number)))
    return f'<w:footerReference w:type="default" r:id="{_relation(document, RELATIONSHIP_TYPE.FOOTER)}"/>'


def mark_reference(document: Document) -> str:
    """The mark of a draft across its pages, as a section refers to it."""
    [only] = document.sections
    only.header.is_linked_to_previous = False
    _replace(only.header.part.element, _root("hdr", paragraph("Header", _WATERMARK)))
    return f'<w:headerReference w:type="default" r:id="{_relation(document, RELATIONSHIP_TYPE.HEADER)}"/>'


def package_bytes(document: Document, body: str) -> bytes:
    """The zip with this body, the same bytes whenever and wherever it is written.

    The body goes in as text: to parse it into the library's tree would take longer than all the rest.
    """
    saved, out = BytesIO(), BytesIO()
    document.save(saved)
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{_root("document", f"<w:body>{body}</w:body>")}'
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            after.writestr(entry, xml.encode() if name == _BODY else before.read(name))
    return out.getvalue()


def _relation(document: Document, kind: str) -> str:
    return str(next(key for key, relation in document.part.rels.items() if relation.reltype == kind))


def _keep_only(document: Document, needed: tuple[str, ...]) -> None:
    """Drop the template's theme, numbering, preview picture and the name of the program that made it."""
    within, around = document.part.rels, document.part.package.rels
    for key in [key for key, relation in within.items() if relation.reltype not in needed]:
        del within[key]
    kept = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for key in [key for key, relation in around.items() if relation.reltype not in kept]:
        del around[key]


def _properties(document: Document, disclosure: Disclosure) -> None:
    """The department is the author, never a person; the date is the first day of the budget year."""
    about, day = document.core_properties, datetime(disclosure.year, 1, 1, tzinfo=UTC)
    about.title = printable(disclosure.title)[:255]
    about.author = about.last_modified_by = printable(disclosure.department)[:255]
    about.created = about.modified = day
    about.language, about.comments, about.revision = "zh-CN", "", 1


def _root(tag: str, content: str) -> str:
    return f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def _replace(element: BaseOxmlElement, xml: str) -> None:
    """Give the element the content of another."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))
