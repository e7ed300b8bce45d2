"""照片画面: what the photos themselves show (2.13, 2.15). The figures here are measured, none is of the law."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from duibiao.law.in_force import LawInForce
from duibiao.model.classes import dataclass
from duibiao.model.dates import Day
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import FacilityTable, Photo
from duibiao.model.looks import Look
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.photos import caption_of, is_site_photo, site_photos
from duibiao.rules.support import plain

SAME = 24
"""Signs of 255 in which two pictures differ at most that are surely one: less than half of what the nearest two of
5,000 pairs of different photos differ by, and as much as brightness, scale, JPEG and mirroring change together."""

NEAR = 64
"""The same for two that are probably one; one pair of 5,000 different ones differs by less."""

STAMPED, STAMPED_STEPS = 96, 10
"""Differing signs at most of a picture and the same one with a date stamp or a label, which changes few steps."""

GREY, FAINT = 2, 5
"""Chroma of a grey picture at most, and of one on yellowed paper; the dullest colour photo had 7."""

STRETCHED = 1.05
"""Drawn to real proportions, from which on a picture is distorted visibly."""

SMALLEST = 320
"""Least pixels of the longer side; with fewer, a photo as wide as half a page is a mosaic."""

BLURRED = 4.0
"""Sharpness below which nothing is in focus; sharp photos had 6 and more."""

_STILL = re.compile(r"监控|画面|录像|回放|抓拍|摄像")
"""Captions of what a fixed camera shows, which looks alike every day."""

_RETAKE = "换成各自现场实拍的照片"


@dataclass(frozen=True, slots=True)
class _Twin:
    """A photo and the earlier one that it is most like."""

    photo: Photo
    earlier: Photo
    differing: int
    upright: bool


@rule(
    "DB-805", severity=Severity.ERROR, cites=("SMX2022:附件4 五、2.13.1（2）", "SMX2022:第十二条")
)
def photo_altered_and_used_twice(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """同一张照片改动后用在两处。

    为什么：改变亮度、大小、画质、颜色，或翻转、旋转之后冒充另一处设施，仍是同一张照片，属于材料不真实。

    通过：每张照片的画面各不相同。监控画面、文件复印件和同一设施的几张照片不比较。

    不通过：窑头除尘器的照片是石灰石破碎除尘器照片调亮后的副本（画面特征255位中相差不到24位；不同照片之间相差49位以上）。
    """
    yield from _unseen(dossier)
    for twin in _twins(dossier):
        if twin.differing <= SAME:
            turned = "" if twin.upright else "翻转或旋转后"
            yield Problem(
                twin.photo.at,
                f"“{caption_of(twin.photo)}”与“{caption_of(twin.earlier)}”{turned}是同一个画面"
                f"（画面特征255位中相差{twin.differing}位）",
                _RETAKE,
                also=(twin.earlier.at,),
            )


@rule(
    "DB-806", severity=Severity.REVIEW, cites=("SMX2022:附件4 五、2.13.1（2）", "SMX2022:第十二条")
)
def photo_nearly_used_twice(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """两处的照片画面几乎相同。

    为什么：可能是同一张照片裁切、加盖日期或标注后用在两处，也可能是在同一位置连拍，须由人看过再定。

    通过：每张照片的画面各不相同。

    不通过：两张照片只有右下角的日期不同。
    """
    yield from _unseen(dossier)
    for twin in _twins(dossier):
        if twin.differing > SAME:
            yield Problem(
                twin.photo.at,
                f"“{caption_of(twin.photo)}”与“{caption_of(twin.earlier)}”的画面几乎相同"
                f"（画面特征255位中相差{twin.differing}位）",
                f"请对照两张照片；如是同一张，{_RETAKE}",
                also=(twin.earlier.at,),
            )


@rule("DB-807", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.13.1（2）")
def photo_not_in_colour(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施照片不是彩色的。

    为什么：须附现场彩色照片。合同、报告等复印件不在此列。

    通过：照片有颜色（色度6以上）。

    不通过：照片是黑白的（色度不超过2）；色度3至5的可能是黑白照片泛黄，需人工核实。
    """
    for photo, look in (yield from _facility_photos(dossier)):
        if look.chroma <= FAINT:
            grey = look.chroma <= GREY
            yield Problem(
                photo.at,
                f"“{caption_of(photo)}”{'是黑白照片' if grey else '几乎没有颜色'}（色度{look.chroma}）",
                "换成现场彩色照片",
                verified=grey,
            )


