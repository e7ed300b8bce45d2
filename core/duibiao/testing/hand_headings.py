"""Hands that write headings and contents in another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from duibiao.law import load_common
from duibiao.model.evidence import Section
from duibiao.testing.hand_file import (
    W,
    WordFile,
    make_bold,
    plain_paragraph,
    set_text,
    text_of,
    xml,
)

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_CHINESE = "一二三四五六七八九"
_BOX_TEXT = 12


def typed(file: WordFile) -> None:
    """No heading styles: numbers typed, bold, a little larger than the text."""
    for headed in file.headings:
        plain_paragraph(headed.paragraph)
        set_text(headed.paragraph, _label(headed.section))
        make_bold(headed.paragraph)


def typed_full_width(file: WordFile) -> None:
    """No heading styles: numbers typed in full width with an ideographic space, not even bold."""
    for headed in file.headings:
        plain_paragraph(headed.paragraph)
        number = headed.section.number.translate(_FULL_WIDTH)
        space = "" if number[-1] in "、．" else "　"
        set_text(headed.paragraph, number + space + headed.section.title)


def bare(file: WordFile) -> None:
    """No heading styles and no numbers: only bold."""
    for headed in file.headings:
        plain_paragraph(headed.paragraph)
        make_bold(headed.paragraph)


def listed(file: WordFile) -> None:
    """No heading styles: the numbers come from a multi-level list on plain paragraphs."""
    for definition in file.numbering.iterchildren(f"{W}abstractNum"):
        for tie in list(definition.iter(f"{W}pStyle")):
            parent = tie.getparent()
            assert parent is not None
            parent.remove(tie)
    for headed in file.headings:
        section = headed.section
        properties = plain_paragraph(headed.paragraph)
        if section.number == "附件":
            set_text(headed.paragraph, _label(section))
            continue
        list_number = 91 if section.key.startswith("附") else 90
        properties.insert(
            0,
            xml(
                f'<w:numPr><w:ilvl w:val="{section.level - 1}"/><w:numId w:val="{list_number}"/></w:numPr>'
            ),
        )


def lower_styles(file: WordFile) -> None:
    """All headings one style lower than usual, their numbers typed."""
    for headed in file.headings:
        level = headed.section.level + 1
        properties = plain_paragraph(headed.paragraph)
        properties.insert(0, xml('<w:numPr><w:numId w:val="0"/></w:numPr>'))
        properties.insert(0, xml(f'<w:pStyle w:val="Heading{level}"/>'))
        set_text(headed.paragraph, _label(headed.section))


def chapters(file: WordFile) -> None:
    """Parts are 第一部分, their sections （一） and so on; no styles."""
    counts: dict[str, int] = {}
    for headed in file.headings:
        section = headed.section
        part, _, inner = section.key.partition(".")
        number = section.number
        if not inner and part in _CHINESE:
            number = f"第{part}部分 "
        elif inner and "." not in inner:
            counts[part] = counts.get(part, 0) + 1
            number = f"（{_CHINESE[counts[part] - 1]}）"
        plain_paragraph(headed.paragraph)
        set_text(headed.paragraph, _label(replace(section, number=number)))


def boxes(file: WordFile) -> None:
    """Headings and short paragraphs stand in text boxes, but for the contents."""
    listed = set(file.contents())
    for paragraph in list(file.body.iterchildren(f"{W}p")):
        if paragraph in listed:
            continue
        if next(paragraph.iter(f"{W}drawing", f"{W}fldChar"), None) is None and (
            paragraph in {headed.paragraph for headed in file.headings}
            or 0 < len(text_of(paragraph)) <= _BOX_TEXT
        ):
            _put_into_box(paragraph)


def reworded(file: WordFile) -> None:
    """Titles as others word them: an alias, or one character more."""
    aliases = {heading.key: heading.aliases for heading in load_common().outline}
    for number, headed in enumerate(file.headings):
        title = headed.section.title
        usual = aliases[headed.section.key]
        if usual and number % 2:
            title = usual[number % len(usual)].replace("XX公司", "")
        elif len(title) > _BOX_TEXT // 2:
            title = title[:2] + "的" + title[2:]
        if headed.section.number == "附件":  # the only number that is typed
            title = _label(replace(headed.section, title=title))
        set_text(headed.paragraph, title)


def only_applicable(file: WordFile) -> None:
    """Sections that do not apply are left out; the others keep their numbers."""
    _drop_not_applicable(file)
    typed(file)


def renumbered(file: WordFile) -> None:
    """Sections that do not apply are left out, and the others are numbered without gaps."""
    _drop_not_applicable(file)  # the list counts what is left


def contents_dotted(file: WordFile) -> None:
    """Contents typed by hand, with leader dots."""
    _retype_contents(file, lambda text, page: f"{text}{'.' * (60 - 2 * len(text))}{page}")


def contents_unpaged(file: WordFile) -> None:
    """Contents typed by hand, without page numbers."""
    _retype_contents(file, lambda text, _page: text)


def contents_absent(file: WordFile) -> None:
    """No contents."""
    for line in file.contents():
        file.body.remove(line)
    for paragraph in list(file.body.iterchildren(f"{W}p")):
        if text_of(paragraph) == "目 录":
            file.body.remove(paragraph)


def only_plan(file: WordFile) -> None:
    """The plan alone, as a document of its own: no heading 附件, but a title page."""
    start = next(item.paragraph for item in file.headings if item.section.key == "附")
    for block in list(file.body):
        if block is start:
            break
        file.body.remove(block)
    file.body.remove(start)
    file.headings = tuple(item for item in file.headings if item.section.key.startswith("附."))


def _label(section: Section) -> str:
    space = "" if section.number.endswith(("、", "）", " ")) else " "
    return f"{section.number}{space}{section.title}"


def _drop_not_applicable(file: WordFile) -> None:
    for headed in file.headings:
        if headed.section.not_applicable:
            for block in (*file.blocks_at(headed.section.key), headed.paragraph):
                file.body.remove(block)
    file.headings = tuple(item for item in file.headings if not item.section.not_applicable)


def _retype_contents(file: WordFile, line: Callable[[str, str], str]) -> None:
    for paragraph in file.contents():
        text, page = (item.text or "" for item in _two_texts(paragraph))
        typed_line = xml("<w:p><w:pPr/><w:r><w:t/></w:r></w:p>")
        set_text(typed_line, line(text, page))
        paragraph.addprevious(typed_line)
        file.body.remove(paragraph)


def _two_texts(paragraph: etree._Element) -> Sequence[etree._Element]:
    return list(paragraph.iter(f"{W}t"))


def _put_into_box(paragraph: etree._Element) -> None:
    anchor = xml(
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"'
        ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="5000000" cy="500000"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="1" name="文本框"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:shape style="width:394pt;height:39pt"><v:textbox><w:txbxContent/></v:textbox></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    paragraph.addprevious(anchor)
    first, second = anchor.iter(f"{W}txbxContent")
    second.append(deepcopy(paragraph))
    first.append(paragraph)
