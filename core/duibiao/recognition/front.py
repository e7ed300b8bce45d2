"""Cover, contents, application form and commitment letters: before part 四."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.document.model import Table
from duibiao.model.application import (
    ApplicationForm,
    CommitmentLetter,
    ContentsEntry,
    Cover,
    LetterKind,
)
from duibiao.model.dates import parse_date
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import halfwidth, parse_quantity
from duibiao.recognition.cells import cell_text, compact, first_cells, one_line, paragraph_text
from duibiao.recognition.forms import read_forms
from duibiao.recognition.outline import Chunk
from duibiao.recognition.reading import Reading

SEAL = re.compile(r"[(（](?:企业|单位)?(?:公章|盖章|签章)[)）]")
CONTENTS_LINE = re.compile(
    r"(?P<entry>.{0,300}?)(?:\t|[.·…_—-]{3}|\s{2})[\s.·…_—-]*+(?P<page>\d{1,4})$", re.DOTALL
)

_CHINESE = "[一二三四五六七八九十]{1,3}"
_ENTRY = re.compile(
    rf"(第{_CHINESE}(?:部分|章|节|篇)[、.]?|{_CHINESE}[、.]|[(]{_CHINESE}[)]|\d+(?:\.\d+)*[.、]?"
    r"|附件\s*[\d一二三]?\s*[:：]?)\s*(.*)"
)

_FORM_FIELDS = {
    "city": r"省辖市|所属市",
    "county": r"县|区",
    "address": r"地址",
    "enterprise": r"企业名称|单位名称",
    "credit_code": r"信用代码",
    "industry": r"行业",
    "grade": r"等级|级别",
    "control_type": r"管控类型",
    "responsible": r"责任人|负责人",
    "phone": r"联系方式|手机|电话",
    "output_value": r"产值",
}
ORGANISATION = re.compile(r".{2,}(?:公司|厂|集团|中心|研究院|合作社|站|部)$")
"""What a line must be like to be the name of an enterprise."""

_AUTHENTICITY = re.compile(
    r"河南省\s*(?P<year>\S*?)\s*年.*?绩效分级\s*(?P<industry>.*)\s*行业\s*(?P<grade>[^，,。]*?)\s*企业[，,]"
)
_REDUCTION = re.compile(r"被评定为\s*(?P<industry>.*?)\s*行业\s*(?P<grade>.*?)\s*(?:绩效)?等级")
_SIGNATURE = re.compile(
    r"(?:法定代表人|法人代表|法人)(?:\s*[(（](?!\s*签)[^()（）]{1,12}[)）])?"
    r"\s*(?:[(（]\s*签[字名章]\s*[)）]|签[字名章])\s*[:：]?\s*(?P<name>.*)$"
)
_NAME = re.compile(r"(?!.*(?:承诺|日期|公司))[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?")
_SIGNED_BEFORE = re.compile(
    r"(?:法定代表人|法人代表|法人)\s*[:：]\s*(?P<name>.*?)\s*[(（]\s*签[字名章]\s*[)）]$"
)
_KINDS = {"二": LetterKind.AUTHENTICITY, "三": LetterKind.REDUCTION}


def read_cover(reading: Reading) -> Cover:
    """Read the title page: what stands before the contents."""
    chunk = reading.chunks[0]
    at = Location(reading.file, "封面", "封面", quote="封面")
    enterprise = date = seal = None
    has_seal = above = False
    for line, text in reading.lines(chunk):
        plain = re.sub(r"\s+", "", text.value)
        if line.contents or is_contents_title(text.value):
            break
        if SEAL.search(plain):
            seal, has_seal = text, above
        elif date is None and (found := parse_date(plain)) and found.day:
            date = Located(found, text.at)
        elif enterprise is None and ORGANISATION.match(plain):
            enterprise = Located(plain, text.at)
        has_seal = has_seal or (seal is not None and bool(line.pictures))
        if plain or line.pictures:
            above = bool(line.pictures)
    return Cover(at, enterprise, date, seal, has_seal)


def read_contents(reading: Reading) -> tuple[ContentsEntry, ...]:
    """Read the table of contents."""
    return tuple(_contents(reading))


def is_contents_title(text: str) -> bool:
    """Return whether a line is the title of the contents (目 录)."""
    return compact(text) == "目录"


def read_form(reading: Reading) -> ApplicationForm | None:
    """Read part 一; None where there is no such part."""
    chunk = reading.chunk("一")
    if chunk is None:
        return None
    tables = (
        (standing.table, standing.at)
        for part in reading.under("一")
        for standing in reading.tables(part)
    )
    form = read_forms(
        tables, reading.paragraphs("一"), _FORM_FIELDS, frozenset({"credit_code", "phone"})
    )
    values = dict(form.values)
    written = values.pop("output_value", None)
    output = Located(parse_quantity(written.value, "万元"), written.at) if written else None
    return ApplicationForm(
        at=chunk.at(reading.file),
        **values,
        output_value=output,
        has_seal=reading.shows_any(chunk),
        other=form.other,
    )


def read_letters(reading: Reading) -> tuple[CommitmentLetter, ...]:
    """Read parts 二 and 三, those that are there."""
    return tuple(
        _letter(reading, chunk, kind)
        for key, kind in _KINDS.items()
        if (chunk := reading.chunk(key)) is not None
    )


def _contents(reading: Reading) -> Iterator[ContentsEntry]:
    """Yield the lines of the contents: with a page number at the end, in its own cell where they are a table."""
    at = Location(reading.file, "封面", "目录")
    in_contents = False
    for block in reading.chunks[0].blocks:
        if isinstance(block, Table):
            if in_contents:
                yield from _tabulated_contents(block, reading.table_at(block, reading.chunks[0]))
            continue
        if not block.text.strip():
            continue
        in_contents = in_contents or is_contents_title(block.text)
        match = CONTENTS_LINE.match(halfwidth(block.text))
        if match is None and not block.contents:
            continue
        entry = one_line(match["entry"] if match else block.text)
        number, title = _entry(entry)
        place = paragraph_text(block, at).at
        yield ContentsEntry(number, title, int(match["page"]) if match else None, place)


def _tabulated_contents(table: Table, at: Location) -> Iterator[ContentsEntry]:
    for row in table.grid:
        *words, last = first_cells(row)
        text, page = "".join(one_line(cell.text) for cell in words), compact(last.text)
        if text and re.fullmatch(r"\d{1,4}", page):
            number, title = _entry(halfwidth(text))
            yield ContentsEntry(number, title, int(page), cell_text(words[0], at).at)


def _entry(text: str) -> tuple[str, str]:
    match = _ENTRY.match(text)
    return (match[1].strip(), match[2]) if match else ("", text)


def _letter(reading: Reading, chunk: Chunk, kind: LetterKind) -> CommitmentLetter:
    base = chunk.at(reading.file)
    found: dict[str, Text] = {}
    texts: list[Text] = []
    signed_by_picture = unsigned = False
    date = None
    for line, text in reading.lines(chunk):
        if not text.value:
            continue
        texts.append(text)
        plain = halfwidth(text.value)
        below_blank, unsigned = unsigned, False
        if below_blank and _NAME.fullmatch(compact(plain)):
            found["signature"] = Located(compact(plain), text.at)
        elif match := _SIGNATURE.search(plain) or _SIGNED_BEFORE.search(plain):
            found["signature"] = Located(match["name"].strip("_ "), text.at)
            signed_by_picture = bool(line.pictures)
            unsigned = not found["signature"].value
        elif SEAL.search(text.value):
            found["seal_mark"] = text
        elif re.search(r"生态环境局[:：]?$", plain) and len(plain) < 30:
            found.setdefault("addressee", text)
        elif re.search(r"特此承诺|现承诺", plain):
            found["commitment"] = text
        elif ORGANISATION.match(plain):
            found.setdefault("enterprise", text)
        elif len(plain) < 20 and (day := parse_date(plain)):
            date = Located(day, text.at)
        pattern = _AUTHENTICITY if kind is LetterKind.AUTHENTICITY else _REDUCTION
        if match := pattern.search(plain):
            found |= {name: Located(v.strip(), text.at) for name, v in match.groupdict().items()}
    return CommitmentLetter(
        kind=kind,
        at=base,
        text=tuple(texts),
        signature_is_picture=signed_by_picture,
        date=date,
        has_seal=_pictures(reading, chunk) > (signed_by_picture and not found["signature"].value),
        **found,
    )


def _pictures(reading: Reading, chunk: Chunk) -> int:
    return sum(
        reading.pictures(block) if isinstance(block, Table) else len(block.pictures)
        for block in chunk.blocks
    )