@rule("DB-808", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.13.1（2）")
def photo_distorted(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施照片被拉长或压扁。

    为什么：照片须不失真。

    通过：照片在文件中的宽高比与原图相差不到5%。

    不通过：4∶3的照片排成了16∶9。
    """
    for photo, look in (yield from _facility_photos(dossier)):
        if photo.width and photo.height:
            drawn, real = photo.width / photo.height, look.width / look.height
            if not any(
                _alike(drawn, ratio) for ratio in ((real, 1 / real) if look.turned else (real,))
            ):
                yield Problem(
                    photo.at,
                    f"“{caption_of(photo)}”排成的宽高比为{drawn:.2f}，原图为{real:.2f}"
                    f"（{look.width}×{look.height}像素）",
                    "按原图比例缩放，需要改变形状时裁切",
                )


@rule("DB-809", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.13.1（2）")
def photo_too_small(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施照片像素太少。

    为什么：照片中应清晰看到设施整体情况。聊天软件的缩略图看不清。

    通过：照片长边不少于320像素。

    不通过：照片只有200×150像素。
    """
    for photo, look in (yield from _facility_photos(dossier)):
        if max(look.width, look.height) < SMALLEST:
            yield Problem(
                photo.at,
                f"“{caption_of(photo)}”只有{look.width}×{look.height}像素",
                f"换成原图，长边不少于{SMALLEST}像素",
            )


@rule("DB-810", severity=Severity.REVIEW, cites="SMX2022:附件4 五、2.13.1（2）")
def photo_blurred(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施照片模糊。

    为什么：照片中应清晰看到设施整体情况。清晰与否程序只能估计，须由人看过再定。

    通过：照片对焦清楚（清晰度4以上）。

    不通过：照片失焦，看不出设施的轮廓。
    """
    for photo, look in (yield from _facility_photos(dossier)):
        if look.sharpness < BLURRED:
            yield Problem(
                photo.at,
                f"“{caption_of(photo)}”看起来模糊（清晰度{look.sharpness:g}，一般在{BLURRED:g}以上）",
                "请看照片；如确实模糊，重新拍摄",
            )


@rule("DB-811", severity=Severity.REVIEW, cites="SMX2022:附件4 五、2.13.1（2）")
def photo_cannot_be_seen(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """照片打不开。

    为什么：照片损坏、格式少见或大得离谱时，程序没有看到画面，不能判断是否符合要求。

    通过：每张照片都能打开。

    不通过：照片文件不完整。
    """
    yield from _unseen(dossier)
    photos = list(site_photos(dossier))
    for photo in photos if any(photo.look for photo in photos) else ():
        if photo.picture is not None and photo.look is None:
            yield Problem(
                photo.at,
                f"没有看到“{caption_of(photo)}”的画面（图片损坏、过大，或不是 JPG、PNG、BMP、GIF）",
                "请确认能正常打开，重新导出为 JPG 后放回原处",
            )


@rule("DB-812", severity=Severity.INFO, cites="SMX2022:附件4 五、2.13.1（2）")
def photo_before_commissioning(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施照片拍摄于设施投用之前。

    为什么：照片应是设施的现状。拍摄日期取自照片文件，相机时钟可能不准，因此只作提示；没有拍摄日期的照片不比较。

    通过：照片拍摄于投用之后。

    不通过：2024年6月投用的设施，照片记录的拍摄日期是2023年5月1日。
    """
    for table in dossier.evidence.facilities:
        commissioned = _commissioned(table)
        for photo in filter(is_site_photo, table.photos):
            day = commissioned.get(photo.number) if photo.number is not None else None
            taken = photo.look.taken if photo.look else None
            if day and taken and taken < day.value.earliest():
                yield Problem(
                    photo.at,
                    f"“{caption_of(photo)}”记录的拍摄日期是{taken.year}年{taken.month}月{taken.day}日，"
                    f"设施{day.value}才投用",
                    "核对投用时间和照片",
                    also=(day.at,),
                )


def _unseen(dossier: Dossier) -> Iterator[Yield]:
    """Yield why nothing can be said of what the photos show, if so."""
    pictured = [photo for photo in site_photos(dossier) if photo.picture]
    if not pictured:
        yield NotApplicable("没有现场照片")
    elif not any(photo.look for photo in pictured):
        yield CannotJudge(dossier.at, "没有看过照片的画面")


def _facility_photos(dossier: Dossier) -> Generator[Yield, None, list[tuple[Photo, Look]]]:
    """Return the captioned photos of the facilities that were looked at; yield why there are none."""
    if not dossier.evidence.facilities:
        yield NotApplicable("没有治理设施表")
        return []
    yield from _unseen(dossier)
    return [
        (photo, photo.look)
        for table in dossier.evidence.facilities
        for photo in filter(is_site_photo, table.photos)
        if photo.look is not None and photo.caption is not None
    ]


def _twins(dossier: Dossier) -> Iterator[_Twin]:
    """Yield each photo that is like an earlier one; equal files are DB-802's."""
    earlier: list[tuple[Photo, Look, tuple[int, ...]]] = []
    keys: set[str | None] = set()
    for photo in site_photos(dossier):
        look = photo.look
        if look is None or look.is_plain or photo.caption is None or photo.picture in keys:
            continue
        if _STILL.search(photo.caption.value):
            continue
        keys.add(photo.picture)
        found = list(_like(photo, look, earlier))
        if found:
            yield min(found, key=lambda twin: twin.differing)
        earlier.append((photo, look, look.patterns))


def _like(
    photo: Photo, look: Look, earlier: list[tuple[Photo, Look, tuple[int, ...]]]
) -> Iterator[_Twin]:
    """Yield the earlier photos of other things that a photo is like."""
    for other, seen, patterns in earlier:
        differing = list(map(int.bit_count, map(look.pattern.__xor__, patterns)))
        least = min(differing)
        if least > STAMPED:  # nearly always
            continue
        steps = (look.steps ^ seen.steps).bit_count()
        stamped = differing[0] <= STAMPED and steps <= STAMPED_STEPS
        if (stamped or least <= NEAR) and not _same_thing(photo, other):
            yield _Twin(photo, other, least, differing[0] == least)


def _same_thing(photo: Photo, earlier: Photo) -> bool:
    """Return whether two photos show one thing by their captions: the same words, or one number of one section."""
    assert photo.caption is not None
    assert earlier.caption is not None
    if plain(photo.caption.value) == plain(earlier.caption.value):
        return True
    return (
        photo.number is not None
        and photo.number == earlier.number
        and photo.at.section == earlier.at.section
    )


def _alike(one: float, other: float) -> bool:
    return max(one / other, other / one) <= STRETCHED


def _commissioned(table: FacilityTable) -> dict[int, Day]:
    return {
        row.number: row.commissioned
        for row in table.rows
        if row.number is not None and row.commissioned is not None
    }
