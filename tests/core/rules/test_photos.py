"""照片: every facility is shown, and by a photo of its own (DB-801 to DB-804)."""

from __future__ import annotations

from typing import Any

import pytest

from duibiao.model.emissions import Photo
from duibiao.rules.definition import Severity

from .support import (
    AT,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    text,
    unjudged,
    without,
)

DUST = "evidence.facilities.0"
"""Path of the table of dust collectors; photo and row of the same number belong together."""


# DB-801


def test_facility_without_photo_passes() -> None:
    assert passed("DB-801", cement())
    assert passed("DB-801", furniture())


def test_facility_without_photo_fails() -> None:
    d = without(cement(), f"{DUST}.photos.3.picture", f"{DUST}.photos.2")
    table = d.evidence.facilities[0]
    third, fourth = table.rows[2:4]
    todo = "补拍该设施的彩色照片，标明序号和位置"
    empty = f"除尘设施“{fourth.step.value}”没有现场照片（有图名、无图片）"
    assert findings("DB-801", d) == (
        finding("DB-801", third.at, f"除尘设施“{third.step.value}”没有现场照片", todo),
        finding("DB-801", table.photos[2].at, empty, todo, also=(fourth.at,)),
    )


def test_facility_without_photo_boundary() -> None:
    """Number or step in the caption is enough; a caption of one facility is none of another."""
    step = cement().evidence.facilities[0].rows[3].step.value
    photo = f"{DUST}.photos.3"
    d = changed(cement(), {f"{photo}.number": None, f"{photo}.caption": text(f"{step}除尘器")})
    assert passed("DB-801", d)
    d = changed(cement(), {f"{photo}.caption": None})
    assert passed("DB-801", d)

    (found,) = findings("DB-801", changed(d, {f"{photo}.number": 5}))
    assert found.at == d.evidence.facilities[0].rows[3].at
    unnamed = changed(d, {f"{photo}.number": 5, f"{DUST}.rows.3.step": None})
    (found,) = findings("DB-801", unnamed)
    assert found.message == "除尘设施“4号”没有现场照片"


def test_facility_without_photo_knows_the_outlet_that_is_its_own() -> None:
    rows = cement().evidence.facilities[0].rows
    photo = f"{DUST}.photos.3"
    shown = {f"{photo}.number": None, f"{photo}.caption": text(f"{rows[3].outlet.value}现场")}
    assert passed("DB-801", changed(cement(), shown))
    shared = changed(cement(), {**shown, f"{DUST}.rows.4.outlet": rows[3].outlet})
    (found,) = findings("DB-801", shared)
    assert found.at == rows[3].at


def test_facility_without_photo_names_it_by_number() -> None:
    d = changed(without(cement(), f"{DUST}.photos.3"), {f"{DUST}.rows.3.step.value": " "})
    (found,) = findings("DB-801", d)
    assert found.message == "除尘设施“4号”没有现场照片"


def test_facility_without_photo_finds_the_empty_frame() -> None:
    """By the number of the row, or by its step; a picture of something else is none."""
    first = without(cement(), f"{DUST}.photos.3.picture", f"{DUST}.rows.3.step")
    bare = changed(first, {f"{DUST}.photos.3.caption.value": "现场照片"})
    table = bare.evidence.facilities[0]
    (found,) = findings("DB-801", bare)
    assert (found.at, found.also) == (table.photos[3].at, (table.rows[3].at,))

    unnumbered = without(bare, f"{DUST}.photos.3.number")
    (found,) = findings("DB-801", unnumbered)
    assert found.at == table.rows[3].at

    other = without(cement(), f"{DUST}.photos.3.picture")
    step = other.evidence.facilities[0].rows[3].step.value
    other = changed(other, {f"{DUST}.photos.3.number": 99})
    other = changed(other, {f"{DUST}.photos.3.caption.value": f"{step}全貌"})
    (found,) = findings("DB-801", other)
    assert found.at == other.evidence.facilities[0].photos[3].at


def test_facility_without_photo_needs_no_caption_elsewhere() -> None:
    d = without(cement(), f"{DUST}.photos.3", f"{DUST}.photos.0.caption")
    (found,) = findings("DB-801", d)
    assert found.at == d.evidence.facilities[0].rows[3].at


def test_facility_without_photo_cannot_judge() -> None:
    d = without(cement(), f"{DUST}.rows.0.number", f"{DUST}.rows.0.step", f"{DUST}.rows.0.outlet")
    (doubt,) = unjudged("DB-801", d)
    reason = "设施没有序号和产污环节，无法与照片对照"
    assert (doubt.at, doubt.reason) == (d.evidence.facilities[0].rows[0].at, reason)
    later = without(d, f"{DUST}.photos.3")
    assert len(findings("DB-801", later)) == 1

    d = changed(cement(), {"evidence.facilities": ()})
    assert inapplicable("DB-801", d) == "没有治理设施表"


# DB-802


def test_photo_used_twice_passes() -> None:
    assert passed("DB-802", cement())
    assert passed("DB-802", furniture())


def test_photo_used_twice_fails() -> None:
    first = cement().evidence.facilities[0].photos[0]
    again = (f"{DUST}.photos.4.picture", "evidence.photos.10.picture")
    d = changed(cement(), dict.fromkeys(again, first.picture))
    assert findings("DB-802", d) == tuple(
        finding(
            "DB-802",
            photo.at,
            f"“{photo.caption.value}”与“{first.caption.value}”是同一张图片",
            "换成各自现场实拍的照片",
            also=(first.at,),
        )
        for photo in (d.evidence.facilities[0].photos[4], d.evidence.photos[10])
    )


