"""照片画面: what the photos themselves show (DB-805 to DB-812)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Photo
from duibiao.model.looks import Look
from duibiao.rules.definition import Severity

from .support import (
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    text,
    unjudged,
)

DUST = "evidence.facilities.0"
FIRST, SECOND = f"{DUST}.photos.0", f"{DUST}.photos.1"
COMPARED, OF_FACILITIES = ("DB-805", "DB-806"), ("DB-807", "DB-808", "DB-809", "DB-810")
RETAKE = "换成各自现场实拍的照片"

first_photo = cement().evidence.facilities[0].photos[0]
second_photo = cement().evidence.facilities[0].photos[1]


def look(path: str = FIRST) -> Look:
    """Return what was seen of a photo of the clean cement works."""
    photo = {FIRST: first_photo, SECOND: second_photo}[path]
    assert photo.look is not None
    return photo.look


def differing(bits: int, *, steps: int = 64) -> Look:
    """Return the look of the first photo with so many signs of its pattern, and steps, turned over."""
    spread = sum(1 << (at * 7 + 3) % 255 for at in range(bits))
    assert spread.bit_count() == bits
    return replace(
        look(), pattern=look().pattern ^ spread, steps=look().steps ^ ((1 << steps) - 1), width=640
    )


def again(seen: Look, **more: object) -> Dossier:
    """Return the cement works with a second photo that looks so."""
    return changed(cement(), {f"{SECOND}.look": seen, **more})


def unseen(dossier: Dossier) -> Dossier:
    """Return a dossier at whose photos nobody looked."""

    def blind(photos: tuple[Photo, ...]) -> tuple[Photo, ...]:
        return tuple(replace(photo, look=None) for photo in photos)

    tables = tuple(replace(t, photos=blind(t.photos)) for t in dossier.evidence.facilities)
    photos = blind(dossier.evidence.photos)
    return changed(dossier, {"evidence.facilities": tables, "evidence.photos": photos})


def assert_says_so_of_unseen_photos(code: str) -> None:
    (doubt,) = unjudged(code, unseen(cement()))
    assert (doubt.at, doubt.reason) == (cement().at, "没有看过照片的画面")


def caption(photo: Photo) -> str:
    assert photo.caption is not None
    return photo.caption.value


# DB-805


def test_photo_altered_and_used_twice_passes() -> None:
    assert passed("DB-805", cement())
    assert passed("DB-805", furniture())


def test_photo_altered_and_used_twice_fails() -> None:
    captions = f"“{caption(second_photo)}”与“{caption(first_photo)}”"
    assert findings("DB-805", again(differing(17))) == (
        finding(
            "DB-805",
            second_photo.at,
            f"{captions}是同一个画面（画面特征255位中相差17位）",
            RETAKE,
            also=(first_photo.at,),
        ),
    )


@pytest.mark.parametrize("orientation", range(1, 8))
def test_photo_altered_and_used_twice_mirrored_or_turned(orientation: int) -> None:
    seen = replace(look(), pattern=look().patterns[orientation], steps=0)
    (found,) = findings("DB-805", again(seen))
    assert "翻转或旋转后是同一个画面（画面特征255位中相差0位）" in found.message


def test_photo_altered_and_used_twice_boundary() -> None:
    """Up to 24 of 255 signs; captions decide what may look alike; a photo is told of once."""
    assert len(findings("DB-805", again(differing(24)))) == 1
    assert passed("DB-805", again(differing(25)))
    assert findings("DB-806", again(differing(24))) == ()

    same = differing(0)
    for words in (caption(first_photo), "1#窑尾除尘器购置合同", "1#窑尾视频监控画面"):
        assert passed("DB-805", again(same, **{f"{SECOND}.caption": text(words)}))
    assert passed("DB-805", again(same, **{f"{SECOND}.number": 1}))
    assert passed("DB-805", again(same, **{f"{SECOND}.caption": None}))

    third = changed(again(same), {f"{DUST}.photos.2.look": differing(3)})
    assert [found.also for found in findings("DB-805", third)] == [
        (first_photo.at,),
        (first_photo.at,),
    ]


def test_photo_altered_and_used_twice_looks_at_every_earlier_one() -> None:
    """Neither a still of a camera, nor an earlier photo of something else, ends the comparison."""
    again_third = {f"{DUST}.photos.2.look": replace(look(SECOND), width=640)}
    (found,) = findings("DB-805", changed(cement(), again_third))
    assert found.also == (second_photo.at,)
    still = {f"{FIRST}.caption": text("1#窑尾视频监控画面")}
    (found,) = findings("DB-805", changed(cement(), {**again_third, **still}))
    assert found.also == (second_photo.at,)


def test_photo_altered_and_used_twice_leaves_equal_files_to_db802() -> None:
    twice = again(look(), **{f"{SECOND}.picture": first_photo.picture})
    assert len(findings("DB-802", twice)) == 1
    assert passed("DB-805", twice)
    assert passed("DB-806", twice)


def test_photo_altered_and_used_twice_knows_blank_pictures() -> None:
    """Two that show nothing are not the same."""
    blank = replace(look(), pattern=(1 << 31) - 1)
    assert passed("DB-805", changed(again(blank), {f"{FIRST}.look": blank}))


@pytest.mark.parametrize("code", COMPARED)
def test_photos_are_not_compared_where_there_are_none(code: str) -> None:
    d = changed(cement(), {"evidence.facilities": (), "evidence.photos": ()})
    assert inapplicable(code, d) == "没有现场照片"


def test_photo_altered_and_used_twice_cannot_judge() -> None:
    assert_says_so_of_unseen_photos("DB-805")


# DB-806


def test_photo_nearly_used_twice_passes() -> None:
    assert passed("DB-806", cement())
    assert passed("DB-806", furniture())


def test_photo_nearly_used_twice_fails() -> None:
    captions = f"“{caption(second_photo)}”与“{caption(first_photo)}”"
    expected = finding(
        "DB-806",
        second_photo.at,
        f"{captions}的画面几乎相同（画面特征255位中相差40位）",
        f"请对照两张照片；如是同一张，{RETAKE}",
        also=(first_photo.at,),
    )
    assert findings("DB-806", again(differing(40))) == (expected,)
    assert expected.severity is Severity.REVIEW


@pytest.mark.parametrize(
    ("bits", "steps", "found"),
    [(25, 64, 1), (64, 64, 1), (65, 64, 0), (65, 10, 1), (65, 11, 0), (96, 10, 1), (97, 10, 0)],
)
def test_photo_nearly_used_twice_boundary(bits: int, steps: int, found: int) -> None:
    assert len(findings("DB-806", again(differing(bits, steps=steps)))) == found


def test_photo_nearly_used_twice_cannot_judge() -> None:
    assert_says_so_of_unseen_photos("DB-806")


# DB-807


def test_photo_not_in_colour_passes() -> None:
    assert passed("DB-807", cement())
    assert passed("DB-807", furniture())


def test_photo_not_in_colour_fails() -> None:
    d = changed(cement(), {f"{SECOND}.look.chroma": 0})
    message = f"“{caption(second_photo)}”是黑白照片（色度0）"
    assert findings("DB-807", d) == (
        finding("DB-807", second_photo.at, message, "换成现场彩色照片"),
    )


@pytest.mark.parametrize(
    ("chroma", "severities"),
    [(2, [Severity.ERROR]), (3, [Severity.REVIEW]), (5, [Severity.REVIEW]), (6, [])],
)
def test_photo_not_in_colour_boundary(chroma: int, severities: list[Severity]) -> None:
    d = changed(cement(), {f"{SECOND}.look.chroma": chroma})
    assert [found.severity for found in findings("DB-807", d)] == severities


def test_photo_not_in_colour_though_yellowed() -> None:
    (found,) = findings("DB-807", changed(cement(), {f"{SECOND}.look.chroma": 4}))
    assert found.message == f"“{caption(second_photo)}”几乎没有颜色（色度4）"


@pytest.mark.parametrize("words", ["窑头除尘器验收报告首页", None])
def test_photo_not_in_colour_is_not_asked_of_copies(words: str | None) -> None:
    """What has no caption may be a page of a contract; that a photo lacks one is DB-803's."""
    shown_as = text(words) if words else None
    d = changed(cement(), {f"{SECOND}.look.chroma": 0, f"{SECOND}.caption": shown_as})
    assert passed("DB-807", d)


