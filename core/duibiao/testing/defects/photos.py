"""照片的缺陷: photos that are missing, shown twice, without colour or of poor quality."""

from __future__ import annotations

from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Photo
from duibiao.testing.altered import altered
from duibiao.testing.changing import changed, part
from duibiao.testing.defects.model import CannotPlant, Defect, Plant, first

_FACILITY = "evidence.facilities.0.photos"


def _name(photo: Photo) -> str:
    """What the samples call the picture of a photo."""
    assert photo.caption is not None
    return f"{photo.at.table} {photo.caption.value}"


def _of_a_facility(dossier: Dossier) -> str:
    return first(
        dossier, _FACILITY, lambda photo: photo.number is not None, "没有治理设施的现场照片"
    )


def _spoilt(how: str) -> Plant:
    """Put an altered copy of the first facility's photo in its place."""

    def plant(dossier: Dossier) -> Dossier:
        path = _of_a_facility(dossier)
        return changed(dossier, {f"{path}.picture": altered(how, _name(part(dossier, path)))})

    return plant


def _pair(dossier: Dossier) -> tuple[str, Photo]:
    """The second photo of 2.15 by its path, and the first one."""
    numbered = [
        (f"evidence.photos.{n}", photo)
        for n, photo in enumerate(dossier.evidence.photos)
        if photo.at.section == "五.2.15" and photo.picture
    ]
    if len(numbered) < 2:
        raise CannotPlant("2.15不足两张照片")
    return numbered[1][0], numbered[0][1]


def _shown_again(dossier: Dossier) -> Dossier:
    path, earlier = _pair(dossier)
    return changed(dossier, {f"{path}.picture": earlier.picture})


def _copy_altered(how: str) -> Plant:
    """Show an altered copy of one photo for another."""

    def plant(dossier: Dossier) -> Dossier:
        path, earlier = _pair(dossier)
        return changed(dossier, {f"{path}.picture": altered(how, _name(earlier))})

    return plant


def _picture_gone(dossier: Dossier) -> Dossier:
    return changed(dossier, {f"{_of_a_facility(dossier)}.picture": None})


def _caption_gone(dossier: Dossier) -> Dossier:
    """Of a copy that the same table shows, so that every facility still has its photo."""
    path = first(dossier, _FACILITY, lambda photo: photo.number is None, "没有合同等复印件")
    return changed(dossier, {f"{path}.caption": None})


def _control_unseen(dossier: Dossier) -> Dossier:
    path, _ = _pair(dossier)
    return changed(dossier, {f"{path}.picture": None})


def _squeezed(dossier: Dossier) -> Dossier:
    path = _of_a_facility(dossier)
    height = part(dossier, path).height
    return changed(dossier, {f"{path}.height": height * 2 // 3})


DEFECTS = (
    Defect(
        "facility without photo",
        "photo-missing-for-facility",
        "一套治理设施只有图名，没有照片",
        ("DB-801",),
        _picture_gone,
    ),
    Defect(
        "same photo twice",
        "photo-duplicated",
        "同一张照片用在两处",
        ("DB-802",),
        _shown_again,
    ),
    Defect(
        "photo without caption",
        "photo-uncaptioned",
        "治理设施的照片没有图名",
        ("DB-803",),
        _caption_gone,
    ),
    Defect(
        "photo missing in 2.15",
        "photo-missing-for-control",
        "一项无组织管控措施没有照片",
        ("DB-804",),
        _control_unseen,
    ),
    Defect(
        "brighter copy of a photo",
        "photo-duplicated",
        "同一张照片调亮后用在两处",
        ("DB-805",),
        _copy_altered("brighter"),
    ),
    Defect(
        "stamped copy of a photo",
        "photo-duplicated",
        "同一张照片贴上标签后用在两处",
        ("DB-806",),
        _copy_altered("stamped"),
    ),
    Defect(
        "photo without colour",
        "photo-greyscale",
        "治理设施照片是黑白的",
        ("DB-807",),
        _spoilt("grey"),
    ),
    Defect(
        "photo squeezed",
        "photo-distorted",
        "治理设施照片被压扁",
        ("DB-808",),
        _squeezed,
    ),
    Defect(
        "photo with few pixels",
        "photo-too-small",
        "治理设施照片像素太少",
        ("DB-809",),
        _spoilt("smaller"),
    ),
    Defect(
        "photo out of focus",
        "photo-blurred",
        "治理设施照片模糊",
        ("DB-810",),
        _spoilt("blurred"),
    ),
    Defect(
        "photo that cannot be opened",
        "photo-broken",
        "治理设施照片的文件不完整",
        ("DB-811",),
        _spoilt("broken"),
    ),
    Defect(
        "photo older than its facility",
        "photo-too-old",
        "照片拍摄于设施投用之前",
        ("DB-812",),
        _spoilt("dated"),
    ),
)
