"""Cover, contents, application form and commitment letters: before part 四."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.document.model import Block, Paragraph, Table
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
from duibiao.recognition.cells import one_line, paragraph_text
from duibiao.recognition.forms import read_forms
from duibiao.recognition.outline import Chunk
from duibiao.recognition.reading import Reading

SEAL = re.compile(r"[(（](?:企业|单位)?(?:公章|盖章|签章)[)）]")
CONTENTS_LINE = re.compile(
    r"(?P<entry>.{0,300}?)(?:\t|[.·…]{3}|\s{2})[\s.·…]*+(?P<page>\d{1,4})$", re.DOTALL
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
_SIGNATURE = re.compile(r"法定代表人\s*[(（]\s*签[字名章]\s*[)）]\s*[:：]?\s*(?P<name>.*)$")
_KINDS = {"二": LetterKind.AUTHENTICITY, "三": LetterKind.REDUCTION}


def read_cover(reading: Reading) -> Cover:
    """Read the title page: what stands before the contents."""
    chunk = reading.chunks[0]
    at = Location(reading.file, "封面", "封面", quote="封面")
    enterprise = date = seal = None
    has_seal = False
    for block in _before_contents(chunk):
        if not isinstance(block, Paragraph):
            continue
        text = paragraph_text(block, at)
        compact = re.sub(r"\s+", "", text.value)
        if SEAL.search(compact):
            seal, has_seal = text, has_seal or bool(block.pictures)
        elif date is None and (found := parse_date(compact)) and found.day:
            date = Located(found, text.at)
        elif enterprise is None and ORGANISATION.match(compact):
            enterprise = Located(compact, text.at)
    return Cover(at, enterprise, date, seal, has_seal)


def read_contents(reading: Reading) -> tuple[ContentsEntry, ...]:
    """Read the table of contents."""
    return tuple(_contents(reading.chunks[0], reading.file))


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


def _before_contents(chunk: Chunk) -> Iterator[Block]:
    for block in chunk.blocks:
        if isinstance(block, Paragraph) and (
            block.contents or re.sub(r"\s+", "", block.text) == "目录"
        ):
            return
        yield block


def _contents(chunk: Chunk, file: str) -> Iterator[ContentsEntry]:
    at = Location(file, "封面", "目录")
    for block in chunk.blocks:
        if isinstance(block, Table) or not block.text.strip():
            continue
        match = CONTENTS_LINE.match(halfwidth(block.text))
        if match is None and not block.contents:
            continue
        entry = one_line(match["entry"] if match else block.text)
        number, title = _entry(entry)
        place = paragraph_text(block, at).at
        yield ContentsEntry(number, title, int(match["page"]) if match else None, place)


def _entry(text: str) -> tuple[str, str]:
    match = re.match(r"([一二三四五六七八九十]+、|\d+(?:\.\d+)*\.?|附件\s*\d*[:：]?)\s*(.*)", text)
    return (match[1].strip(), match[2]) if match else ("", text)


def _letter(reading: Reading, chunk: Chunk, kind: LetterKind) -> CommitmentLetter:
    base = chunk.at(reading.file)
    found: dict[str, Text] = {}
    texts: list[Text] = []
    signed_by_picture = False
    date = None
    for block in chunk.blocks:
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        text = paragraph_text(block, base)
        texts.append(text)
        plain = halfwidth(text.value)
        if match := _SIGNATURE.search(plain):
            found["signature"] = Located(match["name"].strip("_ "), text.at)
            signed_by_picture = bool(block.pictures)
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