def test_photo_not_in_colour_is_asked_of_facilities_only() -> None:
    assert passed(
        "DB-807", changed(cement(), {"evidence.photos.10.look": replace(look(), chroma=0)})
    )


def test_photo_not_in_colour_cannot_judge() -> None:
    assert_says_so_of_unseen_photos("DB-807")


@pytest.mark.parametrize("code", OF_FACILITIES)
def test_photos_of_facilities_are_not_asked_for_without_any(code: str) -> None:
    d = changed(cement(), {"evidence.facilities": ()})
    assert inapplicable(code, d) == "没有治理设施表"


# DB-808


def test_photo_distorted_passes() -> None:
    assert passed("DB-808", cement())
    assert passed("DB-808", furniture())


def test_photo_distorted_fails() -> None:
    d = changed(cement(), {f"{SECOND}.width": 1_600_000, f"{SECOND}.height": 900_000})
    message = f"“{caption(second_photo)}”排成的宽高比为1.78，原图为1.33（320×240像素）"
    expected = finding("DB-808", second_photo.at, message, "按原图比例缩放，需要改变形状时裁切")
    assert findings("DB-808", d) == (expected,)
    assert expected.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("width", "height", "turned", "found"),
    [
        (1_400_000, 1_000_000, False, 0),
        (1_401_000, 1_000_000, False, 1),
        (1_269_000, 1_000_000, False, 1),
        (1_270_000, 1_000_000, False, 0),
        (3_000_000, 4_000_000, False, 1),
        (3_000_000, 4_000_000, True, 0),
        (4_000_000, 3_000_000, True, 0),
        (3_500_000, 3_500_000, True, 1),
        (None, None, False, 0),
    ],
)
def test_photo_distorted_boundary(
    width: int | None, height: int | None, turned: bool, found: int
) -> None:
    """Five percent either way; a picture that asks to be turned may stand or lie; unsized ones are not judged."""
    shape = {f"{SECOND}.width": width, f"{SECOND}.height": height}
    d = changed(cement(), {**shape, f"{SECOND}.look.turned": turned})
    assert len(findings("DB-808", d)) == found


