"""Pages: sizes, margins, what stands above and below the text."""

from __future__ import annotations

from words import run

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

HEADER, FOOTER = "rId11", "rId12"
"""Relationships of the header and the footer."""

_SIZE = '<w:pgSz w:w="11906" w:h="16838"/>'
_NORMAL = '<w:pgMar w:top="2098" w:right="1475" w:bottom="1984" w:left="1587" w:header="850" w:footer="1304" w:gutter="0"/>'
_NARROW = '<w:pgMar w:top="737" w:right="737" w:bottom="964" w:left="737" w:header="340" w:footer="454" w:gutter="0"/>'
_HEADED = f'<w:headerReference w:type="default" r:id="{HEADER}"/>'
_NUMBERED = f'{_HEADED}<w:footerReference w:type="default" r:id="{FOOTER}"/>'
_TYPE = '<w:type w:val="nextPage"/>'

NARROW_WIDTH = 10432
"""Width between the narrow margins in twentieths of a point: 184 mm."""

COVER = f"<w:sectPr>{_HEADED}{_TYPE}{_SIZE}{_NORMAL}</w:sectPr>"
"""Pages without a number."""

NORMAL = f"<w:sectPr>{_NUMBERED}{_TYPE}{_SIZE}{_NORMAL}</w:sectPr>"
"""Pages after GB/T 9704: 37, 35, 28 and 26 mm above, below, left and right."""

NARROW = f"<w:sectPr>{_NUMBERED}{_TYPE}{_SIZE}{_NARROW}</w:sectPr>"
"""Pages for documents: 13 mm, 17 mm below."""

WATERMARK = (
    '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="draft" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;'
    "width:360pt;height:180pt;rotation:315;z-index:-251658240;mso-position-horizontal:center;"
    'mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"'
    ' fillcolor="#c0c0c0" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="草稿"/></v:shape></w:pict></w:r>'
)
"""草稿 across the page."""


def document(body: str, last: str = NORMAL) -> str:
    """Return document.xml."""
    return f'{_HEAD}<w:document {NAMESPACES} mc:Ignorable="wps"><w:body>{body}{last}</w:body></w:document>'


def header(body: str) -> str:
    """Return header1.xml."""
    return f'{_HEAD}<w:hdr {NAMESPACES} mc:Ignorable="wps">{body}</w:hdr>'


def footer() -> str:
    """Return footer1.xml: — 1 —."""
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    content = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{run("— ")}{number}{run(" —")}</w:p>'
    return f'{_HEAD}<w:ftr {NAMESPACES} mc:Ignorable="wps">{content}</w:ftr>'


def settings() -> str:
    """Return settings.xml."""
    return (
        f'{_HEAD}<w:settings {NAMESPACES} mc:Ignorable="wps"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
