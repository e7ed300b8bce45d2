"""Styles after GB/T 9704: names as Word shows them in Chinese, fonts as offices have them, fallbacks beside them."""

from __future__ import annotations

FONTS = {
    "方正小标宋简体": "华文中宋,Noto Serif CJK SC,宋体",
    "黑体": "SimHei,Noto Sans CJK SC",
    "楷体_GB2312": "楷体,KaiTi,Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋,FangSong,Noto Serif CJK SC",
    "宋体": "SimSun,Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif",
}
"""Font → what stands for it where it is not installed."""

TITLE, BLACK, KAI, FANG, SONG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PITCH = 560
"""Line pitch of running text in twentieths of a point: 28 points, 22 lines a page."""


def _style(
    key: str,
    name: str,
    font: str = "",
    size: float = 0,
    *,
    align: str = "",
    line: int = 0,
    exact: bool = True,
    before: int = 0,
    after: int = 0,
    indent: int = 0,
    left: int = 0,
    level: int | None = None,
    flags: str = "",
    tabs: str = "",
    bold: bool = False,
    based: str = "Normal",
    following: str = "",
    custom: bool = True,
    colour: str = "",
    middle: bool = False,
) -> str:
    """Return a paragraph style.

    Args:
        key: Id.
        name: Name as Word shows it.
        font: East Asian font; "" for that of the style that it is based on.
        size: Size in points; 0 likewise.
        align: Value of w:jc.
        line: Line pitch in twentieths of a point; 0 likewise.
        exact: The pitch is fixed, else the least.
        before: Space above in twentieths of a point.
        after: Space below.
        indent: First-line indent in hundredths of a letter.
        left: Left indent in twentieths of a point.
        level: Outline level, counted from 0.
        flags: Of w:pPr, such as ``<w:keepNext/>``, in the order of the schema.
        tabs: Content of w:tabs.
        bold: Bold.
        based: Id of the style that it is based on.
        following: Id of the style of the next paragraph.
        custom: It is none of Word's own.
        colour: Colour of the letters.
        middle: Letters stand at half the height of a picture beside them.
    """
    spacing = f'w:before="{before}" w:after="{after}"'
    if line:
        spacing += f' w:line="{line}" w:lineRule="{"exact" if exact else "atLeast"}"'
    ppr = flags
    ppr += f"<w:tabs>{tabs}</w:tabs>" if tabs else ""
    ppr += f"<w:spacing {spacing}/>"
    if indent or left:
        ppr += (
            f'<w:ind w:left="{left}" w:firstLineChars="{indent}" w:firstLine="{indent * 16 // 5}"/>'
        )
    ppr += f'<w:jc w:val="{align}"/>' if align else ""
    ppr += '<w:textAlignment w:val="center"/>' if middle else ""
    ppr += f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    rpr = (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}" w:cs="Times New Roman"/>'
        if font
        else ""
    )
    rpr += "<w:b/>" if bold else ""
    rpr += f'<w:color w:val="{colour}"/>' if colour else ""
    rpr += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    own = ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{key}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f"<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def _table_style(key: str, name: str, borders: str, *, side: int = 60, below: int = 20) -> str:
    margins = "".join(
        f'<w:{edge} w:w="{side if edge in ("left", "right") else below}" w:type="dxa"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr>{borders}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )


def _borders() -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    edges = "".join(
        f"<w:{edge} {line}/>" for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tblBorders>{edges}</w:tblBorders>"


_DOTS = '<w:tab w:val="right" w:leader="dot" w:pos="8844"/>'
_NEXT = "<w:keepNext/>"
_TOGETHER = "<w:keepNext/><w:keepLines/>"
_NEW_PAGE = "<w:pageBreakBefore/>"

_STYLES = (
    # what running text, headings and titles look like
    _style("Body", "申报正文", indent=200, align="both"),
    _style("Heading1", "heading 1", TITLE, 26, align="center", line=800, before=5200, level=0,
           flags=f"{_NEW_PAGE}", following="Body", custom=False),
    _style("Heading2", "heading 2", BLACK, 16, align="left", line=PITCH, level=1, before=120, flags=_TOGETHER, following="Body", custom=False),
    _style("Heading3", "heading 3", KAI, 16, align="left", line=PITCH, level=2, before=120, flags=_TOGETHER, following="Body", custom=False),
    _style("Heading4", "heading 4", FANG, 16, align="left", line=PITCH, level=3, before=120, flags=_TOGETHER, bold=True, following="Body",
           custom=False),
    _style("FormTitle", "文件题", TITLE, 22, align="center", line=640, before=240, after=360, flags=_NEXT),
    _style("Label", "分项", indent=200, before=120, flags=_NEXT),
    _style("Addressee", "致送单位", align="left"),
    _style("Closing", "落款", align="right", exact=False, line=PITCH, middle=True),
    # the cover
    _style("CoverName", "封面企业名称", TITLE, 26, align="center", line=800, before=2000),
    _style("PlanTitle", "方案标题", TITLE, 36, align="center", line=1000, before=1600, level=0),
    _style("CoverTitle", "封面标题", TITLE, 26, align="center", line=800, before=240),
    _style("CoverKind", "封面材料名称", TITLE, 42, align="center", line=1200, before=1000),
    _style("CoverSeal", "封面盖章处", FANG, 18, align="center", line=600, exact=False, before=1600, middle=True),
    _style("CoverDate", "封面日期", FANG, 18, align="center", line=600, before=300),
    # the contents
    _style("ContentsTitle", "目录题", TITLE, 22, align="center", line=640, after=240, flags=_NEW_PAGE),
    _style("TOC1", "toc 1", BLACK, 14, line=420, tabs=_DOTS, custom=False),
    _style("TOC2", "toc 2", FANG, 14, line=420, left=280, tabs=_DOTS, custom=False),
    _style("TOC3", "toc 3", FANG, 14, line=420, left=560, tabs=_DOTS, custom=False),
    # tables
    _style("Caption", "caption", BLACK, 12, align="center", line=400, before=80, after=40, flags=_TOGETHER, custom=False),
    _style("TableHead", "表头", BLACK, 10.5, align="center", line=300, exact=False, flags=_NEXT),
    _style("TableText", "表文居中", FANG, 10.5, align="center", line=300, exact=False),
    _style("TableLeft", "表文", FANG, 10.5, align="left", line=300, exact=False, based="TableText"),
    _style("TableSmall", "表文小字", FANG, 9, align="center", line=260, exact=False),
    _style("FormLabel", "表单名称", FANG, 14, align="center", line=440, exact=False),
    _style("FormValue", "表单内容", FANG, 14, align="left", line=440, exact=False, middle=True),
    _style("FormLine", "表单条目", FANG, 12, align="left", line=400, exact=False),
    # pictures
    _style("Picture", "图片", align="center", line=240, exact=False),
    _style("PictureName", "图名", FANG, 10.5, align="center", line=300, exact=False),
    # what is not seen
    _style("NewPage", "换页", FANG, 1, line=20, flags=_NEW_PAGE),
    _style("End", "节末", FANG, 1, line=20),
    _style("Tag", "模板标记", SONG, 9, line=240, exact=False, colour="808080"),
    _style("Header", "header", SONG, 9, align="center", line=240, exact=False, custom=False),
    _style("Footer", "footer", SONG, 14, align="center", line=320, exact=False, custom=False),
    _table_style("DataTable", "数据表", _borders()),
    _table_style("FormTable", "表单", _borders(), side=120, below=40),
    _table_style("Album", "图片表", "", side=40, below=0),
)  # fmt: skip


def styles() -> str:
    """Return styles.xml."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{FANG}" w:cs="Times New Roman"/>'
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:spacing w:line="{PITCH}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"{_HEAD}<w:styles {_W}>{defaults}{normal}{''.join(_STYLES)}</w:styles>"


def font_table() -> str:
    """Return fontTable.xml."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="{"00" if name.isascii() else "86"}"/>'
        f'<w:family w:val="{"modern" if name == BLACK else "roman"}"/></w:font>'
        for name, others in FONTS.items()
    )
    return f"{_HEAD}<w:fonts {_W}>{entries}</w:fonts>"
