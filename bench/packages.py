"""Dossiers of any size: the steel works of the samples, grown to more workshops, months and photos.

Only the enterprise and the blocks of its file are grown, so what a reader must find is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from given import LARGE, MEDIUM, SMALL

from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Photo
from duibiao.model.evidence import Section
from duibiao.model.location import Located
from duibiao.testing.blocks import Album, Block, Line, Sheet
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.enterprises import load
from duibiao.testing.layout import blocks
from duibiao.testing.spec import Enterprise, Fugitive, Outlet, Proof, Truck

PHOTOS_PER_TABLE = 6
LEDGERS = "五.2.16.2"
_SPLIT = ("四.4", "五.2.13.", "五.2.14", "五.2.15")
_PROOFS = tuple(f"五.2.{number}" for number in range(1, 13))
_SHOTS = ("", "（全景）", "（铭牌）", "（近景）", "（运行参数画面）")
_WORKSHOPS = "一二三四五六七八九十"
_PROSE = (
    "公司{year}年{month}月组织{unit}对照绩效分级指标逐条自查，核对环评批复、排污许可证和竣工验收文件，"
    "现场设施、工艺参数与申报内容一致，相关合同、票据和检测报告的复印件附后。",
    "{unit}现有操作人员{count}人，均经过岗位培训；治理设施与生产设施同步运转率为{rate}%，"
    "运行记录由当班人员填写、环保科每月抽查，抽查结果纳入绩效考核。",
    "据{unit}台账统计，{year}年{month}月治理设施累计运行{hours}小时，检修{count}次，"
    "更换滤袋{bags}条，均已记录备查，未发现擅自停用、闲置治理设施的情况。",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a dossier holds.

    Attributes:
        sample: Enterprise of the samples that is grown.
        workshops: Times that its outlets, sources, lines, equipment and vehicles are repeated.
        rows: Rows after which a long table is cut into one for each workshop, 0 for never.
        months: Months of ledgers.
        ledger_rows: Rows of a month's ledger.
        shots: Photos for each one in the sample.
        prose: Paragraphs added to each of the sections 2.1 to 2.12.
    """

    sample: str
    workshops: int
    rows: int
    months: int
    ledger_rows: int
    shots: int
    prose: int


SIZES = {
    SMALL: Size("boiler_kiln", 1, 0, 1, 8, 1, 1),
    MEDIUM: Size("steel", 3, 0, 1, 110, 1, 24),
    LARGE: Size("steel", 12, 14, 36, 40, 2, 40),
}


@dataclass(frozen=True, slots=True)
class Package:
    """A dossier that is to be written: what it means, and the blocks of its file."""

    dossier: Dossier
    blocks: tuple[Block, ...]


def package(size: Size) -> Package:
    """Return a dossier of a size."""
    enterprise = _grown(load(size.sample), size.workshops)
    dossier = build_dossier(enterprise)
    return Package(dossier, tuple(_with_more(blocks(dossier), enterprise, size)))


def _grown(sample: Enterprise, workshops: int) -> Enterprise:
    """Repeat what every workshop has."""
    if workshops == 1:
        return sample
    outlets: list[Outlet] = []
    fugitives: list[Fugitive] = []
    trucks: list[Truck] = []
    proofs: dict[str, Proof] = {}
    for number in range(workshops):
        name = _workshop(number)
        for outlet in sample.outlets:
            code = f"DA{len(outlets) + 1:03d}"
            outlets.append(replace(outlet, code=code, step=f"{name}{outlet.step}"))
        fugitives += [replace(item, step=f"{name}{item.step}") for item in sample.fugitives]
        for truck in sample.trucks:
            order = len(trucks) + 100
            plate = (
                f"{30_000 + order}D" if truck.plate.endswith("D") else f"{truck.plate[:2]}{order}"
            )
            trucks.append(replace(truck, plate=plate))
    for key, proof in sample.proofs.items():
        rows = [
            (str(number * len(proof.rows) + index), f"{_workshop(number)}{row[1]}", *row[2:])
            for number in range(workshops)
            for index, row in enumerate(proof.rows, 1)
        ]
        proofs[key] = replace(proof, rows=tuple(rows))
    return replace(
        sample,
        outlets=tuple(outlets),
        fugitives=tuple(fugitives),
        trucks=tuple(trucks),
        proofs=proofs,
    )


def _workshop(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{'十' if tens else ''}{_WORKSHOPS[ones]}车间"


def _with_more(found: Iterator[Block], enterprise: Enterprise, size: Size) -> Iterator[Block]:
    """Cut long tables, repeat ledgers month by month, take more photos, add prose."""
    key, caption = "", ""
    for block in found:
        if isinstance(block, Section):
            key = block.key
            yield block
            if key in _PROOFS and not block.not_applicable:
                yield from _prose(enterprise, size.prose, int(key.rpartition(".")[2]))
        elif isinstance(block, Line):
            caption = block.text
            if not (key == LEDGERS and block.role == "caption"):
                yield block
        elif isinstance(block, Album):
            yield from _albums(block.photos, size.shots)
        elif key == LEDGERS:
            yield from _ledgers(caption, block, size)
        elif size.rows and (key.startswith(_SPLIT) or key in _PROOFS):
            yield from _cut(caption, block, size.rows)
        else:
            yield block


def _prose(enterprise: Enterprise, count: int, seed: int) -> Iterator[Block]:
    for number in range(count):
        mixed = 7919 * (seed + 1) + 104_729 * number
        yield Line(
            _PROSE[mixed % len(_PROSE)].format(
                year=enterprise.last_year,
                month=1 + mixed % 12,
                unit=_workshop(mixed % 19),
                count=3 + mixed % 40,
                rate=97 + mixed % 3,
                hours=640 + mixed % 80,
                bags=mixed % 300,
            )
        )


def _cut(caption: str, sheet: Sheet, rows: int) -> Iterator[Block]:
    """One table for each workshop; its first caption has been written."""
    header, *body = sheet.rows
    for start in range(0, len(body), rows):
        if start:
            yield Line(f"{caption}（第{start // rows + 1}部分）", "caption")
        yield Sheet((header, *body[start : start + rows]), sheet.is_form)


def _ledgers(caption: str, sheet: Sheet, size: Size) -> Iterator[Block]:
    """The same ledger of many months, each with as many rows as asked for."""
    header, *body = sheet.rows
    title = caption.partition("月")[2]
    number = caption.partition(" ")[0]
    for month in range(size.months):
        dated = f"{2024 + month // 12}年{month % 12 + 1}月"
        yield Line(f"{number}-{month + 1} {dated}{title}", "caption")
        rows = [_row(body[index % len(body)], month, index) for index in range(size.ledger_rows)]
        yield Sheet((header, *rows))


def _row(row: Sequence[str], month: int, index: int) -> tuple[str, ...]:
    """A row of another day; four rows share a date, where there is one."""
    first = f"{month % 12 + 1}月{index // 4 % 28 + 1}日" if "月" in row[0] else row[0]
    return (first, *row[1:])


def _albums(photos: Sequence[Photo], shots: int) -> Iterator[Block]:
    """Tables of six photos each."""
    taken = (
        replace(photo, caption=Located(f"{photo.caption.value}{shot}", photo.caption.at))
        for photo in photos
        if photo.caption is not None
        for shot in _SHOTS[:shots]
    )
    while page := tuple(islice(taken, PHOTOS_PER_TABLE)):
        yield Album(page)