def test_photo_distorted_cannot_judge() -> None:
    assert_says_so_of_unseen_photos("DB-808")


# DB-809


def test_photo_too_small_passes() -> None:
    assert passed("DB-809", cement())
    assert passed("DB-809", furniture())


def test_photo_too_small_fails() -> None:
    d = again(replace(look(SECOND), width=200, height=150))
    message = f"“{caption(second_photo)}”只有200×150像素"
    expected = finding("DB-809", second_photo.at, message, "换成原图，长边不少于320像素")
    assert findings("DB-809", d) == (expected,)
    assert expected.severity is Severity.WARNING


def test_photo_too_small_boundary() -> None:
    """The longer side counts, whichever it is."""
    assert passed("DB-809", again(replace(look(SECOND), width=240, height=320)))
    assert len(findings("DB-809", again(replace(look(SECOND), width=319, height=319)))) == 1


def test_photo_too_small_cannot_judge() -> None:
    assert_says_so_of_unseen_photos("DB-809")


# DB-810


def test_photo_blurred_passes() -> None:
    assert passed("DB-810", cement())
    assert passed("DB-810", furniture())


def test_photo_blurred_fails() -> None:
    d = changed(cement(), {f"{SECOND}.look.sharpness": 1.6})
    message = f"“{caption(second_photo)}”看起来模糊（清晰度1.6，一般在4以上）"
    expected = finding("DB-810", second_photo.at, message, "请看照片；如确实模糊，重新拍摄")
    assert findings("DB-810", d) == (expected,)
    assert expected.severity is Severity.REVIEW


