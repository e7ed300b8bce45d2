"""照片: every facility is shown, no picture stands for two things (2.13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Facility, FacilityTable, Photo
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import plain

_DOCUMENT = re.compile(
    r"合同|报告|验收|批复|证书|许可证|行驶证|执照|发票|截图|记录|台账|清单|协议|方案|制度|规程|文件|进货单|结算单|首页|封面"
)
"""Captions of copies, which may be shown twice."""


@rule("DB-801", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.13.1（2）")
def facility_without_photo(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施没有现场照片。

    为什么：须按照序号逐一附现场彩色照片，清晰看到设施整体情况。

    通过：设施表中每个序号都有一张照片。

    不通过：4号设施只有图名，没有图片。
    """
    if not dossier.evidence.facilities:
        yield NotApplicable("没有治理设施表")
    for table in dossier.evidence.facilities:
        pictured = {photo.number for photo in table.photos if photo.picture and photo.number}
        captions = [plain(p.caption.value) for p in table.photos if p.picture and p.caption]
        for row in table.rows:
            step = plain(row.step.value) if row.step else ""
            names = [name for name in (step, _own_outlet(row, table)) if name]
            if row.number in pictured or any(n in caption for n in names for caption in captions):
                continue
            if row.number is None and not step:
                yield CannotJudge(row.at, "设施没有序号和产污环节，无法与照片对照")
                continue
            empty = _empty_frame(table.photos, row.number, step)
            name = row.step.value if row.step and step else f"{row.number}号"
            yield Problem(
                empty.at if empty else row.at,
                f"{table.kind.value}设施“{name}”没有现场照片{'（有图名、无图片）' if empty else ''}",
                "补拍该设施的彩色照片，标明序号和位置",
                also=(row.at,) if empty else (),
            )


@rule(
    "DB-802", severity=Severity.ERROR, cites=("SMX2022:附件4 五、2.13.1（2）", "SMX2022:第十二条")
)
def photo_used_twice(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """同一张照片用在两处。

    为什么：一张照片冒充两处设施，属于材料不真实。合同、报告、证件等复印件可以重复使用，不在此列。

    通过：每张照片只用一次。

    不通过：窑头除尘器的照片与破碎机除尘器的照片是同一个图片文件。
    """
    photos = [photo for photo in site_photos(dossier) if photo.picture]
    if not photos:
        yield CannotJudge(dossier.at, "没有照片可查")
    first: dict[str, Photo] = {}
    for photo in photos:
        assert photo.picture
        earlier = first.setdefault(photo.picture, photo)
        same = earlier.caption and caption_of(earlier) == caption_of(photo)
        if earlier is not photo and not same:
            yield Problem(
                photo.at,
                f"“{caption_of(photo)}”与“{caption_of(earlier)}”是同一张图片",
                "换成各自现场实拍的照片",
                also=(earlier.at,),
            )


@rule("DB-803", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.13.1（2）")
def photo_without_caption(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施照片没有标明序号或位置。

    为什么：照片须标明序号，并清晰标注设施位置。

    通过：图名写明序号和设施，如“1# 1#窑窑尾除尘设施”。

    不通过：照片下面没有文字。
    """
    if not dossier.evidence.facilities:
        yield NotApplicable("没有治理设施表")
    for table in dossier.evidence.facilities:
        for photo in table.photos:
            if photo.picture is not None and photo.caption is None:
                yield Problem(
                    photo.at, f"{table.kind.value}设施的照片没有图名", "标明序号和设施位置"
                )


@rule("DB-804", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.15")
def fugitive_control_without_photo(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """无组织管控措施没有对应的照片。

    为什么：须附企业现场“五到位、一密闭”措施落实情况照片。

    通过：表中所写的照片编号都有图片。

    不通过：表中写“图5”，没有图5。
    """
    controls = [row for row in dossier.evidence.controls if row.photo and plain(row.photo.value)]
    if not controls:
        yield CannotJudge(dossier.at, "没有写照片编号的无组织管控措施表可查")
        return
    captions = [
        plain(photo.caption.value)
        for photo in dossier.evidence.photos
        if photo.picture and photo.caption and photo.at.section.startswith("五.2.15")
    ]
    numbers = {
        int(found[1])
        for caption in captions
        if (found := re.match(r"图?(\d{1,3})(?![\d.-])", caption))
    }
    for row in controls:
        assert row.photo is not None
        wanted = plain(row.photo.value)
        named = {int(number) for number in re.findall(r"\d{1,3}", wanted)}
        as_written = re.compile(rf"{re.escape(wanted)}(?!\d)")
        if not (named and named <= numbers) and not any(map(as_written.match, captions)):
            yield Problem(
                row.photo.at, f"没有找到照片“{row.photo.value}”", "补充该照片，或改正照片编号"
            )


def site_photos(dossier: Dossier) -> Iterator[Photo]:
    """Yield the photos of the site, those of the facilities first."""
    evidence = dossier.evidence
    shown = (*(photo for table in evidence.facilities for photo in table.photos), *evidence.photos)
    yield from filter(is_site_photo, shown)


def is_site_photo(photo: Photo) -> bool:
    """Return whether a photo shows the site, as far as its caption tells: copies of documents do not."""
    return not _DOCUMENT.search(caption_of(photo))


def _own_outlet(facility: Facility, table: FacilityTable) -> str:
    """Return the code of a facility's outlet where no other facility of the table has it, else ""."""
    code = facility.outlet.value if facility.outlet else ""
    shared = [row for row in table.rows if row.outlet and row.outlet.value == code]
    return code if len(shared) == 1 else ""


def _empty_frame(photos: tuple[Photo, ...], number: int | None, step: str) -> Photo | None:
    for photo in photos:
        if photo.picture is None and photo.caption:
            if photo.number is not None and photo.number == number:
                return photo
            if step and step in plain(photo.caption.value):
                return photo
    return None


def caption_of(photo: Photo) -> str:
    """Return the caption of a photo, or words for none."""
    return photo.caption.value if photo.caption else "（无图名）"
