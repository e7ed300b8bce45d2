"""Hands that write the same text with other marks: split, wide, broken, tracked, controlled."""

from __future__ import annotations

from copy import deepcopy
from itertools import count, pairwise

from lxml import etree

from duibiao.testing.hand_file import W, WordFile, cells, rows, set_text, text_of, texts, xml

_WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in "\"'"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_GRADES = ("A级", "B级", "C级", "绩效引领性")
_LONG = 4


def split_runs(file: WordFile) -> None:
    """Runs split inside words and numbers, with proofing marks and bookmarks between."""
    numbers = count(1)
    for text in list(texts(file.body)):
        run = text.getparent()
        if run is not None and run.tag == f"{W}r" and len(text.text or "") > 1:
            _split(run, text, next(numbers))


def full_width(file: WordFile) -> None:
    """Digits, letters and brackets in full width, in tables and below headings."""
    headings = {headed.paragraph for headed in file.headings}
    for paragraph in file.body.iter(f"{W}p"):
        if paragraph not in headings:
            for text in texts(paragraph):
                text.text = (text.text or "").translate(_WIDE)


def broken_lines(file: WordFile) -> None:
    """Line breaks, soft hyphens and ideographic spaces in cells; paragraphs indented by spaces."""
    for table in file.tables():
        for row in rows(table):
            for cell in cells(row):
                for text in list(texts(cell)):
                    _break(text)
    headings = {headed.paragraph for headed in file.headings}
    for paragraph in file.body.iterchildren(f"{W}p"):
        if paragraph not in headings and len(text_of(paragraph)) > 5 * _LONG:
            first = next(iter(texts(paragraph)))
            first.text, first.attrib[_SPACE] = f"　　{first.text} ", "preserve"


def tracked(file: WordFile) -> None:
    """Tracked changes: another text deleted, the true one inserted; and comments."""
    comments = []
    for number, run in enumerate(list(file.body.iter(f"{W}r"))):
        parent = run.getparent()
        if number % 7 or parent is None or parent.tag != f"{W}p" or not text_of(run):
            continue
        author = f'w:id="{number}" w:author="审核" w:date="2026-01-01T00:00:00Z"'
        deleted = xml(f"<w:del {author}><w:r><w:delText>99.9旧文</w:delText></w:r></w:del>")
        inserted = xml(f"<w:ins {author}/>")
        run.addprevious(deleted)
        run.addprevious(inserted)
        inserted.append(run)
        inserted.addnext(xml(f'<w:r><w:commentReference w:id="{number}"/></w:r>'))
        comments.append(
            f"<w:comment {author}><w:p><w:r><w:t>请核对：五、绩效分级材料</w:t></w:r></w:p></w:comment>"
        )
    uri = W.strip("{}")
    part = f'<w:comments xmlns:w="{uri}">{"".join(comments)}</w:comments>'
    file.add_part("comments.xml", part, _COMMENTS, _RELATION)


def controls(file: WordFile) -> None:
    """Content controls around blocks, rows, cells and runs; the grade is ticked in check boxes."""
    for table in file.tables_at("一")[:1]:
        _tick_grade(table)
    wrapped = [block for block in file.body if block.tag in (f"{W}p", f"{W}tbl")]
    for number, block in enumerate(wrapped):
        if number % 3 == 0:
            _control(block)
    for table in list(file.body.iter(f"{W}tbl")):
        for number, row in enumerate(rows(table)):
            for cell in cells(row)[number % 2 :: 2]:
                _control(cell)
            if number % 2:
                _control(row)
    for number, run in enumerate(list(file.body.iter(f"{W}r"))):
        if number % 5 == 0 and text_of(run):
            _control(run)


def _split(run: etree._Element, text: etree._Element, number: int) -> None:
    value = text.text or ""
    half = max(1, len(value) // 2)
    rest = xml("<w:r/>")
    look = run.find(f"{W}rPr")
    if look is not None:
        rest.append(deepcopy(look))
    following = list(text.itersiblings())
    tail = xml('<w:t xml:space="preserve"/>')
    tail.text, text.text = value[half:], value[:half]
    text.set(_SPACE, "preserve")
    rest.append(tail)
    rest.extend(following)
    for between in (
        rest,
        xml('<w:proofErr w:type="spellEnd"/>'),
        xml(f'<w:bookmarkEnd w:id="{number}"/>'),
        xml(f'<w:bookmarkStart w:id="{number}" w:name="标记{number}"/>'),
        xml('<w:proofErr w:type="spellStart"/>'),
    ):
        run.addnext(between)


def _break(text: etree._Element) -> None:
    """Break a text of Chinese characters by line, and give short labels blanks between them."""
    value = text.text or ""
    text.set(_SPACE, "preserve")
    if not all("一" <= sign <= "鿿" for sign in value):
        text.text = f"　{value[:1]}\u00ad{value[1:]} "
        return
    if len(value) <= _LONG:
        text.text = f" {value}　"
        return
    rest = xml('<w:t xml:space="preserve"/>')
    rest.text, text.text = value[_LONG:], value[:_LONG]
    text.addnext(rest)
    text.addnext(xml("<w:br/>"))


def _tick_grade(table: etree._Element) -> None:
    for row in rows(table):
        for label, value in pairwise(cells(row)):
            if "等级" not in text_of(label):
                continue
            grade = text_of(value)
            choices = dict.fromkeys((grade, *_GRADES))
            marks = (f"{'☑' if choice == grade else '□'}{choice}" for choice in sorted(choices))
            set_text(value, " ".join(marks))


def _control(element: etree._Element) -> None:
    control = xml('<w:sdt><w:sdtPr><w:alias w:val="填写"/></w:sdtPr><w:sdtContent/></w:sdt>')
    element.addprevious(control)
    control[1].append(element)