def test_photo_blurred_boundary() -> None:
    assert passed("DB-810", changed(cement(), {f"{SECOND}.look.sharpness": 4.0}))
    assert len(findings("DB-810", changed(cement(), {f"{SECOND}.look.sharpness": 3.9}))) == 1


def test_photo_blurred_cannot_judge() -> None:
    assert_says_so_of_unseen_photos("DB-810")


# DB-811


def test_photo_cannot_be_seen_passes() -> None:
    assert passed("DB-811", cement())
    assert passed("DB-811", furniture())


def test_photo_cannot_be_seen_fails() -> None:
    d = changed(cement(), {f"{SECOND}.look": None})
    message = (
        f"没有看到“{caption(second_photo)}”的画面（图片损坏、过大，或不是 JPG、PNG、BMP、GIF）"
    )
    todo = "请确认能正常打开，重新导出为 JPG 后放回原处"
    expected = finding("DB-811", second_photo.at, message, todo)
    assert findings("DB-811", d) == (expected,)
    assert expected.severity is Severity.REVIEW


def test_photo_cannot_be_seen_boundary() -> None:
    """An empty frame is DB-801's; copies of documents are not looked at; a linked picture is not in the file."""
    blind = {f"{SECOND}.look": None}
    assert passed("DB-811", changed(cement(), {**blind, f"{SECOND}.picture": None}))
    assert passed("DB-811", changed(cement(), {**blind, f"{SECOND}.caption": text("验收报告")}))
    assert len(findings("DB-811", changed(cement(), {**blind, f"{SECOND}.picture": ""}))) == 1


def test_photo_cannot_be_seen_cannot_judge() -> None:
    assert_says_so_of_unseen_photos("DB-811")
    d = changed(cement(), {"evidence.facilities": (), "evidence.photos": ()})
    assert inapplicable("DB-811", d) == "没有现场照片"


# DB-812


def test_photo_before_commissioning_passes() -> None:
    assert passed("DB-812", cement())
    assert passed("DB-812", furniture())


def taken(day: date | None, *, number: int | None = 2) -> Dossier:
    """Return the cement works with a second photo taken on that day."""
    return changed(cement(), {f"{SECOND}.look.taken": day, f"{SECOND}.number": number})


def test_photo_before_commissioning_fails() -> None:
    commissioned = cement().evidence.facilities[0].rows[1].commissioned
    assert commissioned is not None
    message = (
        f"“{caption(second_photo)}”记录的拍摄日期是2001年5月9日，设施{commissioned.value}才投用"
    )
    expected = finding(
        "DB-812", second_photo.at, message, "核对投用时间和照片", also=(commissioned.at,)
    )
    assert findings("DB-812", taken(date(2001, 5, 9))) == (expected,)
    assert expected.severity is Severity.INFO


def test_photo_before_commissioning_boundary() -> None:
    """The earliest day that the date may stand for counts; only a photo with the number of the row is compared."""
    commissioned = cement().evidence.facilities[0].rows[1].commissioned
    assert commissioned is not None
    first = commissioned.value.earliest()
    assert passed("DB-812", taken(first))
    assert len(findings("DB-812", taken(date.fromordinal(first.toordinal() - 1)))) == 1
    assert passed("DB-812", taken(date(2001, 5, 9), number=None))
    assert passed("DB-812", taken(date(2001, 5, 9), number=99))
    copy = changed(taken(date(2001, 5, 9)), {f"{SECOND}.caption": text("除尘器购置合同")})
    assert passed("DB-812", copy)


def test_photo_before_commissioning_needs_a_number_and_a_date() -> None:
    """A photo without a number is of no row, not of the one without; a row without a date is not compared."""
    old = taken(date(2001, 5, 9), number=None)
    assert passed("DB-812", changed(old, {f"{DUST}.rows.1.number": None}))
    undated = changed(taken(date(2001, 5, 9)), {f"{DUST}.rows.1.commissioned": None})
    assert passed("DB-812", undated)


def test_photo_before_commissioning_cannot_judge() -> None:
    """It needs a date in the photo and one in the table; that there is none is no fault."""
    assert passed("DB-812", taken(None))
    assert passed("DB-812", unseen(cement()))
