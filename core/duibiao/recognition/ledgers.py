"""The ledgers of 2.16.2, by the words of their labels and captions."""

from __future__ import annotations

import re
from dataclasses import replace

from duibiao.document.model import Paragraph
from duibiao.model.evidence import Ledger
from duibiao.model.location import Located, Text
from duibiao.model.quantities import halfwidth
from duibiao.recognition.cells import compact, one_line, paragraph_text, place, quote
from duibiao.recognition.outline import Chunk
from duibiao.recognition.reading import Reading, Standing
from duibiao.recognition.titles import ordinal

SECTION = "五.2.16.2"

_LABEL = re.compile(r"[(]?\s*(\d|[一二三四五六七八])\s*[).、]\s*(?=\D)(.+)$")
_BULLET = re.compile(r"[●•◆■▪➢⚫*]\s*(.{2,30})$")
_VALUE = re.compile(r"\d[\d.,:~/%年月日时分-]*")
_KINDS = (
    (3, r"CEMS|DCS|PLC|在线监测|自动监测"),
    (7, r"自行监测|监测方案"),
    (8, r"运输"),
    (6, r"固废|危废|危险废物|固体废物"),
    (2, r"治理设施|治污设施|环保设施|污染防治设施|废气处理"),
    (4, r"原辅料|原辅材料|原料|辅料"),
    (5, r"燃料|能源|天然气|用电"),
    (1, r"生产设备|生产设施|生产台账|设备运行"),
)
"""Kind of ledger by the words of its title; the first that fits counts."""


def read_ledgers(reading: Reading) -> tuple[Ledger, ...]:
    """Cut 2.16.2 at its labels （1） to （8）; a table is of the kind that its caption or label says."""
    ledgers: list[Ledger] = []
    for chunk in reading.under(SECTION):
        ledgers += _in_chunk(reading, chunk)
    filled = {ledger.kind for ledger in ledgers if ledger.rows or ledger.pictures}
    return tuple(
        ledger for ledger in ledgers if ledger.rows or ledger.pictures or ledger.kind not in filled
    )


def _in_chunk(reading: Reading, chunk: Chunk) -> list[Ledger]:
    ledgers: list[Ledger] = []
    title = chunk.title if chunk.key != SECTION else ""
    kind = _kind(title)
    standing = {item.table.index: item for item in reading.tables(chunk)}
    for block in chunk.blocks:
        if isinstance(block, Paragraph):
            at = paragraph_text(block, chunk.at(reading.file)).at
            if label := _LABEL.match(halfwidth(block.number + block.text)):
                title = one_line(label[2])
                kind = _kind(title) or ordinal(label[1])[0]
                ledgers.append(Ledger(kind, at, title))
            elif (bullet := _BULLET.match(block.text.strip())) and _kind(bullet[1]):
                title = one_line(bullet[1])
                kind = _kind(title)
                ledgers.append(Ledger(kind, at, title))
            if block.pictures:
                _show(ledgers, Ledger(kind, at, title or chunk.title, pictures=len(block.pictures)))
        elif item := standing.get(block.index):
            rows = _rows(item)
            if ledgers and _goes_on(item, ledgers[-1], rows):
                first = [cell.value for cell in rows[0]] == list(ledgers[-1].header)
                ledgers[-1] = replace(ledgers[-1], rows=(*ledgers[-1].rows, *rows[first:]))
                continue
            named = title or (item.caption.value if item.caption else chunk.title)
            found = _ledger(reading, item, kind or _kind(named), named, rows)
            if found.pictures:
                _show(ledgers, found)
            else:
                ledgers.append(found)
    return ledgers


def _show(ledgers: list[Ledger], found: Ledger) -> None:
    """Add pictures of a ledger: those that follow others of the same one are one with them."""
    last = ledgers[-1] if ledgers else None
    if last and last.pictures and (last.kind, last.title) == (found.kind, found.title):
        ledgers[-1] = replace(last, pictures=last.pictures + found.pictures)
    else:
        ledgers.append(found)


def _goes_on(item: Standing, before: Ledger, rows: tuple[tuple[Text, ...], ...]) -> bool:
    """Return whether a table is the rest of the ledger above it, which a page break has cut."""
    first = [cell.value for cell in rows[0]]
    if item.after is None or not before.rows or len(first) != len(before.header):
        return False
    return (
        item.told
        or list(map(compact, first)) == list(map(compact, before.header))
        or any(_VALUE.fullmatch(compact(value)) for value in first)
    )


def _kind(title: str) -> int:
    return next((kind for kind, words in _KINDS if re.search(words, title)), 0)


def _rows(item: Standing) -> tuple[tuple[Text, ...], ...]:
    return tuple(
        tuple(
            Located(
                one_line(cell.text),
                place(item.at, row=number, column=column, quote=quote(cell.text), cell=cell),
            )
            for column, cell in enumerate(row, 1)
        )
        for number, row in enumerate(item.table.grid, 1)
    )


def _ledger(
    reading: Reading,
    item: Standing,
    kind: int,
    title: str,
    rows: tuple[tuple[Text, ...], ...],
) -> Ledger:
    if reading.shows_pictures(item.table):
        return Ledger(kind, item.at, title, pictures=reading.pictures(item.table))
    return Ledger(kind, item.at, title, tuple(cell.value for cell in rows[0]), rows[1:])
