"""Drawings, old and new: the pictures in them, their size, and their text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from duibiao.document.model import Picture
from duibiao.document.package import Relation
from duibiao.document.xml import MC, PIC, WP, WPG, A, R, V, W, integer
from duibiao.intake.archive import SafeZip
from duibiao.model.classes import dataclass

_BOX = W + "txbxContent"
_BLIP, _IMAGE_DATA, _ALTERNATE = A + "blip", V + "imagedata", MC + "AlternateContent"
_FRAMES = (WP + "inline", WP + "anchor")
_SIZED = re.compile(
    r"(?:^|;)\s*(width|height)\s*:\s*([0-9]{1,6}(?:\.[0-9]{1,9})?)\s*(pt|in|cm|mm|px)?"
)
_EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, None: 9_525}

_WHOLE, _LEAST_LEFT = 100_000, 1_000
_CROPS = tuple(f"crop{side}" for side in ("left", "top", "right", "bottom"))

Size = tuple[int | None, int | None]
_UNSIZED: Size = (None, None)


@dataclass(frozen=True, slots=True)
class Gallery:
    """Makes pictures of one part out of relationship ids, and notes those that are not in the file."""

    archive: SafeZip
    links: dict[str, Relation]
    missing: dict[str, None]

    def picture(self, relation_id: str, size: Size) -> Picture:
        """Return the picture; without part and key where it lies outside the file or is missing."""
        link = self.links.get(relation_id)
        key = self.archive.fingerprint(link.target) if link and not link.external else None
        if link is None or key is None:
            self.missing[link.target if link else relation_id] = None
            return Picture("", "", *size)
        return Picture(link.target, key, *size)


def contents(drawing: etree._Element, gallery: Gallery) -> Iterator[Picture | etree._Element]:
    """Yield the pictures and the text boxes (w:txbxContent, not entered) of a drawing, in order."""
    found = list(drawing.iter(*_NOTABLE))
    tags = [item.tag for item in found]
    if tags in _LONE and len(drawing) == 1 and found[0] is drawing[0]:
        # A picture and nothing else, as nearly all are: asking lxml for what matters takes a tenth of the walk.
        yield _blip(found[1], gallery, _frame_size(found[0], _UNSIZED, False))
    else:
        yield from _walk(drawing, gallery, _UNSIZED, grouped=False)


def choice(alternate: etree._Element) -> etree._Element | None:
    """Return the first choice of mc:AlternateContent, else its fallback: never both, they say the same twice."""
    found = alternate.find(MC + "Choice")
    return found if found is not None else alternate.find(MC + "Fallback")


def _walk(
    element: etree._Element, gallery: Gallery, size: Size, *, grouped: bool
) -> Iterator[Picture | etree._Element]:
    for child in element:
        tag = child.tag
        if tag == _BOX:
            yield child
        elif tag == _BLIP:
            yield _blip(child, gallery, size)
        elif tag == _IMAGE_DATA:
            cropped = any(child.get(crop) for crop in _CROPS)
            whole = _UNSIZED if cropped else size
            yield gallery.picture(child.get(R + "id") or child.get(R + "pict") or "", whole)
        elif tag == _ALTERNATE:
            chosen = choice(child)
            if chosen is not None:
                yield from _walk(chosen, gallery, size, grouped=grouped)
        elif len(child):
            inner = _SIZES[tag](child, size, grouped) if tag in _SIZES else size
            yield from _walk(child, gallery, inner, grouped=grouped or tag in _GROUPS)


def _blip(blip: etree._Element, gallery: Gallery, size: Size) -> Picture:
    return gallery.picture(blip.get(R + "embed") or blip.get(R + "link") or "", _whole(blip, size))


def _whole(blip: etree._Element, size: Size) -> Size:
    """Return the size of a picture as if nothing of it were cropped; unsized where it is turned."""
    fill = blip.getparent()
    picture = fill.getparent() if fill is not None else None
    if fill is None or picture is None:
        return size
    form = picture.find(f"{PIC}spPr/{A}xfrm")
    if form is not None and integer(form.get("rot")):
        return _UNSIZED
    crop = fill.find(A + "srcRect")
    if crop is None or not crop.attrib:
        return size
    return _uncropped(size[0], crop, "l", "r"), _uncropped(size[1], crop, "t", "b")


def _uncropped(shown: int | None, crop: etree._Element, one: str, other: str) -> int | None:
    """Return the length of a side, of which so many thousandths of a percent are cropped at both ends."""
    left = _WHOLE - (integer(crop.get(one)) or 0) - (integer(crop.get(other)) or 0)
    return round(shown * _WHOLE / left) if shown and left >= _LEAST_LEFT else None


def _frame_size(frame: etree._Element, _outer: Size, _grouped: bool) -> Size:
    extent = frame.find(WP + "extent")
    return _UNSIZED if extent is None else (integer(extent.get("cx")), integer(extent.get("cy")))


def _picture_size(picture: etree._Element, outer: Size, grouped: bool) -> Size:
    """Return the size of a picture in a group, which states its own; a lone one has that of its frame."""
    extent = picture.find(f"{PIC}spPr/{A}xfrm/{A}ext") if grouped else None
    return outer if extent is None else (integer(extent.get("cx")), integer(extent.get("cy")))


def _shape_size(shape: etree._Element, outer: Size, grouped: bool) -> Size:
    if grouped:  # its numbers are in units of the group
        return outer
    found = {
        side: round(float(number) * _EMU[unit or None])
        for side, number, unit in _SIZED.findall(shape.get("style", ""))
    }
    return (found.get("width"), found.get("height")) if found else outer


_GROUPS = frozenset({WPG + "wgp", WPG + "grpSp", V + "group"})
_SIZES: dict[str, Callable[[etree._Element, Size, bool], Size]] = {
    **dict.fromkeys(_FRAMES, _frame_size),
    PIC + "pic": _picture_size,
    V + "shape": _shape_size,
    V + "rect": _shape_size,
    V + "group": _shape_size,
}
_NOTABLE = (_BOX, _BLIP, _IMAGE_DATA, _ALTERNATE, *_GROUPS, *_SIZES.keys() - {PIC + "pic"})
_LONE = [[frame, _BLIP] for frame in _FRAMES]