def test_photo_used_twice_boundary() -> None:
    """Copies may be shown twice, and so may a photo under the same caption; empty frames are no photos."""
    caption = cement().evidence.facilities[0].photos[0].caption
    picture = cement().evidence.facilities[0].photos[0].picture

    def shown_as(again: str) -> Any:
        extra = Photo(AT, text(again), picture=picture)
        return changed(cement(), {"evidence.photos": (*cement().evidence.photos, extra)})

    assert passed("DB-802", shown_as(caption.value))
    assert passed("DB-802", shown_as("除尘器购置合同"))
    assert len(findings("DB-802", shown_as("除尘器全貌"))) == 1
    assert passed(
        "DB-802", without(cement(), f"{DUST}.photos.0.picture", f"{DUST}.photos.1.picture")
    )


def test_photo_used_twice_without_captions() -> None:
    picture = cement().evidence.facilities[0].photos[0].picture
    d = without(cement(), f"{DUST}.photos.0.caption", f"{DUST}.photos.1.caption")
    assert len(findings("DB-802", changed(d, {f"{DUST}.photos.1.picture": picture}))) == 1


def test_photo_used_twice_cannot_judge() -> None:
    d = changed(cement(), {"evidence.facilities": (), "evidence.photos": ()})
    (doubt,) = unjudged("DB-802", d)
    assert (doubt.at, doubt.reason) == (d.at, "没有照片可查")

    copies = tuple(p for p in cement().evidence.photos if p.caption and "报告" in p.caption.value)
    assert unjudged("DB-802", changed(d, {"evidence.photos": copies})) == (doubt,)


# DB-803


def test_photo_without_caption_passes() -> None:
    assert passed("DB-803", cement())
    assert passed("DB-803", furniture())


def test_photo_without_caption_fails() -> None:
    d = without(cement(), f"{DUST}.photos.1.caption")
    place = d.evidence.facilities[0].photos[1].at
    expected = finding("DB-803", place, "除尘设施的照片没有图名", "标明序号和设施位置")
    assert findings("DB-803", d) == (expected,)
    assert expected.severity is Severity.WARNING


def test_photo_without_caption_boundary() -> None:
    """What has no picture is DB-801's; photos outside the facility tables need no caption."""
    photo = f"{DUST}.photos.1"
    assert passed("DB-803", without(cement(), f"{photo}.picture", f"{photo}.caption"))
    assert passed("DB-803", without(cement(), "evidence.photos.0.caption"))


def test_photo_without_caption_cannot_judge() -> None:
    """It needs nothing but the tables; without any, it does not apply."""
    d = changed(cement(), {"evidence.facilities": ()})
    assert inapplicable("DB-803", d) == "没有治理设施表"


# DB-804


def test_fugitive_control_without_photo_passes() -> None:
    assert passed("DB-804", cement())
    assert passed("DB-804", furniture())


def test_fugitive_control_without_photo_fails() -> None:
    d = changed(cement(), {"evidence.controls.4.photo.value": "图15"})
    place = d.evidence.controls[4].photo.at
    expected = finding("DB-804", place, "没有找到照片“图15”", "补充该照片，或改正照片编号")
    assert findings("DB-804", d) == (expected,)
    assert expected.severity is Severity.WARNING


def test_fugitive_control_without_photo_boundary() -> None:
    """Spaces are no difference; the photo must be there and stand in 2.15; a row may name none."""
    d = changed(
        cement(), {"evidence.controls.4.photo.value": "图 5", "evidence.controls.5.photo": None}
    )
    assert passed("DB-804", d)
    fifth = next(n for n, p in enumerate(d.evidence.photos) if p.at.section == "五.2.15") + 4
    assert d.evidence.photos[fifth].caption.value.startswith("图5")
    assert len(findings("DB-804", without(d, f"evidence.photos.{fifth}.picture"))) == 1
    elsewhere = changed(d, {f"evidence.photos.{fifth}.at.section": "五.2.17"})
    assert len(findings("DB-804", elsewhere)) == 1


def test_fugitive_control_without_photo_tells_1_from_10() -> None:
    first = next(n for n, p in enumerate(cement().evidence.photos) if p.number == 1)
    photo = f"evidence.photos.{first}"
    d = changed(cement(), {f"{photo}.caption.value": "图10 原料储存", f"{photo}.number": 10})
    assert len(findings("DB-804", d)) == 1


@pytest.mark.parametrize("written", ["图1、图2", "见图1", "1"])
def test_fugitive_control_without_photo_reads_numbers(written: str) -> None:
    assert passed("DB-804", changed(cement(), {"evidence.controls.0.photo.value": written}))


def test_fugitive_control_without_photo_may_name_all_there_are() -> None:
    numbers = [p.number for p in cement().evidence.photos if p.at.section == "五.2.15"]
    written = "、".join(f"图{number}" for number in numbers)
    assert passed("DB-804", changed(cement(), {"evidence.controls.0.photo.value": written}))


def test_fugitive_control_without_photo_cannot_judge() -> None:
    d = changed(cement(), {"evidence.controls": ()})
    (doubt,) = unjudged("DB-804", d)
    assert (doubt.at, doubt.reason) == (d.at, "没有写照片编号的无组织管控措施表可查")
